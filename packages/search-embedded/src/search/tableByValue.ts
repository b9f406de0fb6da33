import { type GroupAnswer, type GroupQuery, type GroupRow, type KeywordField, maxGroups } from '@credatlas/model';
import { GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { sizeOf } from '../arrays/StringTable.ts';
import type { KeywordColumn } from '../segment/Segment.ts';
import { targetsOf } from './GatheredValues.ts';
import type { GlobalValues } from './GlobalValues.ts';
import { tooManyGroups } from './groups.ts';
import type { Matches } from './matches.ts';
import { type ValueMetric, ValueTally } from './valueMetrics.ts';

interface TableQuery {
  field: KeywordField;
  metrics: ValueMetric[];
}

/** The query as one that `tableByValue` answers sooner: every value of one field, metrics of other fields' values, much of what there is. */
export function tableQueryOf(
  { by: [dimension, ...others], metrics }: Pick<GroupQuery, 'by' | 'metrics'>,
  matches: readonly Matches[],
): TableQuery | undefined {
  if (dimension?.kind !== 'values' || others.length > 0 || dimension.only || dimension.length !== undefined)
    return undefined;
  const valued = metrics.flatMap((metric) => (isOfValues(metric) ? [metric] : []));
  if (valued.length === 0 || valued.length < metrics.length) return undefined;
  const isMuch = matches.every(({ documents, live }) => documents.length * 8 >= live.segment.size);
  return isMuch ? { field: dimension.field, metrics: valued } : undefined;
}

function isOfValues(metric: GroupQuery['metrics'][number]): metric is ValueMetric {
  return metric.kind === 'distinct' || metric.kind === 'hhi' || metric.kind === 'top';
}

/** A table by the values of one field, value by value along the documents that have it: nothing is gathered. */
export function tableByValue(
  matches: readonly Matches[],
  { field, metrics }: TableQuery,
  valuesOf: (field: KeywordField) => GlobalValues,
): Omit<GroupAnswer, 'seq'> {
  const values = valuesOf(field);
  const parts = matches.map((match) => partOf(match, field, values));
  const columns = metrics.map((metric) => new MetricColumn(parts, metric, valuesOf(metric.field)));
  const row = (listsOf: (part: Part) => Uint32Array): Omit<GroupRow, 'by'> => {
    const lists = parts.map(listsOf);
    const count = lists.reduce((sum, list, at) => sum + countIn(list, parts[at]!.isMatch), 0);
    return { count, values: columns.map((column) => column.valueOf(lists)) };
  };
  const rows = Array.from({ length: values.size }, (_, value) => ({ value, ...row((part) => part.listOf(value)) }));
  rows.push({ value: values.size, ...row(({ unvalued }) => unvalued) });
  const occurring = rows.filter(({ count }) => count > 0);
  if (occurring.length > maxGroups) throw tooManyGroups();
  return {
    rows: occurring
      .sort((a, b) => b.count - a.count || compare(values, a.value, b.value))
      .map(({ value, ...own }) => ({ by: [value === values.size ? null : values.textAt(value)], ...own })),
    totals: row(({ match }) => match.documents),
    approximate: [],
  };
}

function compare(values: GlobalValues, a: number, b: number): number {
  return a === values.size || b === values.size ? a - b : values.compare(a, b);
}

/** One segment: its documents by value. */
interface Part {
  match: Matches;
  /** 1 for each document that matches; undefined: all do. */
  isMatch: Uint8Array | undefined;
  /** Matching documents without a value. */
  unvalued: Uint32Array;
  listOf(value: number): Uint32Array;
}

function partOf(match: Matches, field: KeywordField, values: GlobalValues): Part {
  const { live, documents } = match;
  const { size, columns } = live.segment;
  let isMatch: Uint8Array | undefined;
  if (documents.length < size) {
    isMatch = new Uint8Array(size);
    for (let index = 0; index < documents.length; index++) isMatch[documents[index]!] = 1;
  }
  const column = columns[field];
  if (!column) return { match, isMatch, unvalued: documents, listOf: () => noDocuments };
  const lists = column.postings ?? postingsOf(column);
  const map = values.mapOf(live.uid);
  const own = map && inverse(map);
  return {
    match,
    isMatch,
    unvalued: without(column, documents),
    listOf: (value) => {
      const ordinal = own ? own.get(value) : value;
      if (ordinal === undefined || ordinal >= sizeOf(column.values)) return noDocuments;
      return lists.documents.subarray(lists.offsets[ordinal], lists.offsets[ordinal + 1]);
    },
  };
}

function without({ sets }: KeywordColumn, documents: Uint32Array): Uint32Array {
  const found = new GrowingList();
  for (let index = 0; index < documents.length; index++)
    if (sets[documents[index]!] === 0) found.push(documents[index]!);
  return found.values;
}

const noDocuments = new Uint32Array();

function inverse(map: Uint32Array): Map<number, number> {
  return new Map(Array.from(map, (value, ordinal) => [value, ordinal]));
}

/** Documents of each value, of a column that has no such lists: its sets are few. */
function postingsOf({ counts, offsets, members, sets }: KeywordColumn): {
  offsets: Uint32Array;
  documents: Uint32Array;
} {
  const starts = offsetsOf(counts);
  const next = starts.slice();
  const documents = new Uint32Array(starts.at(-1)!);
  for (let document = 0; document < sets.length; document++) {
    const set = sets[document]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) documents[next[members[at]!]!++] = document;
  }
  return { offsets: starts, documents };
}

