import { type Amount, hasNumber, inSemesterHours, sum } from './amounts.ts';
import { arriving, bestFirst, type Chain } from './Chain.ts';
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

type Between = Pick<StepFinder, 'between' | 'namedBy'>;

/**
 * How much can be brought from elsewhere in all: by transfer values and advanced standing, for the thing itself or for what it is made
 * of. Of alternatives one counts, of a choice as many as it asks for, what several share once, for a course no more than it is
 * worth; each thing counts where it brings most, and what counts toward something that is counted is inside it.
 */
export function broughtInAll(finder: Between, chains: readonly Chain[]): Total {
  return total(
    finder,
    chains.filter(({ first, steps }) => transfers(first.kind) && steps.every(({ kind }) => holds(kind))),
  );
}

/** What the thing is made of: what it requires, its parts and the steps of its pathways; nothing twice either. */
export function madeOf(finder: Between, chains: readonly Chain[]): Total {
  return total(
    finder,
    chains.filter(({ first, steps }) => steps.length === 1 && takesWhole(first.kind)),
  );
}

function holds(kind: Step['kind']): boolean {
  return transfers(kind) || takesWhole(kind);
}

function total(finder: Between, chains: readonly Chain[]): Total {
  const bySource = Map.groupBy(bestFirst(chains), ({ first }) => first.from.key);
  const leftOut: Total['leftOut'] = [];
  const shares: Share[] = [];
  for (const own of bySource.values()) {
    const best = own.flatMap(shareOf).sort((a, b) => highOf(b) - highOf(a))[0];
    if (best) shares.push(best);
    else leftOut.push({ chain: own[0]!, why: 'How much it counts for is not stated as a number.' });
  }
  shares.sort((a, b) => highOf(b) - highOf(a) || (a.from.key < b.from.key ? -1 : 1));
  const order = new Map(shares.map(({ from }, index) => [from, index]));
  const counted: Share[] = [];
  const held = heldAmong(finder, shares, order);
  for (const share of shares) {
    // Where each counts toward the other, the one that brings more stays.
    const within = held
      .get(share.from)
      ?.find((other) => !held.get(other)?.includes(share.from) || order.get(other)! < order.get(share.from)!);
    if (within) leftOut.push({ chain: share.chain, why: `Counted within ${nameOf(within)}.` });
    else counted.push(share);
  }
  const byUnit = Map.groupBy(counted, ({ amount }) => amount.unit);
  const credit = [...byUnit].map(([unit, group]) => amountOf(group, unit));
  return { credit, counted: counted.map(({ chain }) => chain), leftOut };
}

function shareOf(chain: Chain): Share[] {
  const { from, best } = chain.first;
  const stated = arriving(chain.steps, best.credit[0] ?? best.shared?.amount);
  if (!stated || !hasNumber(stated)) return [];
  return [{ from, chain, amount: inSemesterHours(stated) ?? stated, places: limitsOf(chain) }];
}

/** From the end outwards: the choices of each step, what it lets through, and last what the first shares with others. */
function limitsOf({ steps, first }: Chain): Limit[] {
  const limits = steps.toReversed().flatMap(({ from, best, kind }, index): Limit[] => {
    const isFirst = index === steps.length - 1;
    const [cap] = best.credit;
    const through = { group: `through ${from.key}`, item: from.key, ...(cap ? { cap } : {}) };
    return [...best.statement.places, ...(isFirst || transfers(kind) ? [] : [through])];
  });
  const { shared } = first.best;
  return shared ? [...limits, { group: shared.group, required: 1, item: first.from.key }] : limits;
}

/** Those of the others that take in the credit of each, those that bring most first. */
function heldAmong(finder: Between, shares: readonly Share[], order: ReadonlyMap<Node, number>): Map<Node, Node[]> {
  const nodes = new Map(shares.map(({ from }) => [from.key, from]));
  const pairs = new Map([...nodes.values()].map((node) => [node, new Set<Node>()]));
  for (const node of nodes.values())
    for (const key of finder.namedBy(node)) {
      const other = nodes.get(key);
      if (!other || other === node) continue;
      pairs.get(node)!.add(other);
      pairs.get(other)!.add(node);
    }
  const heldBy = (one: Node, others: Iterable<Node>): Node[] =>
    [...others].filter((other) => isHeld(finder, one, other)).sort((a, b) => order.get(a)! - order.get(b)!);
  return new Map([...pairs].map(([one, others]) => [one, heldBy(one, others)]));
}

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
