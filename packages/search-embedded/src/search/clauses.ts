import {
  type Clause,
  keywordFields,
  type NumberField,
  nearestOf,
  type TaggedClause,
  unreachable,
} from '@credatlas/model';
import { indexOf, sizeOf } from '../arrays/StringTable.ts';
import { rankOf } from '../segment/columns.ts';
import { documentOf } from '../segment/documentOf.ts';
import type { ColumnName, KeywordColumn, NumberColumn } from '../segment/Segment.ts';
import { inBoth } from './gallop.ts';
import type { LiveSegment } from './LiveSegment.ts';

const isKeyword = new Set<string>(keywordFields);

/** For each of the documents: 1 when the clause holds. */
export function flagsOf(live: LiveSegment, clause: Clause, documents: Uint32Array): Uint8Array {
  const { columns, numbers } = live.segment;
  switch (clause.op) {
    case 'any': {
      const column = columns[clause.field];
      return column ? markedFlags(column, marksOf(column, clause.values), documents) : new Uint8Array(documents.length);
    }
    case 'range':
      return rangeFlags(numbers[clause.field], clause, documents);
    case 'present':
      return presentFlags(live, clause.field, documents);
    case 'missing':
      return inverted(presentFlags(live, clause.field, documents));
    case 'held':
      return jsonFlags(live, '(recognition)', {
        documents,
        holds: live
          .recognitions()
          .map(
            ({ agents, role, from, to }) =>
              (from ?? Number.NEGATIVE_INFINITY) <= clause.on &&
              clause.on <= (to ?? Number.POSITIVE_INFINITY) &&
              (clause.endsBy === undefined || (to ?? Number.POSITIVE_INFINITY) <= clause.endsBy) &&
              (!clause.roles || clause.roles.includes(role)) &&
              (!clause.agents || agents.some((agent) => clause.agents?.includes(agent))),
          ),
      });
    case 'near':
      return jsonFlags(live, '(point)', {
        documents,
        holds: live.points().map((point) => nearestOf([point], clause.centre) <= clause.metres),
      });
    case 'ids': {
      const wanted = new Set(documentsOf(live, clause.ids));
      return Uint8Array.from(documents, (document) => Number(wanted.has(document)));
    }
    case 'and':
      return combined(live, clause.clauses, { documents, start: 1 });
    case 'or':
      return combined(live, clause.clauses, { documents, start: 0 });
    case 'not':
      return inverted(flagsOf(live, clause.clause, documents));
    default:
      return unreachable(clause);
  }
}

function marksOf({ values }: KeywordColumn, wanted: readonly string[]): Uint8Array | undefined {
  const found = wanted.flatMap((value) => indexOf(values, value) ?? []);
  if (found.length === 0) return undefined;
  const marks = new Uint8Array(sizeOf(values));
  for (const value of found) marks[value] = 1;
  return marks;
}

/** 1 for each document with a marked value. */
function markedFlags(column: KeywordColumn, marks: Uint8Array | undefined, documents: Uint32Array): Uint8Array {
  const flags = new Uint8Array(documents.length);
  if (!marks) return flags;
  const { offsets, members, sets } = column;
  // Sets are judged once each where they are fewer than the documents asked about.
  if (offsets.length - 1 <= documents.length) {
    const setMarks = new Uint8Array(offsets.length - 1);
    for (let set = 1; set < setMarks.length; set++)
      for (let at = offsets[set]!; at < offsets[set + 1]!; at++) setMarks[set]! |= marks[members[at]!]!;
    for (let index = 0; index < flags.length; index++) flags[index] = setMarks[sets[documents[index]!]!]!;
    return flags;
  }
  for (let index = 0; index < flags.length; index++) {
    const set = sets[documents[index]!]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) flags[index]! |= marks[members[at]!]!;
  }
  return flags;
}

function jsonFlags(
  live: LiveSegment,
  name: ColumnName,
  { documents, holds }: { documents: Uint32Array; holds: boolean[] },
): Uint8Array {
  const column = live.segment.columns[name];
  return column ? markedFlags(column, Uint8Array.from(holds, Number), documents) : new Uint8Array(documents.length);
}

type Range = Extract<Clause, { op: 'range' }>;

