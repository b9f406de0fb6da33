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
  const { ends, gathered } = gatheredValues(rows, field, groups);
  return Array.from({ length: groups }, (_, group) => {
    const [from, to] = [ends[group]!, ends[group + 1]!];
    if (kind === 'present') return to - from;
    if (from === to) return kind === 'sum' ? 0 : null;
    let value = kind === 'sum' || kind === 'mean' ? 0 : gathered[from]!;
    for (let at = from; at < to; at++) {
      if (kind === 'min') value = Math.min(value, gathered[at]!);
      else if (kind === 'max') value = Math.max(value, gathered[at]!);
      else value += gathered[at]!;
    }
    return kind === 'mean' ? value / (to - from) : value;
  });
}

/** The field's values, group by group: those of group g lie at ends[g] ≤ at < ends[g + 1]. */
function gatheredValues(
  rows: readonly Rows[],
  field: NumberField,
  groups: number,
): { ends: Uint32Array; gathered: Float64Array } {
  const ends = new Uint32Array(groups + 1);
  const columns = rows.map(({ match }) => match.live.segment.numbers[field]);
  rows.forEach(({ documents, groups: own }, k) => {
    const ranks = columns[k]?.ranks;
    if (!ranks) return;
    for (let index = 0; index < documents.length; index++)
      if (ranks[documents[index]!]! > 0) ends[own[index]! + 1]! += 1;
  });
  for (let group = 0; group < groups; group++) ends[group + 1]! += ends[group]!;
  const next = ends.slice();
  const gathered = new Float64Array(ends[groups]!);
  rows.forEach(({ documents, groups: own }, k) => {
    const column = columns[k];
    if (!column) return;
    const { ranks, values } = column;
    for (let index = 0; index < documents.length; index++) {
      const rank = ranks[documents[index]!]!;
      if (rank === 0) continue;
      const group = own[index]!;
      gathered[next[group]!] = values[rank - 1]!;
      next[group]! += 1;
    }
  });
  return { ends, gathered };
}

/** The two values next to h = (n − 1)p of each group. */
function percentiles(
  rows: readonly Rows[],
  { field, p, groups }: { field: NumberField; p: number; groups: number },
): (number | null)[] {
  const { ends, gathered } = gatheredValues(rows, field, groups);
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
