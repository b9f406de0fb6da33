import {
  type Clause,
  type Coordinates,
  type HeldRecognition,
  keywordFields,
  type NumberField,
  nearestOf,
  unreachable,
} from '@credatlas/model';
import type { CountArray } from '../arrays/arrays.ts';
import { add, type Bits, bitsFor, complement, flagged, intersect, marked, unite, united } from '../arrays/bits.ts';
import { indexOf, sizeOf } from '../arrays/StringTable.ts';
import { rankOf } from '../segment/columns.ts';
import type { ColumnName, KeywordColumn, NumberColumn } from '../segment/Segment.ts';
import { areFew, documentsOf, listsOf } from './clauseLists.ts';
import { DocumentSet } from './DocumentSet.ts';
import type { LiveSegment } from './LiveSegment.ts';

const isKeyword = new Set<string>(keywordFields);

/** For each of the documents: 1 when the clause holds. */
export function flagsOf(live: LiveSegment, clause: Clause, documents: Uint32Array): Uint8Array {
  if (!areFew(live, documents.length) && hasLists(live, clause)) return flagged(documents, bitsOf(live, clause));
  switch (clause.op) {
    case 'ids': {
      const wanted = new Set(documentsOf(live, clause.ids));
      return Uint8Array.from(documents, (document) => Number(wanted.has(document)));
    }
    case 'and':
      return combined(live, clause.clauses, { documents, start: 1 });
    case 'or':
      return combined(live, clause.clauses, { documents, start: 0 });
    case 'not': {
      const flags = flagsOf(live, clause.clause, documents);
      for (let index = 0; index < flags.length; index++) flags[index]! ^= 1;
      return flags;
    }
    default: {
      const test = testOf(live, clause);
      if (!test) return new Uint8Array(documents.length);
      return 'ranks' in test ? rankFlags(test, documents) : valueFlags(test, documents);
    }
  }
}

/** Every document for which the clause holds; deleted ones may be among them. Neither to be written to nor to be listed: it is kept. */
export function setOf(live: LiveSegment, clause: Clause): DocumentSet {
  const { size, columns } = live.segment;
  if (size < worthRemembering || !isLasting(clause)) return new DocumentSet(size, { bits: bitsFound(live, clause) });
  const column = clause.op === 'any' ? columns[clause.field] : undefined;
  if (clause.op === 'any' && column && !column.postings && sizeOf(column.values) <= fewValues) {
    const byValue = live.setsByValue(clause.field);
    const sets = clause.values.flatMap((value) => byValue[indexOf(column.values, value) ?? -1] ?? []);
    if (sets.length === 1) return sets[0]!;
    const all = united(
      sets.map(({ bits }) => bits),
      size,
    );
    return new DocumentSet(size, { bits: all });
  }
  return live.remembered(JSON.stringify(clause), () => bitsFound(live, clause));
}

/** The same as bits. */
export function bitsOf(live: LiveSegment, clause: Clause): Bits {
  return setOf(live, clause).bits;
}

/** Of a field with no more values, the documents of each are kept: what has one of a few states is asked for again and again. */
const fewValues = 64;

/** A smaller segment is looked through sooner than what is known of it is looked up. */
const worthRemembering = 1_000;

/** Whether it holds for the same documents whatever is deleted. */
function isLasting(clause: Clause): boolean {
  if (clause.op === 'ids') return false;
  if (clause.op === 'not') return isLasting(clause.clause);
  return clause.op === 'and' || clause.op === 'or' ? clause.clauses.every(isLasting) : true;
}

function bitsFound(live: LiveSegment, clause: Clause): Bits {
  const { size } = live.segment;
  switch (clause.op) {
    case 'ids':
      return add(bitsFor(size), documentsOf(live, clause.ids));
    case 'and':
      return clause.clauses.map((own) => bitsOf(live, own)).reduce(intersect, complement(bitsFor(size), size));
    case 'or':
      return (
        listsOf(live, clause)?.reduce(add, bitsFor(size)) ??
        clause.clauses.map((own) => bitsOf(live, own)).reduce(unite, bitsFor(size))
      );
    case 'not':
      return complement(bitsOf(live, clause.clause).slice(), size);
    default: {
      const lists = listsOf(live, clause);
      if (lists) return lists.reduce(add, bitsFor(size));
      const test = testOf(live, clause);
      if (!test) return bitsFor(size);
      return 'ranks' in test ? marked(test.ranks, rankMarks(test)) : marked(test.column.sets, setMarks(test));
    }
  }
}

/** Whether the documents of the clause are on lists, so that not each has to be looked at. */
function hasLists(live: LiveSegment, clause: Clause): boolean {
  if (clause.op === 'not') return hasLists(live, clause.clause);
  if (clause.op === 'and' || clause.op === 'or') return clause.clauses.every((own) => hasLists(live, own));
  const column = clause.op === 'any' ? live.segment.columns[clause.field] : undefined;
  return column?.postings !== undefined;
}

type Leaf = Exclude<Clause, { op: 'ids' | 'and' | 'or' | 'not' }>;

/** Documents whose rank is in [from, to). */
interface RankTest {
  ranks: CountArray;
  from: number;
  to: number;
  highest: number;
}

