/** What a choice costs: the objective, then what decides among equals. Both add up. */
export type Price = readonly [first: number, second: number];

/** Covers of one price that are told apart by what they are made of; more would be no help. */
const mostCovers = 200;
/** Sums of fractions of days that differ by less are equal. */
const tolerance = 1e-6;

/**
 * All cheapest ways to cover `n` skills by sets of them, exactly: each a list of bit masks, one per set that is taken. Dynamic
 * programming over the covered skills, always covering the lowest that is still missing, so that 2ⁿ states are enough. Empty when some
 * skill is in no set.
 */
export function cheapestCovers(prices: ReadonlyMap<number, Price>, n: number): number[][] {
  const full = 2 ** n - 1;
  const best: (Price | undefined)[] = [[0, 0]];
  const steps: { from: number; mask: number }[][] = [];
  for (let state = 0; state < full; state++) {
    const price = best[state];
    if (!price) continue;
    const lowestMissing = ~state & (state + 1);
    for (const [mask, own] of prices) {
      if ((mask & lowestMissing) === 0) continue;
      const to = state | mask;
      const sum: Price = [price[0] + own[0], price[1] + own[1]];
      const known = best[to];
      const order = known ? comparePrices(sum, known) : -1;
      if (order > 0) continue;
      if (order < 0) {
        best[to] = sum;
        steps[to] = [];
      }
      steps[to]!.push({ from: state, mask });
    }
  }
  return best[full] ? coversUpTo(full, steps) : [];
}

export function comparePrices(a: Price, b: Price): number {
  for (const at of [0, 1] as const) {
    if (a[at] === b[at]) continue;
    const difference = a[at] - b[at];
    if (Math.abs(difference) > tolerance) return difference;
  }
  return 0;
}

function coversUpTo(full: number, steps: readonly { from: number; mask: number }[][]): number[][] {
  const covers = new Map<string, number[]>();
  const walk = (state: number, taken: readonly number[]): void => {
    if (covers.size >= mostCovers) return;
    if (state === 0) {
      const cover = taken.toSorted((a, b) => a - b);
      covers.set(cover.join(), cover);
      return;
    }
    for (const { from, mask } of steps[state] ?? []) walk(from, [...taken, mask]);
  };
  walk(full, []);
  return [...covers.values()];
}
