import { type Arrays, GrowingBytes, GrowingList } from '../arrays/arrays.ts';
import { dropped, mergeTables } from '../arrays/mergeTables.ts';
import { sizeOf, textAt } from '../arrays/StringTable.ts';
import { eachLive, type Merge, type MergePart, usedIn } from './Merge.ts';
import { PostingList } from './PostingList.ts';
import { frequencyOf } from './postings.ts';
import { type Overflow, putPostings } from './putPostings.ts';
import { putLengths, putStems } from './TextBuilder.ts';
import { largestFrequency, weightedFields } from './weightedFields.ts';

/** Writes the text of live documents. */
export function putMergedText(arrays: Arrays, merge: Merge): void {
  const { parts, moved } = merge;
  const used = usedIn(merge, ({ text }, k) => {
    const marks = new Uint8Array(sizeOf(text.terms));
    const isKept = (document: number): boolean => moved[k]![document] !== dropped;
    const { inferredOffsets, inferredDocuments } = text;
    for (let term = 0; term < marks.length; term++) {
      const inferred = inferredDocuments.subarray(inferredOffsets[term], inferredOffsets[term + 1]);
      marks[term] = Number(new PostingList(text, term).documents().some(isKept) || inferred.some(isKept));
    }
    return marks;
  });
  const { table, maps } = mergeTables(
    parts.map(({ segment }) => segment.text.terms),
    used,
  );
  arrays.set('terms.bytes', table.bytes);
  arrays.set('terms.offsets', table.offsets);
  putStems(
    arrays,
    Array.from({ length: sizeOf(table) }, (_, term) => textAt(table, term)),
  );
  const lengths = new Uint32Array(merge.size * weightedFields.length);
  eachLive(merge, ({ text }, document, target) => {
    for (let field = 0; field < weightedFields.length; field++)
      lengths[target * weightedFields.length + field] = text.lengths[document * weightedFields.length + field]!;
  });
  putLengths(arrays, lengths);
  putMergedPostings(arrays, merge, { terms: sizeOf(table), maps });
}

function putMergedPostings(arrays: Arrays, merge: Merge, given: { terms: number; maps: Uint32Array[] }): void {
  const room = merge.parts.reduce((sum, { segment }) => sum + segment.text.weights.length, 0);
  const target: Target = {
    documents: new Uint32Array(room),
    weights: new Uint16Array(room),
    size: 0,
    overflow: [],
    bytes: new GrowingBytes(merge.parts.reduce((sum, { segment }) => sum + segment.text.positionOffsets.at(-1)!, 0)),
  };
  const [offsets, positionOffsets] = [new Uint32Array(given.terms + 1), new Uint32Array(given.terms + 1)];
  const inferredOffsets = new Uint32Array(given.terms + 1);
  const inferred = new GrowingList();
  const next = merge.parts.map(() => 0);
  for (let term = 0; term < given.terms; term++) {
    merge.parts.forEach((part, k) => {
      const map = given.maps[k]!;
      // Terms of a part ascend in the merged table too, so one pass over each part finds them all.
      while (next[k]! < map.length && map[next[k]!] === dropped) next[k]! += 1;
      if (map[next[k]!] !== term) return;
      const own = next[k]!;
      next[k]! += 1;
      movePostings(target, { part, moved: merge.moved[k]!, isWhole: merge.isWhole[k]!, own });
      const text = part.segment.text;
      for (let at = text.inferredOffsets[own]!; at < text.inferredOffsets[own + 1]!; at++) {
        const document = merge.moved[k]![text.inferredDocuments[at]!]!;
        if (document !== dropped) inferred.push(document);
      }
    });
    offsets[term + 1] = target.size;
    positionOffsets[term + 1] = target.bytes.length;
    inferredOffsets[term + 1] = inferred.length;
  }
  const { documents, weights, size, overflow, bytes } = target;
  putPostings(arrays, {
    size: merge.size,
    offsets,
    positionOffsets,
    documents: documents.subarray(0, size),
    weights: weights.subarray(0, size),
    overflow,
    bytes: bytes.values,
  });
  arrays.set('text.inferred.offsets', inferredOffsets);
  arrays.set('text.inferred.documents', inferred.values.slice());
}

interface Target {
  documents: Uint32Array;
  weights: Uint16Array;
  size: number;
  overflow: Overflow[];
  bytes: GrowingBytes;
}

/** Takes over the postings of one term of one part. */
function movePostings(
  target: Target,
  { part, moved, isWhole, own }: { part: MergePart; moved: Uint32Array; isWhole: boolean; own: number },
): void {
  const { text } = part.segment;
  const bytes = part.positions(text.positionOffsets[own]!, text.positionOffsets[own + 1]!);
  const documents = new PostingList(text, own).documents();
  let begin = 0;
  for (let index = 0, posting = text.offsets[own]!; index < documents.length; index++, posting++) {
    const document = moved[documents[index]!]!;
    const end = isWhole ? begin : endOfPositions(bytes, begin);
    if (document !== dropped) {
      if ((text.weights[posting]! & largestFrequency) === largestFrequency)
        target.overflow.push({ posting: target.size, frequency: frequencyOf(text, posting) });
      target.documents[target.size] = document;
      target.weights[target.size++] = text.weights[posting]!;
      target.bytes.pushBytes(bytes, begin, end);
    }
    begin = end;
  }
  // Of a whole part they are taken over as they are.
  target.bytes.pushBytes(bytes, begin, bytes.length);
}

/** Where the positions of the posting that begins here end. */
function endOfPositions(bytes: Uint8Array, begin: number): number {
  let at = begin;
  let count = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    count |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  for (; count > 0; at++) if (bytes[at]! < 0x80) count -= 1;
  return at;
}