/** Documents with a marked value. */
interface ValueTest {
  column: KeywordColumn;
  marks: Uint8Array;
}

/** Undefined: it holds for no document. */
function testOf(live: LiveSegment, clause: Leaf): RankTest | ValueTest | undefined {
  const { columns, numbers } = live.segment;
  switch (clause.op) {
    case 'any': {
      const column = columns[clause.field];
      return column && { column, marks: marksOf(column, clause.values) };
    }
    case 'range': {
      const column = numbers[clause.field];
      return column && { ranks: column.ranks, highest: column.values.length, ...rankRange(column, clause) };
    }
    case 'present': {
      const given = ranksOf(live, clause.field);
      return given && { ...given, from: 1, to: given.highest + 1 };
    }
    case 'missing': {
      const given = ranksOf(live, clause.field) ?? { ranks: new Uint8Array(live.segment.size), highest: 0 };
      return { ...given, from: 0, to: 1 };
    }
    case 'held': {
      const column = columns['(recognition)'];
      return column && { column, marks: Uint8Array.from(live.recognitions(), (held) => Number(isHeld(held, clause))) };
    }
    case 'near': {
      const column = columns['(point)'];
      const isNear = (point: Coordinates): boolean => nearestOf([point], clause.centre) <= clause.metres;
      return column && { column, marks: Uint8Array.from(live.points(), (point) => Number(isNear(point))) };
    }
    default:
      return unreachable(clause);
  }
}

function isHeld(
  { agents, role, from, to }: HeldRecognition,
  { on, endsBy, roles, agents: wanted }: Extract<Clause, { op: 'held' }>,
): boolean {
  const end = to ?? Number.POSITIVE_INFINITY;
  return (
    (from ?? Number.NEGATIVE_INFINITY) <= on &&
    on <= end &&
    (endsBy === undefined || end <= endsBy) &&
    (!roles || roles.includes(role)) &&
    (!wanted || agents.some((agent) => wanted.includes(agent)))
  );
}

function marksOf({ values }: KeywordColumn, wanted: readonly string[]): Uint8Array {
  const marks = new Uint8Array(sizeOf(values));
  for (const value of wanted) {
    const ordinal = indexOf(values, value);
    if (ordinal !== undefined) marks[ordinal] = 1;
  }
  return marks;
}

/** 1 for each set with a marked value. */
function setMarks({ column: { offsets, members }, marks }: ValueTest): Uint8Array {
  const bySet = new Uint8Array(offsets.length - 1);
  for (let set = 1; set < bySet.length; set++)
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) bySet[set]! |= marks[members[at]!]!;
  return bySet;
}

function valueFlags(test: ValueTest, documents: Uint32Array): Uint8Array {
  const flags = new Uint8Array(documents.length);
  const { offsets, members, sets } = test.column;
  // Sets are judged once each where they are fewer than the documents asked about.
  if (offsets.length - 1 <= documents.length) {
    const bySet = setMarks(test);
    for (let index = 0; index < flags.length; index++) flags[index] = bySet[sets[documents[index]!]!]!;
    return flags;
  }
  for (let index = 0; index < flags.length; index++) {
    const set = sets[documents[index]!]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) flags[index]! |= test.marks[members[at]!]!;
  }
  return flags;
}

function rankFlags({ ranks, from, to }: RankTest, documents: Uint32Array): Uint8Array {
  const flags = new Uint8Array(documents.length);
  const width = Math.max(to - from, 0);
  for (let index = 0; index < flags.length; index++) {
    // Below `from` the difference wraps around and is large: one comparison, without a branch.
    flags[index] = Number((ranks[documents[index]!]! - from) >>> 0 < width);
  }
  return flags;
}

/** 1 for each rank that counts. */
function rankMarks({ from, to, highest }: RankTest): Uint8Array {
  return new Uint8Array(highest + 1).fill(1, from, Math.max(from, to));
}

/** Ranks [from, to) of the values in the range; missing has rank 0. */
function rankRange(
  { values }: NumberColumn,
  { gte, gt, lte, lt }: Extract<Clause, { op: 'range' }>,
): Pick<RankTest, 'from' | 'to'> {
  const above = (value: number): number => {
    const place = rankOf(values, value);
    return values[place] === value ? place + 1 : place;
  };
  const from = Math.max(gte === undefined ? 0 : rankOf(values, gte), gt === undefined ? 0 : above(gt));
  const to = Math.min(
    lte === undefined ? values.length : above(lte),
    lt === undefined ? values.length : rankOf(values, lt),
  );
  return { from: from + 1, to: to + 1 };
}

/** Numbers that are above 0 where a document has something of the field. */
function ranksOf(
  { segment: { columns, numbers } }: LiveSegment,
  field: string,
): Pick<RankTest, 'ranks' | 'highest'> | undefined {
  if (isKeyword.has(field)) {
    const column = columns[field as ColumnName];
    return column && { ranks: column.sets, highest: column.offsets.length - 2 };
  }
  const column = numbers[field as NumberField];
  return column && { ranks: column.ranks, highest: column.values.length };
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
