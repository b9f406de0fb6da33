import { coveredBy, type SkillsAsked, wantedOf } from './ReferenceCoverage.ts';
import type { Offer, SkillName } from './skillMarket.ts';

export type Objective = 'cost' | 'days' | 'count';

export function worthOf(offer: Offer, objective: Objective): number | undefined {
  return objective === 'count' ? 1 : offer[objective];
}

/** Undefined as soon as one is: the unknown is never nothing. */
function sumOf(values: (number | undefined)[]): number | undefined {
  return values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0);
}

/**
 * Interface §4 "Bundles" by trying every set of offers each of which adds something: the least by the objective; of equals fewer, of
 * those the lower cost (an unknown one is higher than any), of those the lower ids.
 */
export function referenceBundle(offers: readonly Offer[], asked: SkillsAsked, objective: Objective) {
  const { skills, unrecognized } = wantedOf(asked);
  const covering = offers.filter(asked.isWithin).filter((offer) => coveredBy(offer, asked).length > 0);
  const usable = covering.filter((offer) => worthOf(offer, objective) !== undefined);
  let best: { numbers: number[]; key: number[] } | undefined;
  const walk = (missing: readonly SkillName[], taken: readonly Offer[]): void => {
    const spent = sumOf(taken.map((offer) => worthOf(offer, objective)))!;
    if (best && spent > best.key[0]!) return;
    const [first] = missing;
    if (first === undefined) {
      const numbers = taken.map(({ number }) => number).sort((a, b) => a - b);
      const cost = sumOf(taken.map((offer) => offer.cost)) ?? Number.POSITIVE_INFINITY;
      const key = [spent, numbers.length, cost, ...numbers];
      if (!best || isLess(key, best.key)) best = { numbers, key };
      return;
    }
    for (const offer of usable) {
      const covered = coveredBy(offer, asked);
      if (covered.includes(first))
        walk(
          missing.filter((skill) => !covered.includes(skill)),
          [...taken, offer],
        );
    }
  };
  if (unrecognized.length === 0) walk(skills, []);
  return {
    candidates: covering.length,
    leftOut: covering.length - usable.length,
    uncovered: skills.filter((skill) => !usable.some((offer) => coveredBy(offer, asked).includes(skill))),
    best: best && { numbers: best.numbers, value: best.key[0]! },
  };
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < (b[at] ?? Number.POSITIVE_INFINITY);
}
