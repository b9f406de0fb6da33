export interface Candidate {
  id: string;
  /** Numbers of the skills it covers. */
  covered: readonly number[];
  price: number;
}

/**
 * Takes what costs least per skill that it adds, until all are covered; then leaves out what the others make needless. At most H(n)
 * times the cheapest (Chvátal 1979). Undefined when some skill is in no candidate.
 */
export function greedyCover(candidates: readonly Candidate[], n: number): Candidate[] | undefined {
  const missing = new Set(Array.from({ length: n }, (_, skill) => skill));
  const taken: Candidate[] = [];
  while (missing.size > 0) {
    let best: { candidate: Candidate; rate: number } | undefined;
    for (const candidate of candidates) {
      const added = candidate.covered.reduce((sum, skill) => sum + Number(missing.has(skill)), 0);
      if (added === 0) continue;
      const rate = candidate.price / added;
      if (!best || rate < best.rate || (rate === best.rate && candidate.id < best.candidate.id))
        best = { candidate, rate };
    }
    if (!best) return undefined;
    taken.push(best.candidate);
    for (const skill of best.candidate.covered) missing.delete(skill);
  }
  return withoutNeedless(taken);
}

function withoutNeedless(taken: readonly Candidate[]): Candidate[] {
  let left = [...taken];
  for (const candidate of taken.toSorted((a, b) => b.price - a.price)) {
    const others = left.filter((other) => other !== candidate);
    const covered = new Set(others.flatMap((other) => other.covered));
    if (candidate.covered.every((skill) => covered.has(skill))) left = others;
  }
  return left;
}

/**
 * A price below which no cover can be, when these are all the candidates: each skill pays the least share of any that covers it, and
 * no candidate is paid more than it costs (the dual of the linear programme).
 */
export function leastPossible(candidates: readonly Candidate[], n: number): number {
  const shares = new Array<number>(n).fill(Number.POSITIVE_INFINITY);
  for (const { covered, price } of candidates)
    for (const skill of covered) shares[skill] = Math.min(shares[skill]!, price / covered.length);
  return shares.reduce((sum, share) => sum + share, 0);
}
