import { compareUtf8 } from '@credatlas/skills';

/** What a choice costs: the objective first, then what decides among equals. All of it adds up. */
export type Price = readonly number[];

/** A set of skills as a bit mask, by the credential that is taken for it. */
export interface CoverOption {
  mask: number;
  id: string;
  price: Price;
}

export interface Cover {
  ids: string[];
  price: Price;
}

/** Sums of fractions of days that differ by less are equal. */
const tolerance = 1e-6;

/**
 * The masks that are part of some cheapest way to cover `n` skills, exactly: dynamic programming over the covered skills, always
 * covering the lowest that is still missing, so that 2ⁿ states are enough. Empty when some skill is in no mask.
 */
export function cheapestMasks(prices: ReadonlyMap<number, Price>, n: number): number[] {
  const full = 2 ** n - 1;
  const best: (Price | undefined)[] = [[0, 0]];
  const steps: { from: number; mask: number }[][] = [];
  for (let state = 0; state < full; state++) {
    const price = best[state];
    if (!price) continue;
    for (const [mask, own] of prices) {
      if (!coversNext(state, mask)) continue;
      const to = state | mask;
      const sum = sumOf(price, own);
      const order = best[to] ? comparePrices(sum, best[to]) : -1;
      if (order > 0) continue;
      if (order < 0) {
        best[to] = sum;
        steps[to] = [];
      }
      steps[to]!.push({ from: state, mask });
    }
  }
  return masksOf(steps, full);
}

/** All masks on the ways that lead to a state. */
function masksOf(steps: readonly { from: number; mask: number }[][], full: number): number[] {
  const masks = new Set<number>();
  const states = new Set([full]);
  for (const state of states)
    for (const { from, mask } of steps[state] ?? []) {
      masks.add(mask);
      states.add(from);
    }
  return [...masks].sort((a, b) => a - b);
}

/**
 * The cheapest of all covers made of these options, of equals the one whose sorted ids come first; every cover of one price has as
 * many, so what is first stays first when the same id is added to both.
 */
export function firstCover(options: readonly CoverOption[], n: number): Cover | undefined {
  const full = 2 ** n - 1;
  const best: (Cover | undefined)[] = [{ ids: [], price: options[0]?.price.map(() => 0) ?? [] }];
  for (let state = 0; state < full; state++) {
    const reached = best[state];
    if (!reached) continue;
    for (const { mask, id, price } of options) {
      if (!coversNext(state, mask)) continue;
      const cover = { ids: [...reached.ids, id].sort(compareUtf8), price: sumOf(reached.price, price) };
      const known = best[state | mask];
      if (!known || (comparePrices(cover.price, known.price) || compareIds(cover.ids, known.ids)) < 0)
        best[state | mask] = cover;
    }
  }
  return best[full];
}

function coversNext(state: number, mask: number): boolean {
  return (mask & ~state & (state + 1)) !== 0;
}

function sumOf(a: Price, b: Price): Price {
  return a.map((value, at) => value + b[at]!);
}

function comparePrices(a: Price, b: Price): number {
  const at = a.findIndex((value, index) => value !== b[index] && Math.abs(value - b[index]!) > tolerance);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function compareIds(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((id, index) => id !== b[index]);
  return at < 0 ? 0 : compareUtf8(a[at]!, b[at]!);
}
