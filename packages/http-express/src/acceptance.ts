import { UnsupportedMediaError } from '@credatlas/model';

/** What a route can answer with. */
interface Offer {
  mediaType: string;
}

/**
 * The offer that `Accept` likes best, the first of several it likes the same (RFC 9110 §12.5.1). Throws UnsupportedMediaError
 * `not_acceptable`, naming what there is, when it rules all of them out.
 */
export function accepted<T extends Offer>(accept: string | undefined, offers: readonly [T, ...T[]]): T {
  if (accept === undefined || accept.trim() === '') return offers[0];
  const ranges = rangesOf(accept);
  const liked = offers
    .map((offer) => ({ offer, ...likingOf(offer.mediaType, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || b.exactness - a.exactness);
  if (liked[0]) return liked[0].offer;
  const types = offers.map(({ mediaType }) => mediaType).join(', ');
  throw new UnsupportedMediaError(
    'not_acceptable',
    `This address gives ${types}, which "Accept: ${accept.slice(0, 100)}" rules out.`,
  );
}

interface Range {
  type: string;
  quality: number;
}

/** Parameters but `q` are passed over: a profile of JSON-LD is asked for, not promised. */
function rangesOf(accept: string): Range[] {
  const parts = accept.match(/(?:[^,"]|"[^"]*"?)+/g) ?? [];
  return parts.map((part) => {
    const quality = /;\s*q=([\d.]+)\s*(?:;|$)/i.exec(part)?.[1];
    return {
      type: part.split(';')[0]!.trim().toLowerCase(),
      quality: quality === undefined ? 1 : Number(quality) || 0,
    };
  });
}

/** The quality that the most exact range that takes it in gives it. */
function likingOf(mediaType: string, ranges: Range[]): { quality: number; exactness: number } {
  const matching = ranges.map(({ type, quality }) => ({ quality, exactness: exactness(type, mediaType) }));
  return matching.sort((a, b) => b.exactness - a.exactness).find((each) => each.exactness > 0) ?? nothing;
}

const nothing = { quality: 0, exactness: 0 };

/** `application/json` and the types built on it stand for one another: every JSON client can read them. */
function exactness(range: string, mediaType: string): number {
  if (range === mediaType) return 4;
  if (isJson(range) && isJson(mediaType)) return 3;
  if (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1))) return 2;
  return range === '*/*' || mediaType === '*/*' ? 1 : 0;
}

function isJson(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json$/.test(mediaType);
}
