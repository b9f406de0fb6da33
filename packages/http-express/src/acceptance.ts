import { UnsupportedMediaError } from '@credatlas/model';

/** Throws UnsupportedMediaError `not_acceptable` when `Accept` rules out what the route gives (RFC 9110 §12.5.1). */
export function refuseUnacceptable(accept: string | undefined, mediaType: string): void {
  if (mediaType === '*/*') return;
  if (accept === undefined || accept.trim() === '') return;
  const accepted = accept.split(',').filter((range) => !/;\s*q=0(\.0*)?\s*($|;)/.test(range));
  if (accepted.some((range) => includes(range.split(';')[0]!.trim().toLowerCase(), mediaType))) return;
  throw new UnsupportedMediaError(
    'not_acceptable',
    `This address gives ${mediaType}, which "Accept: ${accept.slice(0, 100)}" rules out. Accept ${mediaType}.`,
  );
}

/** `application/json` and the types built on it stand for one another: every JSON client can read them. */
function includes(range: string, mediaType: string): boolean {
  if (range === '*/*' || range === mediaType) return true;
  if (range.endsWith('/*')) return mediaType.startsWith(range.slice(0, -1));
  return isJson(range) && isJson(mediaType);
}

function isJson(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json$/.test(mediaType);
}
