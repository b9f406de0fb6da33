/** Something that may count toward another, in a market of the simplest kind. */
export interface Thing {
  number: number;
  owner: number;
  isCourse: boolean;
  hasEnded: boolean;
  /** What it is worth by itself, in semester hours. */
  credit?: number;
}

/** Days as written; the market's day lies between any start that has come and any end that has not. */
export interface Period {
  isOver: boolean;
  isToCome: boolean;
}

export interface Agreement extends Period {
  number: number;
  sending: number;
  receiving: number;
}

/** What some document says. */
export type Saying =
  | (Period & {
      says: 'transferValue';
      number: number;
      from: number[];
      for: number[];
      by: number;
      credit?: readonly [number, number];
      agreements: Agreement[];
    })
  | { says: 'advancedStanding' | 'preparation' | 'part'; from: number; to: number; by: 'from' | 'to'; credit?: number }
  /** Alternatives, each of one course or more. */
  | { says: 'requirement'; to: number; alternatives: number[][] }
  | { says: 'recommendation'; from: number; to: number };

export interface Market {
  things: Thing[];
  sayings: Saying[];
}

type Verdict = 'match' | 'maybe' | 'miss';
const verdicts: Verdict[] = ['match', 'maybe', 'miss'];
const kinds = ['transferValue', 'advancedStanding', 'requirement', 'part', 'preparation', 'recommendation'] as const;
type Kind = (typeof kinds)[number];
const holding: Kind[] = ['transferValue', 'advancedStanding', 'requirement', 'part'];

interface Worth {
  kind: Kind;
  verdict: Verdict;
  /** 0 agreement, 1 receiving, 2 sending, 3 neither. */
  speaker: number;
  credit?: readonly [number, number];
  /** At most one of those that share it counts. */
  oneOf?: string;
  /** Of an alternative: the group, and which it is. */
  alternative?: [string, string];
}

export interface Link extends Worth {
  from: number;
  to: number;
}

/** Pathways by trying everything: as slow as it is plain. */
export class ReferencePathways {
  readonly #market: Market;
  readonly #thing: Map<number, Thing>;

  constructor(market: Market) {
    this.#market = market;
    this.#thing = new Map(market.things.map((thing) => [thing.number, thing]));
  }

  /** `1 -kind-> 2: verdict least..most`, in no order. */
  answers({ from, to }: { from?: number; to?: number }): string[] {
    return this.#chains({ from, to }).map(
      (chain) => `${chain[0]!.from}${chain.map((link) => ` -${link.kind}-> ${link.to}`).join('')}: ${worthOf(chain)}`,
    );
  }

  /** The most that can be brought to something, by trying every selection. */
  mostBrought(to: number): number {
    const chains = this.#chains({ to }).filter(
      (chain) =>
        verdictOf(chain) === 'match' &&
        isTransfer(chain[0]!) &&
        chain.every(({ kind }) => holding.includes(kind)) &&
        creditOf(chain) !== undefined,
    );
    const bySource = Map.groupBy(chains, (chain) => chain[0]!.from);
    const best = [...bySource.values()].map((own) => own.sort(mostFirst)[0]!);
    const shares = best.filter((chain, rank) => !best.some((other) => this.#isInside({ best, chain, rank, other })));
    return mostOf(shares);
  }

  #isInside({ best, chain, other }: { best: Link[][]; chain: Link[]; rank: number; other: Link[] }): boolean {
    const [one, two] = [chain[0]!.from, other[0]!.from];
    if (one === two || !this.#holds(one, two)) return false;
    const isMutual = this.#holds(two, one);
    return !isMutual || best.toSorted(mostFirst).indexOf(other) < best.toSorted(mostFirst).indexOf(chain);
  }

  #holds(from: number, to: number): boolean {
    return this.#links(from, to).some(({ kind, verdict }) => holding.includes(kind) && verdict !== 'miss');
  }

  #chains({ from, to }: { from?: number | undefined; to?: number | undefined }): Link[][] {
    const numbers = this.#market.things.map(({ number }) => number);
    const isBoth = from !== undefined && to !== undefined;
    const found: Link[][] = [];
    const walk = (path: number[]): void => {
      if (path.length > 1 && (to === undefined || path.at(-1) === to)) found.push(...this.#along(path, isBoth));
      if (path.length < 4) for (const next of numbers) if (!path.includes(next)) walk([...path, next]);
    };
    for (const start of from === undefined ? numbers : [from]) walk([start]);
    return found;
  }

  #along(path: number[], withMisses: boolean): Link[][] {
    const links = path.slice(1).map((to, index) => this.#links(path[index]!, to));
    if (links.some(({ length }) => length === 0)) return [];
    if (links.length === 1) return links[0]!.map((link) => [link]);
    const chain = links.map(([best]) => best!);
    return withMisses || verdictOf(chain) !== 'miss' ? [chain] : [];
  }

  /** The best of each kind, best first. */
  #links(from: number, to: number): Link[] {
    const all = this.#market.sayings.flatMap((saying) => this.#said(saying, from, to)).sort(byWorth);
    return kinds
      .flatMap((kind) => all.find((link) => link.kind === kind) ?? [])
      .map((worth) => ({ ...worth, from, to }))
      .sort(byWorth);
  }

  #said(saying: Saying, from: number, to: number): Worth[] {
    const [one, other] = [this.#thing.get(from)!, this.#thing.get(to)!];
    const hasEnded = one.hasEnded || other.hasEnded;
    if (saying.says === 'transferValue') {
      if (!saying.from.includes(from) || !saying.for.includes(to)) return [];
      return (saying.agreements.length > 0 ? saying.agreements : [undefined]).map((agreement) => {
        const isAgreed = agreement && agreement.sending === one.owner && agreement.receiving === other.owner;
        const speaker = isAgreed ? 0 : saying.by === other.owner ? 1 : saying.by === one.owner ? 2 : 3;
        const isGone = [saying, agreement].some((period) => period?.isOver || period?.isToCome);
        const isNothing = saying.credit?.[1] === 0;
        const verdict =
          hasEnded || isGone || isNothing ? 'miss' : speaker < 2 && saying.credit ? 'match' : ('maybe' as const);
        const oneOf = saying.from.length > 1 ? { oneOf: `value ${saying.number}` } : {};
        return {
          kind: 'transferValue',
          verdict,
          speaker,
          ...(saying.credit ? { credit: saying.credit } : {}),
          ...oneOf,
        };
      });
    }
    if (saying.says === 'requirement') {
      const index = saying.alternatives.findIndex((numbers) => numbers.includes(from));
      if (saying.to !== to || index < 0) return [];
      const group = `alternatives of ${to} ${this.#market.sayings.indexOf(saying)}`;
      const alternative: Worth['alternative'] = saying.alternatives.length > 1 ? [group, `${index}`] : undefined;
      return [
        {
          kind: 'requirement',
          verdict: hasEnded ? 'miss' : 'match',
          speaker: 1,
          ...own(one),
          ...(alternative ? { alternative } : {}),
        },
      ];
    }
    if (saying.from !== from || saying.to !== to) return [];
    const isReceiving = saying.says === 'recommendation' || saying.by === 'to' || one.owner === other.owner;
    const verdict = hasEnded ? 'miss' : isReceiving && saying.says !== 'recommendation' ? 'match' : 'maybe';
    const stated =
      'credit' in saying && saying.credit !== undefined ? { credit: [saying.credit, saying.credit] as const } : {};
    return [
      { kind: saying.says, verdict, speaker: isReceiving ? 1 : 2, ...(saying.says === 'part' ? own(one) : stated) },
    ];
  }
}

