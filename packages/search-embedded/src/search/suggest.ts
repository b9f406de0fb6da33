import type { Suggestion } from '@credatlas/model';
import { inBoth } from '../arrays/gallop.ts';
import { compareEntries, indexOf, prefixRange, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { KeywordColumn, SuggestionField, SuggestionIndex } from '../segment/Segment.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Values looked at beside those wanted: one that goes by several labels may first seem rarer than it is. */
const spare = 10;

interface Part {
  live: LiveSegment;
  field: SuggestionField;
  column: KeywordColumn;
  /** Values of the segment whose label holds every token. */
  matching: Matching;
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
    const matching = valuesWith(index, tokens, sizeOf(column.values));
    return matching ? [{ live, field, column, matching, counts: live.tally(field).counts }] : [];
  });
  parts.sort((a, b) => sizeOf(b.column.values) - sizeOf(a.column.values));
  const [base, ...others] = parts;
  if (!base) return [];
  const byDocuments = (a: Counted, b: Counted): number => b.documents - a.documents || compareValues(a, b);
  const heap = new Heap<Counted>(segments.length > 1 ? size + spare : size, byDocuments);
  const added = addedBy(others, base);
  offerBase(base, added.counts, heap);
  for (const each of added.elsewhere.values()) heap.offer(each);
  const whole = heap.sorted().map((each) => ({ ...each, documents: documentsWith(segments, field, each) }));
  return whole
    .sort(byDocuments)
    .slice(0, size)
    .map(({ part, value, documents }) => {
      const text = textAt(part.column.values, value);
      return { field, value: text, documents, example: exampleOf(segments, field, text) };
    });
}

/** In all segments, also in those whose labels of the value lack a token. */
function documentsWith(segments: readonly LiveSegment[], field: SuggestionField, { part, value }: Counted): number {
  const text = textAt(part.column.values, value);
  return segments.reduce((sum, live) => {
    const column = live.segment.columns[field];
    const own = column && indexOf(column.values, text);
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
    for (const value of part.matching.values) {
      const documents = part.counts[value]!;
      if (documents === 0) continue;
      const text = textAt(part.column.values, value);
      const own = indexOf(base.column.values, text);
      if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + documents);
      else elsewhere.set(text, { part, value, documents: documents + (elsewhere.get(text)?.documents ?? 0) });
    }
  return { counts, elsewhere };
}

function offerBase(base: Part, added: Map<number, number>, heap: Heap<Counted>): void {
  const { matching, counts } = base;
  const { marks, values } = matching;
  for (const [value, more] of added)
    heap.offer({ part: base, value, documents: marks[value] ? counts[value]! + more : more });
  if (values.length * mostOffered > marks.length) {
    offerFrequent(base, added, heap);
    return;
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const documents = counts[value]!;
    if (documents === 0 || added.has(value) || (heap.isFull && documents < heap.worst.documents)) continue;
    heap.offer({ part: base, value, documents });
  }
}

/** A larger share of the values than one in so many is met soon by whoever walks from the most frequent value down. */
const mostOffered = 16;

/** Walks the values from the most frequent down, as they were before anything was deleted: what comes later cannot be better. */
function offerFrequent(base: Part, added: Map<number, number>, heap: Heap<Counted>): void {
  const { live, field, column, matching, counts } = base;
  for (const value of live.byFrequency(field)) {
    if (matching.marks[value] === 0 || added.has(value)) continue;
    if (heap.isFull && column.counts[value]! < heap.worst.documents) return;
    const documents = counts[value]!;
    if (documents === 0) continue;
    // Equally frequent values ascend: once all that are kept are as frequent as this one, no later one is better.
    if (
      heap.isFull &&
      documents === column.counts[value] &&
      documents === heap.worst.documents &&
      heap.worst.part === base &&
      heap.worst.value < value
    )
      return;
    heap.offer({ part: base, value, documents });
  }
}

/** Some of a column's values. */
interface Matching {
  /** 1 for each that is among them. */
  marks: Uint8Array;
  /** Each once. */
  values: Uint32Array;
}

/** Values whose label holds every token, the last one as a beginning; undefined when there is none. */
function valuesWith(
  { tokens: table, offsets, values }: SuggestionIndex,
  tokens: readonly string[],
  size: number,
): Matching | undefined {
  const whole: Uint32Array[] = [];
  for (const token of tokens.slice(0, -1)) {
    const at = indexOf(table, token);
    if (at === undefined) return undefined;
    whole.push(values.subarray(offsets[at], offsets[at + 1]));
  }
  const [from, to] = prefixRange(table, tokens.at(-1) ?? '');
  const begun = distinct(values.subarray(offsets[from], offsets[to]), size);
  if (whole.length === 0) return begun.values.length > 0 ? begun : undefined;
  const both = whole
    .sort((a, b) => a.length - b.length)
    .reduce(inBoth)
    .filter((value) => begun.marks[value] === 1);
  return both.length > 0 ? distinct(both, size) : undefined;
}

function distinct(values: Uint32Array, size: number): Matching {
  const marks = new Uint8Array(size);
  const found = new Uint32Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    found[count] = value;
    count += marks[value]! ^ 1;
    marks[value] = 1;
  }
  return { marks, values: found.subarray(0, count) };
}

/** The lowest id of a live document with the value. */
function exampleOf(segments: readonly LiveSegment[], field: SuggestionField, value: string): string {
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
