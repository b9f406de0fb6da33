/** What is known of one credential of a random market, and nothing else. */
export interface Facts {
  number: number;
  owner: number;
  /** Degrees have a rank, certificates none. */
  type: 'Certificate' | 'AssociateDegree' | 'BachelorDegree' | 'MasterDegree';
  /** Words that say what it is about; no two have a stem in common. */
  words: string[];
  skills: string[];
  /** Six digits of CIP. */
  program?: string;
  cost?: number;
  days?: number;
  credit?: number;
}

const ranks = { Certificate: undefined, AssociateDegree: 5, BachelorDegree: 6, MasterDegree: 7 } as const;

/** Measures that a credential may be better by; where `less`, the smaller one is. */
const measured: Record<string, { less: boolean; of: (facts: Facts) => number | undefined }> = {
  cost: { less: true, of: ({ cost }) => cost },
  costPerCredit: {
    less: true,
    // In cents, as it is told; nothing is better than what costs nothing, but there is no cost per credit of it.
    of: ({ cost, credit }) => (cost && credit ? Math.round((cost * 100) / credit) : undefined),
  },
  durationDays: { less: true, of: ({ days }) => days },
  credit: { less: false, of: ({ credit }) => credit },
  level: { less: false, of: ({ type }) => ranks[type] },
};
export const measureNames = ['skills', ...Object.keys(measured)];

/** Where the one is better, when it is nowhere worse and everything can be judged; undefined otherwise. */
export function betterIn(one: Facts, other: Facts, measures: readonly string[]): string[] | undefined {
  const better: string[] = [];
  for (const name of measures) {
    if (name === 'skills') {
      if (other.skills.length === 0 || !other.skills.every((each) => one.skills.includes(each))) return undefined;
      if (one.skills.some((each) => !other.skills.includes(each))) better.push(name);
      continue;
    }
    const { less, of } = measured[name]!;
    const [own, theirs] = [of(one), of(other)];
    if ((own === undefined) !== (theirs === undefined)) return undefined;
    if (own === undefined || theirs === undefined || own === theirs) continue;
    if (own < theirs !== less) return undefined;
    better.push(name);
  }
  return better.length > 0 ? better : undefined;
}

/** Pareto, pair by pair: whoever is needless, by the first in the order asked that makes it so. */
export function referenceDominated(compared: readonly Facts[], measures: readonly string[]) {
  return compared.flatMap((other) => {
    for (const one of compared) {
      const because = one === other ? undefined : betterIn(one, other, measures);
      if (because) return [{ number: other.number, by: one.number, because: because.sort() }];
    }
    return [];
  });
}

/** How alike the other is, 0 to 1, by what the one states: 5 for skills, 2.5 for the name, 1.5 for the field, 0.5 for level and family. */
export function referenceLikeness(one: Facts, other: Facts): number {
  const parts: [weight: number, value: number][] = [];
  const both = (a: string[], b: string[]): number => a.filter((each) => b.includes(each)).length;
  if (one.skills.length > 0) {
    const shared = both(one.skills, other.skills);
    parts.push([5, shared / (one.skills.length + other.skills.length - shared)]);
  }
  if (one.words.length > 0)
    parts.push([2.5, (2 * both(one.words, other.words)) / (one.words.length + other.words.length)]);
  if (one.program) {
    // Every beginning of its code, from two digits on.
    const begins = [2, 3, 4, 5, 6].filter((length) => other.program?.startsWith(one.program!.slice(0, length)));
    parts.push([1.5, begins.length / 5]);
  }
  const [rank, theirs] = [ranks[one.type], ranks[other.type]];
  if (rank) parts.push([0.5, theirs ? 1 - Math.abs(rank - theirs) / 3 : 0]);
  const isDegree = ({ type }: Facts): boolean => type !== 'Certificate';
  parts.push([0.5, isDegree(one) === isDegree(other) ? 1 : 0]);
  const whole = parts.reduce((sum, [weight]) => sum + weight, 0);
  return Math.round((parts.reduce((sum, [weight, value]) => sum + weight * value, 0) / whole) * 1_000) / 1_000;
}

/** All others, one by one: of other owners, with a quarter of the skills or all the words, alike enough. */
export function referenceSimilar(one: Facts, all: readonly Facts[]): { number: number; likeness: number }[] {
  return all
    .filter(({ owner }) => owner !== one.owner)
    .filter((other) => {
      const shared = one.skills.filter((each) => other.skills.includes(each)).length;
      const bySkills = one.skills.length > 0 && shared > 0 && shared * 4 >= one.skills.length;
      return bySkills || (one.words.length > 0 && one.words.every((each) => other.words.includes(each)));
    })
    .map((other) => ({ number: other.number, likeness: referenceLikeness(one, other) }))
    .filter(({ likeness }) => likeness >= 0.2)
    .sort((a, b) => b.likeness - a.likeness || a.number - b.number);
}
