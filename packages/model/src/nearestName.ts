/** Names longer than this are not compared: nobody mistypes them, and the comparison is quadratic in their length. */
const maxLength = 64;

/**
 * The candidate that `name` was most likely meant to be: fewest edits (insert, delete, replace, swap of neighbours; upper and lower
 * case are one), at most a third of the longer of the two; ties: the first. Undefined when none is near.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > maxLength) return undefined;
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    if (candidate.length > maxLength) continue;
    const edits = editsBetween(name.toLowerCase(), candidate.toLowerCase());
    const isNear = edits <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    if (isNear && (!best || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Optimal string alignment distance, three rows at a time. */
function editsBetween(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      if (isSwap) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
