import type { KeywordField, Metric, NumberField } from '@credatlas/model';
import type { GlobalValues } from './GlobalValues.ts';
import type { Rows } from './Rows.ts';

/** One metric of every group. */
export function metricValues(
  rows: readonly Rows[],
  given: { metric: Metric; groups: number; values: (field: KeywordField) => GlobalValues },
): (number | null)[] {
  const { metric, groups } = given;
  if (metric.kind === 'distinct')
    return distinctValues(rows, { field: metric.field, groups, values: given.values(metric.field) });
  if (metric.kind === 'percentile') return percentiles(rows, { ...metric, groups });
  return folded(rows, { ...metric, groups });
}

type Folded = {
  kind: 'present' | 'sum' | 'min' | 'max' | 'mean';
  field: NumberField;
  groups: number;
};

function folded(rows: readonly Rows[], { kind, field, groups }: Folded): (number | null)[] {
  const counts = new Uint32Array(groups);
  const start = kind === 'min' ? Number.POSITIVE_INFINITY : kind === 'max' ? Number.NEGATIVE_INFINITY : 0;
  const values = new Float64Array(groups).fill(start);
  eachValue(rows, field, (group, value) => {
    counts[group]! += 1;
    if (kind === 'min') values[group] = Math.min(values[group]!, value);
    else if (kind === 'max') values[group] = Math.max(values[group]!, value);
    else values[group]! += value;
  });
  return Array.from(counts, (count, group) => {
    if (kind === 'present') return count;
    if (kind === 'sum') return values[group]!;
    if (count === 0) return null;
    return kind === 'mean' ? values[group]! / count : values[group]!;
  });
}

function eachValue(rows: readonly Rows[], field: Folded['field'], visit: (group: number, value: number) => void): void {
  for (const { match, documents, groups } of rows) {
    const column = match.live.segment.numbers[field];
    if (!column) continue;
    const { ranks, values } = column;
    for (let index = 0; index < documents.length; index++) {
      const rank = ranks[documents[index]!]!;
      if (rank > 0) visit(groups[index]!, values[rank - 1]!);
    }
  }
}

/** Values gathered group by group, then the two next to h = (n − 1)p selected. */
function percentiles(
  rows: readonly Rows[],
  { field, p, groups }: { field: Folded['field']; p: number; groups: number },
): (number | null)[] {
  const ends = new Uint32Array(groups + 1);
  eachValue(rows, field, (group) => {
    ends[group + 1]! += 1;
  });
  for (let group = 0; group < groups; group++) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const gathered = new Float64Array(ends[groups]!);
  eachValue(rows, field, (group, value) => {
    gathered[next[group]!] = value;
    next[group]! += 1;
  });
  return Array.from({ length: groups }, (_, group) => {
    const own = gathered.subarray(ends[group], ends[group + 1]);
    if (own.length === 0) return null;
    const h = (own.length - 1) * p;
    const low = Math.floor(h);
    const below = selected(own, low);
    if (h === low) return below;
    // After the selection, all that is right of it is not smaller.
    let above = Number.POSITIVE_INFINITY;
    for (let at = low + 1; at < own.length; at++) above = Math.min(above, own[at]!);
    return below + (above - below) * (h - low);
  });
}

/** The value that sorting would put at `wanted`; smaller ones end up left of it, larger ones right. */
function selected(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function distinctValues(
  rows: readonly Rows[],
  { field, groups, values }: { field: KeywordField; groups: number; values: GlobalValues },
): number[] {
  const columns = rows.map(({ match }) => match.live.segment.columns[field]);
  const ends = new Uint32Array(groups + 1);
  const each = (visit: (group: number, value: number) => void): void => {
    rows.forEach(({ match, documents, groups: own }, k) => {
      const column = columns[k];
      if (!column) return;
      const { offsets, members, sets } = column;
      const map = values.mapOf(match.live.uid);
      for (let index = 0; index < documents.length; index++) {
        const set = sets[documents[index]!]!;
        for (let at = offsets[set]!; at < offsets[set + 1]!; at++)
          visit(own[index]!, map ? map[members[at]!]! : members[at]!);
      }
    });
  };
  each((group) => {
    ends[group + 1]! += 1;
  });
  for (let group = 0; group < groups; group++) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const gathered = new Uint32Array(ends[groups]!);
  each((group, value) => {
    gathered[next[group]!] = value;
    next[group]! += 1;
  });
  const lastSeen = new Uint32Array(values.size);
  return Array.from({ length: groups }, (_, group) => {
    let distinct = 0;
    for (let at = ends[group]!; at < ends[group + 1]!; at++) {
      if (lastSeen[gathered[at]!] === group + 1) continue;
      lastSeen[gathered[at]!] = group + 1;
      distinct += 1;
    }
    return distinct;
  });
}
