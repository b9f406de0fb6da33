import { type Amount, hasNumber, inSemesterHours, smallerOf } from './amounts.ts';
import { type Verdict, verdicts } from './judged.ts';
import { takesWhole } from './Statement.ts';
import type { Step } from './steps.ts';

/** Steps from one end to the other, and what they come to. */
export interface Chain {
  steps: readonly Step[];
  first: Step;
  last: Step;
  /** Of the weakest step. */
  verdict: Verdict;
  /** What of the first thing's credit arrives at the end. */
  credit?: Amount;
}

export function chainOf(steps: readonly Step[]): Chain {
  const verdict = verdicts[Math.max(...steps.map(({ best }) => verdicts.indexOf(best.verdict)))]!;
  const credit = verdict === 'miss' ? undefined : arriving(steps, steps[0]!.best.credit[0]);
  return { steps, first: steps[0]!, last: steps.at(-1)!, verdict, ...(credit ? { credit } : {}) };
}

/**
 * How much of what the first thing is worth arrives at the end: never more than any step lets through, so that nothing counts twice. A
 * step that takes in the whole of a thing, and states no credit, lets all of it through; any other that states none ends it.
 */
export function arriving(steps: readonly Step[], first: Amount | undefined): Amount | undefined {
  if (steps.length > 1 && !(first && hasNumber(first))) return undefined;
  let amount = first;
  for (const { best, kind } of steps.slice(1)) {
    const [credit] = best.credit;
    if (credit && hasNumber(credit)) amount = amount && smallerOf(amount, credit);
    else if (!takesWhole(kind)) return undefined;
  }
  return amount;
}

/** Best first: by verdict, by how short it is, by credit in semester hours, then by the keys on the way. */
export function bestFirst(chains: readonly Chain[]): Chain[] {
  const ranked = chains.map((chain) => ({ chain, verdict: verdicts.indexOf(chain.verdict), hours: hoursOf(chain) }));
  ranked.sort(
    (a, b) =>
      a.verdict - b.verdict ||
      a.chain.steps.length - b.chain.steps.length ||
      b.hours - a.hours ||
      byPath(a.chain, b.chain),
  );
  return ranked.map(({ chain }) => chain);
}

function hoursOf({ credit }: Chain): number {
  const comparable = credit && inSemesterHours(credit);
  return comparable?.max ?? comparable?.min ?? -1;
}

function byPath(a: Chain, b: Chain): number {
  for (const [index, step] of a.steps.entries()) {
    const other = b.steps[index]!;
    const order = compare(step.from.key, other.from.key) || compare(step.kind, other.kind);
    if (order !== 0) return order;
  }
  return compare(a.last.to.key, b.last.to.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
