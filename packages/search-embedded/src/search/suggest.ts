import type { Suggestion } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { compareEntries, indexOf, prefixRange, textAt } from '../arrays/StringTable.ts';
import { distinctAscending } from '../segment/columns.ts';
import type { KeywordColumn, SuggestionField, SuggestionIndex } from '../segment/Segment.ts';
import { Heap } from './Heap.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Values of one field whose label holds every token, the last one as a beginning; by live documents, then value in UTF-8 bytes. */
export function suggestionsOf(
  segments: readonly LiveSegment[],
  field: SuggestionField,
  { tokens, size }: { tokens: readonly string[]; size: number },
): Suggestion[] {
  const found = segments.flatMap((live) => {
    const [index, column] = [live.segment.suggestions[field], live.segment.columns[field]];
    return index && column ? [{ live, column, values: valuesWith(index, tokens) }] : [];
  });
  // With one segment and nothing deleted a value's count is known; else the counts of several are added up.
  const counted = new Map<string, number>();
  const isSimple = found.length === 1 && found[0]!.live.isWhole;
  if (isSimple) {
    const { column, values } = found[0]!;
    const heap = new Heap<number>(size, (a, b) => column.counts[b]! - column.counts[a]! || a - b);
    for (const value of values)
      if (!heap.isFull || column.counts[value]! >= column.counts[heap.worst]!) heap.offer(value);
    for (const value of heap.sorted()) counted.set(textAt(column.values, value), column.counts[value]!);
  } else {
    for (const { live, column, values } of found) addLiveCounts(live, column, { values, counted });
  }
  return [...counted]
    .filter(([, documents]) => documents > 0)
    .sort(([a, m], [b, n]) => n - m || compareUtf8(a, b))
    .slice(0, size)
    .map(([value, documents]) => ({ field, value, documents, example: exampleOf(segments, field, value) }));
}

function valuesWith(index: SuggestionIndex, tokens: readonly string[]): Uint32Array {
  const lists = tokens.map((token, position) => valuesAt(index, token, position === tokens.length - 1));
  return lists.reduce((left, right) => {
    const isIn = new Set(right);
    return left.filter((value) => isIn.has(value));
  });
}

/** Values under a token, or under all that begin with it, ascending. */
function valuesAt({ tokens, offsets, values }: SuggestionIndex, token: string, isPrefix: boolean): Uint32Array {
  if (!isPrefix) {
    const at = indexOf(tokens, token);
    return at === undefined ? new Uint32Array() : values.subarray(offsets[at], offsets[at + 1]);
  }
  const [from, to] = prefixRange(tokens, token);
  return distinctAscending(values.slice(offsets[from], offsets[to]));
}

function addLiveCounts(
  live: LiveSegment,
  column: KeywordColumn,
  { values, counted }: { values: Uint32Array; counted: Map<string, number> },
): void {
  const gone = live.isWhole ? undefined : deletedCounts(live, column);
  for (const value of values) {
    const text = textAt(column.values, value);
    counted.set(text, (counted.get(text) ?? 0) + column.counts[value]! - (gone?.get(value) ?? 0));
  }
}

function deletedCounts({ deleted, segment }: LiveSegment, column: KeywordColumn): Map<number, number> {
  const gone = new Map<number, number>();
  for (let document = 0; document < segment.size; document++) {
    if (!deleted[document]) continue;
    const set = column.sets[document]!;
    for (let at = column.offsets[set]!; at < column.offsets[set + 1]!; at++)
      gone.set(column.members[at]!, (gone.get(column.members[at]!) ?? 0) + 1);
  }
  return gone;
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