function countIn(documents: Uint32Array, isMatch: Uint8Array | undefined): number {
  if (!isMatch) return documents.length;
  let count = 0;
  for (let index = 0; index < documents.length; index++) count += isMatch[documents[index]!]!;
  return count;
}

interface MetricPart {
  column: KeywordColumn | undefined;
  isMatch: Uint8Array | undefined;
  targets: Uint32Array;
  /** What each document's value counts as, where it has just one: `severalValues` or `noValue` else. */
  direct: Uint32Array;
}

const severalValues = 0xffffffff;
const noValue = 0xfffffffe;

/** One metric, of one list of documents after the other. */
class MetricColumn {
  readonly #metric: ValueMetric;
  readonly #tally: ValueTally;
  readonly #parts: MetricPart[];

  constructor(parts: readonly Part[], metric: ValueMetric, values: GlobalValues) {
    const { targets: all, size } = targetsOf(values, metric.merged);
    this.#metric = metric;
    this.#tally = new ValueTally(size);
    this.#parts = parts.map(({ match: { live }, isMatch }) => {
      const column = live.segment.columns[metric.field];
      const targets = values.mapOf(live.uid)?.map((value) => all[value]!) ?? all;
      return { column, isMatch, targets, direct: column ? directTargets(column, targets) : new Uint32Array() };
    });
  }

  valueOf(lists: readonly Uint32Array[]): number | null {
    for (const [at, documents] of lists.entries()) add(documents, this.#parts[at]!, this.#tally);
    return this.#tally.finish(this.#metric);
  }
}

/** Looked up once per document and not once per document and list: the lists' documents lie far apart. */
function directTargets({ offsets, members, sets }: KeywordColumn, targets: Uint32Array): Uint32Array {
  const bySet = new Uint32Array(offsets.length - 1);
  for (let set = 0; set < bySet.length; set++) {
    const count = offsets[set + 1]! - offsets[set]!;
    bySet[set] = count === 1 ? targets[members[offsets[set]!]!]! : count === 0 ? noValue : severalValues;
  }
  const direct = new Uint32Array(sets.length);
  for (let document = 0; document < sets.length; document++) direct[document] = bySet[sets[document]!]!;
  return direct;
}

function add(documents: Uint32Array, { column, isMatch, targets, direct }: MetricPart, tally: ValueTally): void {
  if (!column) return;
  const { offsets, members, sets } = column;
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index]!;
    if (isMatch && isMatch[document] === 0) continue;
    const target = direct[document]!;
    if (target < noValue) tally.add(target);
    else if (target === severalValues)
      for (let at = offsets[sets[document]!]!; at < offsets[sets[document]! + 1]!; at++)
        tally.add(targets[members[at]!]!);
  }
}
