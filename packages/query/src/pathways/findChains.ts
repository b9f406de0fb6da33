import { bestFirst, type Chain, chainOf } from './Chain.ts';
import type { Node } from './Node.ts';
import type { Direction, StepFinder } from './StepFinder.ts';
import type { Step } from './steps.ts';

/** Chains kept while looking: beyond, an answer of 200 gets no better. */
const maxChains = 10_000;

export interface Found {
  chains: Chain[];
  isCut: boolean;
}

/**
 * Chains of at most `hops` steps out of one thing, or into it. Each way of counting is an answer of its own where it is a single step;
 * longer chains take the best of each, and none that does not hold. No chain meets the same thing twice.
 */
export async function chainsAround(
  finder: StepFinder,
  { start, direction, hops }: { start: Node; direction: Direction; hops: number },
): Promise<Found> {
  const first = await finder.around(start, direction);
  const chains = first.flat().map((step) => chainOf([step]));
  let longest = bestOfEach(first)
    .map((step) => chainOf([step]))
    .filter(isHolding);
  for (let hop = 2; hop <= hops && longest.length > 0; hop++) {
    const next: Chain[] = [];
    for (const chain of bestFirst(longest)) {
      const end = direction === 'out' ? chain.last.to : chain.first.from;
      for (const step of bestOfEach(await finder.around(end, direction))) {
        if (step.best.verdict === 'miss' || meets(chain, direction === 'out' ? step.to : step.from)) continue;
        next.push(chainOf(direction === 'out' ? [...chain.steps, step] : [step, ...chain.steps]));
        if (chains.length + next.length >= maxChains) return { chains: [...chains, ...next], isCut: true };
      }
    }
    chains.push(...next);
    longest = next;
  }
  return { chains, isCut: finder.isCut };
}

/** The same from one thing to another; what does not hold is told here whatever its length. */
export async function chainsBetween(
  finder: StepFinder,
  { from, to, hops }: { from: Node; to: Node; hops: number },
): Promise<Found> {
  const [outwards, inwards] = await finder.towardEachOther(from, to);
  const chains = finder.between(from, to).map((step) => chainOf([step]));
  const [firsts, lasts] = [bestOfEach(outwards), bestOfEach(inwards)];
  const lastFrom = new Map(lasts.map((step) => [step.from.key, step]));
  for (const first of hops >= 2 ? firsts.filter((step) => step.to !== to) : []) {
    const last = lastFrom.get(first.to.key);
    if (last) chains.push(chainOf([first, last]));
    if (hops < 3) continue;
    await finder.complete(first.to);
    for (const end of lasts) {
      const [middle] = end.from === from || end.from === first.to ? [] : finder.between(first.to, end.from);
      if (middle) chains.push(chainOf([first, middle, end]));
      if (chains.length >= maxChains) return { chains, isCut: true };
    }
  }
  return { chains, isCut: finder.isCut };
}

/** The best way to each neighbour. */
function bestOfEach(steps: readonly Step[][]): Step[] {
  return steps.flatMap(([best]) => best ?? []);
}

function isHolding({ verdict }: Chain): boolean {
  return verdict !== 'miss';
}

function meets({ steps, last }: Chain, node: Node): boolean {
  return last.to === node || steps.some(({ from }) => from === node);
}
