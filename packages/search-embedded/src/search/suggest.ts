import type { Suggestion } from '@credatlas/model';
import { add, among, bitsFor } from '../arrays/bits.ts';
import { inBoth } from '../arrays/gallop.ts';
import { bytesAt, compareEntries, indexOf, prefixRange, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { KeywordColumn, SuggestionField, SuggestionIndex } from '../segment/Segment.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Values looked at beside those wanted: one that goes by several labels may first seem rarer than it is. */
const spare = 10;

interface Part {
  live: LiveSegment;
  field: SuggestionField;
  column: KeywordColumn;
  /** Values of the segment whose label holds every token, by the documents that had them when it was built, most first. */
  matching: Iterable<number>;
  /** Live documents that have each value. */
  counts: Uint32Array;
}

/** Values of one field whose label holds every token, the last one as a beginning; by live documents, then value in UTF-8 bytes. */
export function suggestionsOf(
  segments: readonly LiveSegment[],
  field: SuggestionField,
  { tokens, size }: { tokens: readonly string[]; size: number },
): Suggestion[] {
  const parts = segments.flatMap((live): Part[] => {
    const [index, column] = [live.segment.suggestions[field], live.segment.columns[field]];
    if (!index || !column) return [];
    return [
      { live, field, column, matching: valuesWith(live, { field, index, tokens }), counts: live.tally(field).counts },
    ];
  });
  parts.sort((a, b) => sizeOf(b.column.values) - sizeOf(a.column.values));
  const [base, ...others] = parts;
  if (!base) return [];
  const heap = new Heap<Counted>(segments.length > 1 ? size + spare : size, byDocuments);
  const added = addedBy(others, base);
  offerBase(base, added.counts, heap);
  for (const each of added.elsewhere.values()) heap.offer(each);
  const whole = heap.sorted().map((each) => ({ ...each, documents: documentsWith(segments, field, each) }));
  return whole
    .sort(byDocuments)
    .slice(0, size)
    .map(({ part, value, documents }) => {
      const example = exampleOf(segments, field, bytesAt(part.column.values, value));
      return { field, value: textAt(part.column.values, value), documents, example };
    });
}

/** In all segments, also in those whose labels of the value lack a token. */
function documentsWith(segments: readonly LiveSegment[], field: SuggestionField, { part, value }: Counted): number {
  const wanted = bytesAt(part.column.values, value);
  return segments.reduce((sum, live) => {
    const column = live.segment.columns[field];
    const own = column && indexOf(column.values, wanted);
    return own === undefined ? sum : sum + live.tally(field).counts[own]!;
  }, 0);
}

interface Counted {
  part: Part;
  value: number;
  documents: number;
}

function compareValues(a: Counted, b: Counted): number {
  if (a.part === b.part) return a.value - b.value;
  return compareEntries(a.part.column.values, a.value, { table: b.part.column.values, at: b.value });
}

/** What smaller segments add to the counts of the largest one's values, and their values that it does not have. */
function addedBy(
  others: readonly Part[],
  base: Part,
): { counts: Map<number, number>; elsewhere: Map<string, Counted> } {
  const counts = new Map<number, number>();
  const elsewhere = new Map<string, Counted>();
  for (const part of others)
    for (const value of part.matching) {
      const documents = part.counts[value]!;
      if (documents === 0) continue;
      const own = indexOf(base.column.values, bytesAt(part.column.values, value));
      if (own !== undefined) {
        counts.set(own, (counts.get(own) ?? 0) + documents);
        continue;
      }
      const text = textAt(part.column.values, value);
      elsewhere.set(text, { part, value, documents: documents + (elsewhere.get(text)?.documents ?? 0) });
    }
  return { counts, elsewhere };
}

function offerBase(base: Part, added: Map<number, number>, heap: Heap<Counted>): void {
  const { column, matching, counts } = base;
  for (const [value, more] of added) heap.offer({ part: base, value, documents: counts[value]! + more });
  for (const value of matching) {
    // What comes later had no more documents before any were deleted, and equally frequent values ascend.
    const most = { part: base, value, documents: column.counts[value]! };
    if (heap.isFull && byDocuments(most, heap.worst) > 0) return;
    const documents = counts[value]!;
    if (documents > 0 && !added.has(value)) heap.offer({ part: base, value, documents });
  }
}

function byDocuments(a: Counted, b: Counted): number {
  return b.documents - a.documents || compareValues(a, b);
}

interface Asked {
  field: SuggestionField;
  index: SuggestionIndex;
  tokens: readonly string[];
}

/** So few values of the rarest token, or of a beginning, are looked at whole. */
const few = { whole: 65_536, begun: 4_096 };

/** Values whose label holds every token, the last one as a beginning; most documents first, deleted ones included. */
function* valuesWith(live: LiveSegment, { field, index, tokens }: Asked): Generator<number> {
  const { tokens: table, offsets, ranks } = index;
  const whole: number[] = [];
  for (const token of tokens.slice(0, -1)) {
    const at = indexOf(table, token);
    if (at === undefined) return;
    whole.push(at);
  }
  const [from, to] = prefixRange(table, tokens.at(-1) ?? '');
  const order = live.byFrequency(field);
  const listOf = (token: number): Uint32Array => ranks.subarray(offsets[token], offsets[token + 1]);
  const begun = ranks.subarray(offsets[from], offsets[to]);
  const [rarest, ...others] = whole.map(listOf).sort((a, b) => a.length - b.length);
  if (rarest ? rarest.length <= few.whole : begun.length <= few.begun) {
    const found = rarest ? among(begun, add(bitsFor(order.length), others.reduce(inBoth, rarest))) : begun.slice();
    found.sort();
    for (let at = 0; at < found.length; at++) if (found[at] !== found[at - 1]) yield order[found[at]!]!;
    return;
  }
  const ranges = [...whole.map((token) => [token, token + 1] as const), [from, to] as const];
  for (const rank of inEveryRange(index, ranges)) yield order[rank]!;
}

const firstWindow = 4_096;
const lastWindow = 262_144;

/** Ranks of each range of tokens, ascending. They are looked for window by window, since those who ask are soon content. */
function* inEveryRange(
  { offsets, ranks }: SuggestionIndex,
  ranges: readonly (readonly [number, number])[],
): Generator<number> {
  const lists = ranges.map(([from, to]) => ({
    next: offsets.slice(from, to),
    ends: offsets.subarray(from + 1, to + 1),
  }));
  let [start, width] = [0, firstWindow];
  while (lists.every(isLeft)) {
    const met = new Uint16Array(width);
    lists.forEach(({ next, ends }, range) => {
      for (let list = 0; list < next.length; list++) {
        let at = next[list]!;
        for (; at < ends[list]! && ranks[at]! - start < width; at++)
          if (met[ranks[at]! - start] === range) met[ranks[at]! - start] = range + 1;
        next[list] = at;
      }
    });
    for (let place = 0; place < width; place++) if (met[place] === ranges.length) yield start + place;
    start += width;
    width = Math.min(8 * width, lastWindow);
  }
}

function isLeft({ next, ends }: { next: Uint32Array; ends: Uint32Array }): boolean {
  return next.some((at, list) => at < ends[list]!);
}

/** The lowest id of a live document with the value. */
function exampleOf(segments: readonly LiveSegment[], field: SuggestionField, value: Uint8Array): string {
  let best: { live: LiveSegment; document: number } | undefined;
  for (const live of segments) {
    const column = live.segment.columns[field];
    const ordinal = column && indexOf(column.values, value);
    if (!column || ordinal === undefined) continue;
    const document = lowestWith(live, field, ordinal);
    if (document === undefined) continue;
    if (!best || compareEntries(live.segment.ids, document, { table: best.live.segment.ids, at: best.document }) < 0)
      best = { live, document };
  }
  return best ? textAt(best.live.segment.ids, best.document) : '';
}

/** The live document with the lowest id among those with a value. */
function lowestWith(live: LiveSegment, field: SuggestionField, ordinal: number): number | undefined {
  const { deleted, segment } = live;
  const { idOrder, idRanks } = segment;
  const first = live.firstIds(field)[ordinal]!;
  if (!deleted[idOrder[first]!]) return idOrder[first];
  const { postings, offsets, members, sets } = segment.columns[field]!;
  if (postings) {
    const living = postings.documents
      .subarray(postings.offsets[ordinal], postings.offsets[ordinal + 1])
      .filter((document) => !deleted[document]);
    return living.length > 0 ? living.reduce((a, b) => (idRanks[b]! < idRanks[a]! ? b : a)) : undefined;
  }
  // Without lists a value is frequent, so that one of the next ids has it.
  const has = (document: number): boolean =>
    members.subarray(offsets[sets[document]!], offsets[sets[document]! + 1]).includes(ordinal);
  return idOrder.subarray(first + 1).find((document) => !deleted[document] && has(document));
}
