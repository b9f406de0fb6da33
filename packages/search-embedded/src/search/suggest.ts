import type { Suggestion } from '@credatlas/model';
import { compareEntries, indexOf, prefixRange, sizeOf, textAt } from '../arrays/StringTable.ts';
import type { KeywordColumn, SuggestionField, SuggestionIndex } from '../segment/Segment.ts';
import { gallop } from './gallop.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Values looked at beside those wanted: one that goes by several labels may first seem rarer than it is. */
const spare = 10;

interface Part {
  live: LiveSegment;
  field: SuggestionField;
  column: KeywordColumn;
  /** 1 for each value of the segment whose label holds every token. */
  matching: Uint8Array;
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
    part.matching.forEach((isMatching, value) => {
      const documents = part.counts[value]!;
      if (!isMatching || documents === 0) return;
      const text = textAt(part.column.values, value);
      const own = indexOf(base.column.values, text);
      if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + documents);
      else elsewhere.set(text, { part, value, documents: documents + (elsewhere.get(text)?.documents ?? 0) });
    });
  return { counts, elsewhere };
}

/** Walks the values from the most frequent down, as they were before anything was deleted: what comes later cannot be better. */
function offerBase(base: Part, added: Map<number, number>, heap: Heap<Counted>): void {
  const { live, field, column, matching, counts } = base;
  for (const [value, more] of added)
    heap.offer({ part: base, value, documents: matching[value] ? counts[value]! + more : more });
  for (const value of live.byFrequency(field)) {
    if (matching[value] === 0 || added.has(value)) continue;
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

/** 1 for each value whose label holds every token, the last one as a beginning; undefined when there is none. */
function valuesWith(
  { tokens: table, offsets, values }: SuggestionIndex,
  tokens: readonly string[],
  size: number,
): Uint8Array | undefined {
  const whole: Uint32Array[] = [];
  for (const token of tokens.slice(0, -1)) {
    const at = indexOf(table, token);
    if (at === undefined) return undefined;
    whole.push(values.subarray(offsets[at], offsets[at + 1]));
  }
  const [from, to] = prefixRange(table, tokens.at(-1) ?? '');
  const begun = values.subarray(offsets[from], offsets[to]);
  if (begun.length === 0) return undefined;
  const matching = new Uint8Array(size);
  for (let at = 0; at < begun.length; at++) matching[begun[at]!] = 1;
  if (whole.length === 0) return matching;
  const both = new Uint8Array(size);
  const [rarest, ...rest] = whole.sort((a, b) => a.length - b.length);
  const places = new Uint32Array(rest.length);
  for (const value of rarest!) {
    if (matching[value] === 0) continue;
    const isInAll = rest.every((list, k) => {
      places[k] = gallop(list, { from: places[k]!, to: list.length, wanted: value });
      return list[places[k]!] === value;
    });
    if (isInAll) both[value] = 1;
  }
  return both;
}
/** The lowest id of a live document with the value. */
function exampleOf(segments: readonly LiveSegment[], field: SuggestionField, value: string): string {
  let best: { live: LiveSegment; document: number } | undefined;
  for (const live of segments) {
    const column = live.segment.columns[field];
    const ordinal = column && indexOf(column.values, value);
    if (!column || ordinal === undefined) continue;
    const document = lowestWith(live, column, ordinal);
    if (document === undefined) continue;
    if (!best || compareEntries(live.segment.ids, document, { table: best.live.segment.ids, at: best.document }) < 0)
      best = { live, document };
  }
  return best ? textAt(best.live.segment.ids, best.document) : '';
}

function lowestWith({ deleted, segment }: LiveSegment, column: KeywordColumn, ordinal: number): number | undefined {
  const { postings } = column;
  if (postings) {
    let lowest: number | undefined;
    for (let at = postings.offsets[ordinal]!; at < postings.offsets[ordinal + 1]!; at++) {
      const document = postings.documents[at]!;
      if (!deleted[document] && (lowest === undefined || segment.idRanks[document]! < segment.idRanks[lowest]!))
        lowest = document;
    }
    return lowest;
  }
  // Without lists a value is frequent, so that one of the first ids has it.
  const has = (document: number): boolean => {
    const set = column.sets[document]!;
    for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++)
      if (column.members[at] === ordinal) return true;
    return false;
  };
  for (const document of segment.idOrder) if (!deleted[document] && has(document)) return document;
  return undefined;
}
