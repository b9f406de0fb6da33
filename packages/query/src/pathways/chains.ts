import { type Amount, hasNumber, inSemesterHours, smallerOf } from './amounts.ts';
import { type Verdict, verdicts } from './judged.ts';
import type { Node } from './Node.ts';
import { takesWhole } from './Statement.ts';
import type { StepFinder } from './StepFinder.ts';
import type { Step } from './steps.ts';

/** Steps from one end to the other. */
export type Chain = Step[];

/** Chains kept while looking: beyond, an answer of 200 gets no better. */
const maxChains = 10_000;

export interface Found {
  chains: Chain[];
  isCut: boolean;
}

/**
 * Chains of at most `hops` steps out of `from`, into `to`, or from one to the other. Each way of counting is an answer of its own
 * where it is a single step; longer chains take the best of each. No chain meets the same thing twice. What does not hold is told
 * where it is a single step, and where both ends are given.
 */
export async function findChains(
  finder: StepFinder,
  { from, to, hops }: { from: Node | undefined; to: Node | undefined; hops: number },
): Promise<Found> {
  if (from && to) return between(finder, { from, to, hops });
  return from
    ? open(finder, { start: from, direction: 'out', hops })
    : open(finder, { start: to!, direction: 'in', hops });
}

async function open(
  finder: StepFinder,
  { start, direction, hops }: { start: Node; direction: 'out' | 'in'; hops: number },
): Promise<Found> {
  const first = await finder.around(start, direction);
  const chains: Chain[] = first.flat().map((step) => [step]);
  let longest = firstOfEach(first).filter(isHolding);
  for (let hop = 2; hop <= hops && longest.length > 0; hop++) {
    const next: Chain[] = [];
    for (const chain of bestFirst(longest)) {
      const end = direction === 'out' ? chain.at(-1)!.to : chain[0]!.from;
      for (const [step] of await finder.around(end, direction)) {
        const longer = direction === 'out' ? [...chain, step!] : [step!, ...chain];
        if (isHolding([step!]) && isSimple(longer)) next.push(longer);
        if (chains.length + next.length >= maxChains) return { chains: [...chains, ...next], isCut: true };
      }
    }
    chains.push(...next);
    longest = next;
  }
  return { chains, isCut: finder.isCut };
}

async function between(finder: StepFinder, { from, to, hops }: { from: Node; to: Node; hops: number }): Promise<Found> {
  const [outwards, inwards] = await finder.towardEachOther(from, to);
  const chains: Chain[] = finder.between(from, to).map((step) => [step]);
  const [firsts, lasts] = [firstOfEach(outwards), firstOfEach(inwards)].map((all) => all.map(([step]) => step!));
  const take = (chain: Chain): void => {
    if (isSimple(chain) && chains.length < maxChains) chains.push(chain);
  };
  const lastFrom = new Map(lasts!.map((step) => [step.from.key, step]));
  for (const first of hops >= 2 ? firsts! : []) {
    if (hops >= 3) await finder.complete(first.to);
    const last = lastFrom.get(first.to.key);
    if (last) take([first, last]);
    for (const end of hops >= 3 ? lasts! : []) {
      const [middle] = first.to === end.from ? [] : finder.between(first.to, end.from);
      if (middle) take([first, middle, end]);
    }
  }
  return { chains, isCut: finder.isCut || chains.length >= maxChains };
}

/** The best way to each neighbour. */
function firstOfEach(steps: Step[][]): Chain[] {
  return steps.map(([best]) => [best!]);
}

function isHolding(chain: Chain): boolean {
  return chain.every(({ best }) => best.verdict !== 'miss');
}

function isSimple(chain: Chain): boolean {
  const keys = [...chain.map(({ from }) => from.key), chain.at(-1)!.to.key];
  return new Set(keys).size === keys.length;
}

/** A chain is as good as its weakest step. */
export function verdictOf(chain: Chain): Verdict {
  return verdicts[Math.max(...chain.map(({ best }) => verdicts.indexOf(best.verdict)))]!;
}

/**
 * How much of the first thing's credit arrives at the end: never more than any step lets through, so that nothing counts twice. A
 * step that takes in the whole of a thing, and states no credit, lets all of it through; any other that states none ends it. What
 * does not hold brings nothing.
 */
export function creditOf(chain: Chain, first: Amount | undefined = chain[0]!.best.credit[0]): Amount | undefined {
  if (verdictOf(chain) === 'miss' || (chain.length > 1 && !(first && hasNumber(first)))) return undefined;
  let arriving = first;
  for (const { best, kind } of chain.slice(1)) {
    const [credit] = best.credit;
    if (credit && hasNumber(credit)) arriving = arriving && smallerOf(arriving, credit);
    else if (!takesWhole(kind)) return undefined;
  }
  return arriving;
}

/** Best first: by verdict, by how short it is, by credit in semester hours, then by the keys on the way. */
export function bestFirst(chains: readonly Chain[]): Chain[] {
  const ranked = chains.map((chain) => ({
    chain,
    verdict: verdicts.indexOf(verdictOf(chain)),
    hours: hoursOf(creditOf(chain)),
    path: pathOf(chain),
  }));
  ranked.sort(
    (a, b) =>
      a.verdict - b.verdict || a.chain.length - b.chain.length || b.hours - a.hours || (a.path < b.path ? -1 : 1),
  );
  return ranked.map(({ chain }) => chain);
}

function hoursOf(credit: Amount | undefined): number {
  const comparable = credit && inSemesterHours(credit);
  return comparable?.max ?? comparable?.min ?? -1;
}

function pathOf(chain: Chain): string {
  return [...chain.map(({ from, kind }) => `${from.key} ${kind}`), chain.at(-1)!.to.key].join(' ');
}