function rangeFlags(column: NumberColumn | undefined, range: Range, documents: Uint32Array): Uint8Array {
  const flags = new Uint8Array(documents.length);
  if (!column) return flags;
  const [from, to] = rankRange(column, range);
  const { ranks } = column;
  const width = Math.max(to - from, 0);
  for (let index = 0; index < flags.length; index++) {
    // Below `from` the difference wraps around and is large: one comparison, without a branch.
    flags[index] = Number((ranks[documents[index]!]! - from) >>> 0 < width);
  }
  return flags;
}

/** Ranks [from, to) of the values in the range; missing has rank 0. */
function rankRange({ values }: NumberColumn, { gte, gt, lte, lt }: Range): [number, number] {
  const above = (value: number): number => {
    const place = rankOf(values, value);
    return values[place] === value ? place + 1 : place;
  };
  const from = Math.max(gte === undefined ? 0 : rankOf(values, gte), gt === undefined ? 0 : above(gt));
  const to = Math.min(
    lte === undefined ? values.length : above(lte),
    lt === undefined ? values.length : rankOf(values, lt),
  );
  return [from + 1, to + 1];
}

function presentFlags({ segment }: LiveSegment, field: string, documents: Uint32Array): Uint8Array {
  const numbers = isKeyword.has(field)
    ? segment.columns[field as ColumnName]?.sets
    : segment.numbers[field as NumberField]?.ranks;
  const flags = new Uint8Array(documents.length);
  if (numbers)
    for (let index = 0; index < flags.length; index++) flags[index] = numbers[documents[index]!]! > 0 ? 1 : 0;
  return flags;
}

function inverted(flags: Uint8Array): Uint8Array {
  for (let index = 0; index < flags.length; index++) flags[index]! ^= 1;
  return flags;
}

function combined(
  live: LiveSegment,
  clauses: readonly Clause[],
  { documents, start }: { documents: Uint32Array; start: 0 | 1 },
): Uint8Array {
  const [only] = clauses;
  if (only && clauses.length === 1) return flagsOf(live, only, documents);
  const flags = new Uint8Array(documents.length).fill(start);
  for (const clause of clauses) {
    const own = flagsOf(live, clause, documents);
    if (start === 1) for (let index = 0; index < flags.length; index++) flags[index]! &= own[index]!;
    else for (let index = 0; index < flags.length; index++) flags[index]! |= own[index]!;
  }
  return flags;
}

/** Above this share of a segment, looking at every document is as cheap as gathering them from lists. */
const selective = 1 / 8;

/** Live documents that satisfy the most selective of the clauses and others as cheap, and the clauses that are left to be judged. */
export function startingPoint(
  live: LiveSegment,
  clauses: readonly TaggedClause[],
): { documents: Uint32Array; rest: readonly TaggedClause[] } {
  const listed = clauses
    .flatMap((tagged) => {
      const lists = listsOf(live, tagged.clause);
      return lists ? [{ tagged, lists, count: lists.reduce((sum, { length }) => sum + length, 0) }] : [];
    })
    .sort((a, b) => a.count - b.count);
  const [best, ...others] = listed;
  if (!best || best.count > live.segment.size * selective) return { documents: live.all, rest: clauses };
  // A single list is ascending already, so that others can be galloped along.
  const single = others.filter(({ lists }) => lists.length === 1);
  const used = new Set([best, ...single].map(({ tagged }) => tagged));
  const start = best.lists.length === 1 ? best.lists[0]! : unionOf(live, best.lists);
  const documents = single.reduce((left, { lists }) => inBoth(left, lists[0]!), start);
  return { documents: live.living(documents), rest: clauses.filter((clause) => !used.has(clause)) };
}

function listsOf(live: LiveSegment, clause: Clause): Uint32Array[] | undefined {
  if (clause.op === 'ids') return [documentsOf(live, clause.ids)];
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
function documentsOf({ segment, deleted }: LiveSegment, ids: readonly string[]): Uint32Array {
  const found = new Set(ids.flatMap((id) => documentOf(segment, id) ?? []));
  return Uint32Array.from(found)
    .filter((document) => !deleted[document])
    .sort();
}

/** Live documents on any of the ascending lists, ascending, each once. */
export function unionOf({ deleted }: LiveSegment, lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  for (const list of lists) for (const document of list) if (!deleted[document]) all[count++] = document;
  const found = all.subarray(0, count).sort();
  let kept = 0;
  for (let index = 0; index < found.length; index++)
    if (index === 0 || found[index] !== found[index - 1]) found[kept++] = found[index]!;
  return found.subarray(0, kept);
}