function own({ credit }: Thing): Pick<Worth, 'credit'> {
  return credit === undefined ? {} : { credit: [credit, credit] };
}

function byWorth(a: Worth, b: Worth): number {
  return (
    verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
    a.speaker - b.speaker ||
    (b.credit?.[1] ?? -1) - (a.credit?.[1] ?? -1) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    (a.credit?.[0] ?? 0) - (b.credit?.[0] ?? 0)
  );
}

function isTransfer({ kind }: Link): boolean {
  return kind === 'transferValue' || kind === 'advancedStanding';
}

function verdictOf(chain: Link[]): Verdict {
  return verdicts[Math.max(...chain.map(({ verdict }) => verdicts.indexOf(verdict)))]!;
}

/** Never more than any step lets through; what is held whole lets everything through. */
function creditOf(chain: Link[]): readonly [number, number] | undefined {
  if (verdictOf(chain) === 'miss') return undefined;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (const [index, { kind, credit }] of chain.entries()) {
    if (credit) [least, most] = [Math.min(least, credit[0]), Math.min(most, credit[1])];
    else if (index === 0 || (kind !== 'requirement' && kind !== 'part')) return undefined;
  }
  return [least, most];
}

function worthOf(chain: Link[]): string {
  const credit = creditOf(chain);
  return `${verdictOf(chain)}${credit ? ` ${credit[0]}..${credit[1]}` : ''}`;
}

function mostFirst(a: Link[], b: Link[]): number {
  const path = (chain: Link[]): string => chain.map(({ from, kind }) => `${from} ${kind}`).join(' ');
  return creditOf(b)![1] - creditOf(a)![1] || a.length - b.length || (path(a) < path(b) ? -1 : 1);
}

/** The best of all selections: of what shares one thing one, of alternatives one, through a course no more than its credit. */
function mostOf(shares: Link[][]): number {
  let most = 0;
  for (let chosen = 0; chosen < 2 ** shares.length; chosen++) {
    const selection = shares.filter((_, index) => chosen & (1 << index));
    if (isAllowed(selection))
      most = Math.max(most, through(selection.map((chain) => ({ chain, at: chain.length - 1 }))));
  }
  return most;
}

function isAllowed(selection: Link[][]): boolean {
  const shared = selection.flatMap(([first]) => first!.oneOf ?? []);
  const taken = new Map<string, string>();
  const clash = selection.flat().some(({ alternative }) => {
    if (!alternative) return false;
    const [group, item] = alternative;
    const known = taken.get(group) ?? item;
    taken.set(group, known);
    return known !== item;
  });
  return !clash && new Set(shared).size === shared.length;
}

/** What a selection brings, walked from the end backwards: each thing on the way caps what comes through it. */
function through(selection: { chain: Link[]; at: number }[]): number {
  const groups = Map.groupBy(selection, ({ chain, at }) =>
    at === 0 || isTransfer(chain[at]!) ? undefined : chain[at]!.from,
  );
  return [...groups].reduce((sum, [group, members]) => {
    if (group === undefined)
      return (
        sum +
        members.reduce(
          (all, { chain, at }) => all + (at === 0 ? creditOf(chain)![1] : through([{ chain, at: at - 1 }])),
          0,
        )
      );
    const cap = members[0]!.chain[members[0]!.at]!.credit?.[1] ?? Number.POSITIVE_INFINITY;
    return sum + Math.min(cap, through(members.map(({ chain, at }) => ({ chain, at: at - 1 }))));
  }, 0);
}
