import type { Clause, TaggedClause } from '@credatlas/model';
import { add, bitsFor, listed } from '../arrays/bits.ts';
import { inBoth, inEither } from '../arrays/gallop.ts';
import { indexOf } from '../arrays/StringTable.ts';
import { documentOf } from '../segment/documentOf.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Above this share of a segment, looking at every document is as cheap as gathering them from lists. */
const selective = 1 / 8;

/** Live documents that satisfy the most selective of the clauses and others as cheap, and the clauses that are left to be judged. */
export function startingPoint(
  live: LiveSegment,
  clauses: readonly TaggedClause[],
): { documents: DocumentSet; rest: readonly TaggedClause[] } {
  const listed = clauses
    .flatMap((tagged) => {
      const lists = listsOf(live, tagged.clause);
      return lists ? [{ tagged, lists, count: lengthOf(lists) }] : [];
    })
    .sort((a, b) => a.count - b.count);
  const [best, ...others] = listed;
  if (!best || best.count > live.segment.size * selective) return { documents: live.all, rest: clauses };
  // A single list is ascending already, so that others can be galloped along.
  const single = others.filter(({ lists }) => lists.length === 1);
  const used = new Set([best, ...single].map(({ tagged }) => tagged));
  const start = unionOf(live, best.lists);
  const documents = single.reduce((left, { lists }) => inBoth(left, lists[0]!), start);
  return {
    documents: live.living(new DocumentSet(live.segment.size, { list: documents })),
    rest: clauses.filter((clause) => !used.has(clause)),
  };
}

/** Ascending lists of the documents of the clause, deleted ones among them; undefined: it has none. */
export function listsOf(live: LiveSegment, clause: Clause): Uint32Array[] | undefined {
  if (clause.op === 'ids') return [documentsOf(live, clause.ids)];
  if (clause.op === 'or') {
    const lists = clause.clauses.map((own) => listsOf(live, own));
    return lists.every((own) => own !== undefined) ? lists.flat() : undefined;
  }
  if (clause.op !== 'any') return undefined;
  const { segment } = live;
  const column = segment.columns[clause.field];
  if (!column) return [];
  const { postings } = column;
  if (!postings) return undefined;
  return clause.values.flatMap((value) => {
    const ordinal = indexOf(column.values, value);
    return ordinal === undefined
      ? []
      : [postings.documents.subarray(postings.offsets[ordinal], postings.offsets[ordinal + 1])];
  });
}

/** Live documents with these ids, ascending. */
export function documentsOf({ segment, deleted }: LiveSegment, ids: readonly string[]): Uint32Array {
  const found = new Set(ids.flatMap((id) => documentOf(segment, id) ?? []));
  return Uint32Array.from(found)
    .filter((document) => !deleted[document])
    .sort();
}

/** Documents on any of the ascending lists, ascending, each once. */
export function unionOf(live: LiveSegment, lists: readonly Uint32Array[]): Uint32Array {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  if (!areFew(live, lengthOf(lists))) return listed(lists.reduce(add, bitsFor(live.segment.size)));
  return lists.reduce(inEither, new Uint32Array());
}

/** On all lists; a document may be on several. */
export function lengthOf(lists: readonly Uint32Array[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/** In a smaller share of the segment each document is looked at, whatever lists there are. */
const fewToList = 1 / 64;

/** Whether so many documents are sooner looked at one by one than as bits. */
export function areFew({ segment: { size } }: LiveSegment, documents: number): boolean {
  return documents < size * fewToList;
}
