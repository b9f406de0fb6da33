import type { Edge, Party } from '@credatlas/model';
import { Dice } from '../Dice.ts';

/** Every fifth credential is tied to others: most, badges above all, lead nowhere that anybody states. */
const every = 5;
/** Statements per tied credential: chains of three steps then meet hundreds. */
const statements = 6;
/** The share of statements that lead into one of the hubs, and how many these are. */
const hubs = { share: 0.1, count: 50 };
/** Beyond this a hub's own record would be cut by normalization, too. */
const mostEdges = 5_000;

const kinds = [
  ['transferValueFor', 'transferValueFrom'],
  ['isRequiredFor', 'requires'],
  ['isAdvancedStandingFor', 'advancedStandingFrom'],
] as const;

/** Which credentials of a market count toward which, by number; a tenth of all statements leads into few hubs. */
export class Ties {
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  /** Statements by the credential that they lead out of, and into. */
  readonly #out: Places;
  readonly #into: Places;
  readonly #tied: number;

  constructor(size: number) {
    const dice = new Dice(7);
    this.#tied = Math.max(hubs.count + 1, Math.floor(size / every));
    const count = this.#tied * statements;
    [this.#from, this.#to] = [new Uint32Array(count), new Uint32Array(count)];
    for (let at = 0; at < count; at++) {
      const isIntoHub = dice.below(1_000) < hubs.share * 1_000;
      this.#from[at] = dice.below(this.#tied) * every;
      this.#to[at] = dice.below(isIntoHub ? hubs.count : this.#tied) * every;
    }
    this.#out = placed(this.#from, this.#tied * every);
    this.#into = placed(this.#to, this.#tied * every);
  }

  /** Any tied credential that is no hub. */
  one(dice: Dice): number {
    return (hubs.count + dice.below(this.#tied - hubs.count)) * every;
  }

  hub(dice: Dice): number {
    return dice.below(hubs.count) * every;
  }

  /** Both halves of every statement, as joins write them: by transfer value, by requirement, by advanced standing. */
  edgesOf(number: number, { party, owner }: { party(number: number): Party; owner(number: number): Party }): Edge[] {
    const half = (at: number, isOut: boolean): Edge[] => {
      const [from, to] = [this.#from[at]!, this.#to[at]!];
      if (from === to) return [];
      const [out, into] = kinds[at % kinds.length]!;
      const via = { path: [], uri: `https://example.org/value-${at}`, name: `Value ${at}` };
      const credit = [{ value: 1 + (at % 6), unit: 'SemesterHour', via }];
      const said = out === 'transferValueFor' ? { assertedBy: [owner(to)], via } : { via: { path: [] } };
      const mirrored = isOut && out !== 'transferValueFor' ? { via: { path: [`^ceterms:${into}`] } } : {};
      return [{ relation: isOut ? out : into, target: party(isOut ? to : from), credit, ...said, ...mirrored }];
    };
    const out = placesOf(this.#out, number).flatMap((at) => half(at, true));
    const into = placesOf(this.#into, number).flatMap((at) => half(at, false));
    return [...out, ...into].slice(0, mostEdges);
  }
}

/** Places of each number, one after the other: plain arrays, since whatever collects garbage walks through maps of lists. */
interface Places {
  starts: Uint32Array;
  places: Uint32Array;
}

function placed(numbers: Uint32Array, most: number): Places {
  const starts = new Uint32Array(most + 2);
  for (const number of numbers) starts[number + 1]! += 1;
  for (let number = 0; number <= most; number++) starts[number + 1]! += starts[number]!;
  const [next, places] = [starts.slice(), new Uint32Array(numbers.length)];
  numbers.forEach((number, at) => {
    places[next[number]!++] = at;
  });
  return { starts, places };
}

function placesOf({ starts, places }: Places, number: number): number[] {
  return [...places.subarray(starts[number] ?? 0, starts[number + 1] ?? 0)];
}
