import { type SearchDocument, textFields } from '@credatlas/model';
import type { LiveSegment, Segment } from './Segment.ts';

/** Puts a segment in use; `deleted` as last written, when it comes from a file. */
export function liveSegment(given: {
  uid: number;
  segment: Segment;
  deleted?: Uint8Array;
  documents?: SearchDocument[];
  file?: string;
}): LiveSegment {
  const { uid, segment } = given;
  const live: LiveSegment = {
    uid,
    segment,
    deleted: new Uint8Array(segment.size),
    live: segment.size,
    lengths: {},
    ...(given.documents ? { documents: given.documents } : {}),
    ...(given.file ? { file: given.file } : {}),
  };
  for (const field of textFields) {
    const lengths = segment.text[field]?.lengths;
    if (!lengths) continue;
    const own = { documents: 0, tokens: 0 };
    for (const length of lengths) {
      if (length > 0) own.documents += 1;
      own.tokens += length;
    }
    live.lengths[field] = own;
  }
  given.deleted?.forEach((isDeleted, document) => {
    if (isDeleted) markDeleted(live, document);
  });
  return live;
}

/** Takes a document out of matches, counts and statistics. */
export function markDeleted(live: LiveSegment, document: number): void {
  if (live.deleted[document]) return;
  live.deleted[document] = 1;
  live.live -= 1;
  for (const field of textFields) {
    const [own, length] = [live.lengths[field], live.segment.text[field]?.lengths[document] ?? 0];
    if (!own || length === 0) continue;
    own.documents -= 1;
    own.tokens -= length;
  }
}

/** The documents of a segment that are still live. */
export function liveDocuments(live: LiveSegment, documents: readonly SearchDocument[]): SearchDocument[] {
  return documents.filter((_, document) => !live.deleted[document]);
}
