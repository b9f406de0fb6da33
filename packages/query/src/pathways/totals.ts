import { type Amount, hasNumber, inSemesterHours, sum } from './amounts.ts';
import { bestFirst, type Chain, creditOf, verdictOf } from './chains.ts';
import type { Verdict } from './judged.ts';
import { type Node, nameOf } from './Node.ts';
import { type Place, takesWhole, transfers } from './Statement.ts';
import type { StepFinder } from './StepFinder.ts';
import type { Step } from './steps.ts';

/** What one thing brings. */
interface Share {
  from: Node;
  chain: Chain;
  amount: Amount;
  places: Limit[];
}

/** A choice, or something on the way that lets no more through than it is worth. */
interface Limit extends Place {
  cap?: Amount;
}

export interface Total {
  /** One per unit; semester and quarter hours together, as semester hours. */
  credit: Amount[];
  counted: Chain[];
  leftOut: { chain: Chain; why: string }[];
}

type Between = Pick<StepFinder, 'between' | 'neighboursOf'>;

/**
 * How much can be brought from elsewhere in all: by transfer values and advanced standing, for the thing itself or for what it is made
 * of. Of alternatives one counts, of a choice as many as it asks for, what several share once, for a course no more than it is
 * worth; each thing counts where it brings most, and what counts toward something that is counted is inside it.
 */
export function broughtInAll(finder: Between, chains: readonly Chain[], verdicts: readonly Verdict[]): Total {
  return total(finder, chains, (chain) => {
    const [first, ...rest] = chain;
    return verdicts.includes(verdictOf(chain)) && transfers(first!.kind) && rest.every(({ kind }) => holds(kind));
  });
}

/** What the thing is made of: what it requires, its parts and the steps of its pathways; nothing twice either. */
export function madeOf(finder: Between, chains: readonly Chain[], verdicts: readonly Verdict[]): Total {
  return total(
    finder,
    chains,
    (chain) => chain.length === 1 && verdicts.includes(verdictOf(chain)) && takesWhole(chain[0]!.kind),
  );
}

function holds(kind: Step['kind']): boolean {
  return transfers(kind) || takesWhole(kind);
}

function total(finder: Between, chains: readonly Chain[], counts: (chain: Chain) => boolean): Total {
  const bySource = Map.groupBy(bestFirst(chains.filter(counts)), ([first]) => first!.from.key);
  const leftOut: Total['leftOut'] = [];
  const shares: Share[] = [];
  for (const own of bySource.values()) {
    const best = own.flatMap(shareOf).sort((a, b) => highOf(b) - highOf(a))[0];
    if (best) shares.push(best);
    else leftOut.push({ chain: own[0]!, why: 'How much it counts for is not stated as a number.' });
  }
  shares.sort((a, b) => highOf(b) - highOf(a) || (a.from.key < b.from.key ? -1 : 1));
  const counted: Share[] = [];
  const links = linksAmong(finder, shares);
  shares.forEach((share, rank) => {
    const within = shares.find(
      (other, otherRank) =>
        links.get(share.from.key)?.has(other.from.key) &&
        isHeld(finder, share.from, other.from) &&
        // Where each counts toward the other, the one that brings more stays.
        !(rank < otherRank && isHeld(finder, other.from, share.from)),
    );
    if (within) leftOut.push({ chain: share.chain, why: `Counted within ${nameOf(within.from)}.` });
    else counted.push(share);
  });
  const byUnit = Map.groupBy(counted, ({ amount }) => amount.unit);
  const credit = [...byUnit].map(([unit, group]) => amountOf(group, unit));
  return { credit, counted: counted.map(({ chain }) => chain), leftOut };
}

function shareOf(chain: Chain): Share[] {
  const { from, best } = chain[0]!;
  const stated = creditOf(chain, best.credit[0] ?? best.shared?.amount);
  if (!stated || !hasNumber(stated)) return [];
  return [{ from, chain, amount: inSemesterHours(stated) ?? stated, places: limitsOf(chain) }];
}

/** From the end outwards: the choices of each step, what it lets through, and last what the first shares with others. */
function limitsOf(chain: Chain): Limit[] {
  const limits = chain.toReversed().flatMap(({ from, best, kind }, index): Limit[] => {
    const isFirst = index === chain.length - 1;
    const [cap] = best.credit;
    const through = { group: `through ${from.key}`, item: from.key, ...(cap ? { cap } : {}) };
    return [...best.statement.places, ...(isFirst || transfers(kind) ? [] : [through])];
  });
  const { shared } = chain[0]!.best;
  return shared ? [...limits, { group: shared.group, required: 1, item: chain[0]!.from.key }] : limits;
}

/** Which of them say something of one another, by key. */
function linksAmong(finder: Between, shares: readonly Share[]): Map<string, Set<string>> {
  const links = new Map(shares.map(({ from }) => [from.key, new Set<string>()]));
  for (const { from } of shares)
    for (const key of finder.neighboursOf(from)) {
      links.get(key)?.add(from.key);
      if (links.has(key)) links.get(from.key)!.add(key);
    }
  return links;
}

/** Whether the other takes in its credit. */
function isHeld(finder: Between, one: Node, other: Node): boolean {
  return finder.between(one, other).some(({ kind, best }) => holds(kind) && best.verdict !== 'miss');
}

function amountOf(shares: Share[], unit: string | undefined): Amount {
  return {
    ...(unit ? { unit } : {}),
    levels: [...new Set(shares.flatMap(({ amount }) => amount.levels))],
    min: chosen(shares, { unit, depth: 0, worth: ({ amount }) => amount.min ?? 0, lowestFirst: true }),
    max: chosen(shares, { unit, depth: 0, worth: highOf, lowestFirst: false }),
  };
}

interface Choosing {
  unit: string | undefined;
  depth: number;
  worth(share: Share): number;
  lowestFirst: boolean;
}

/** The sum of what takes part in no choice, and of each choice the items that it asks for. */
function chosen(shares: Share[], choosing: Choosing): number {
  const { depth, worth, lowestFirst } = choosing;
  const groups = Map.groupBy(shares, ({ places }) => places[depth]?.group);
  const sums = [...groups].map(([group, members]) => {
    if (group === undefined) return sum(...members.map(worth));
    const limit = members[0]!.places[depth]!;
    const items = Map.groupBy(members, ({ places }) => places[depth]!.item);
    const values = [...items.values()].map((item) => chosen(item, { ...choosing, depth: depth + 1 }));
    values.sort((a, b) => (lowestFirst ? a - b : b - a));
    return Math.min(capOf(limit, choosing.unit), sum(...values.slice(0, limit.required)));
  });
  return sum(...sums);
}

function capOf({ cap }: Limit, unit: string | undefined): number {
  const comparable = cap && (inSemesterHours(cap) ?? cap);
  return comparable?.unit === unit ? (comparable?.max ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

function highOf({ amount }: Share): number {
  return amount.max ?? amount.min ?? 0;
}
