import { type NumberField, numberFields, type SearchDocument } from '@credatlas/model';

/** A linear congruential generator: the same market on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  some<T>(choices: readonly T[], most: number): T[] {
    return Array.from({ length: this.below(most + 1) }, () => this.one(choices));
  }
}

const words = [
  'data',
  'welding',
  'nurse',
  'nurses',
  'nursing',
  'cloud',
  'care',
  'basic',
  'advanced',
  'c++',
  'python',
  'école',
  'ωμέγα',
  '日本',
  'a',
  'of',
];
const ids = ['', 'é', 'z', '\u{1F600}', '\uFF5E', 'A', '0'];

/** A document with every field sometimes missing, ids that test byte order, and numbers at the edges. */
export function generatedDocument(dice: Dice, number: number): SearchDocument {
  const text = (most: number): string[][] =>
    Array.from({ length: dice.below(3) }, () => [dice.one(words), ...dice.some(words, most)]);
  const skills = [...new Set(dice.some(['s1', 's2', 's3', 's4', 's5', 's6'], 4))];
  const name = text(4);
  return {
    id: `${dice.one(ids)}${number}`,
    seq: number,
    text: {
      name,
      skills: text(2),
      subjects: text(1),
      provider: text(2),
      description: text(12),
      inferredSkills: text(2),
    },
    keywords: {
      family: dice.some(['badge', 'degree', 'certificate'], 1),
      region: [...new Set(dice.some(['NJ', 'NY', 'AU-WA', 'é', '\u{1F600}', 'a,b|"c"\n*'], 3))],
      provider: [`p${dice.below(9)}`],
      skill: skills,
      'skill.assesses': skills.filter(() => dice.below(2) > 0),
      'skill.linked': skills.filter(() => dice.below(2) > 0),
      'skill.inferred': dice.some(['s1', 's7'], 1),
      'skill.broader': dice.some(['s8', 's9'], 1),
      'occupation.path': [...new Set(dice.some(['15', '151', '1512', '29', '291'], 4))],
      keyword: dice.some(['', ' ', '0', 'none', '*'], 2),
      name: name[0] ? [name[0].join(' ')] : [],
    },
    numbers: {
      ...(dice.below(3) > 0 ? { 'cost.USD': dice.one([0, 1, 4999, 5000, 5001, 1e12]) } : {}),
      ...(dice.below(3) > 0 ? { days: dice.below(400) / 4 } : {}),
      ...(dice.below(2) > 0 ? { level: 1 + dice.below(8) } : {}),
      updatedAt: 1_700_000_000_000 + dice.below(50) * 86_400_000,
      ...rareNumber(dice),
      // Below zero, and in fractions of a cent.
      ...(number % 3 > 0 ? { 'earningsOverCost.USD': ((number * 7_919) % 1_000) - 500.5 } : {}),
    },
    recognitions: Array.from({ length: dice.below(3) }, () => ({
      agents: dice.some(['a1', 'a2', 'a3'], 2),
      role: dice.one(['accredited', 'approved']),
      ...(dice.below(2) ? { from: dice.below(100) } : {}),
      ...(dice.below(2) ? { to: 50 + dice.below(100) } : {}),
    })),
    sortName: name[0]?.join(' ') ?? '',
    ...(dice.below(3) > 0
      ? {
          points: Array.from({ length: 1 + dice.below(2) }, () => ({
            latitude: dice.one([-90, -0.25, 0, 40.7, 89.5]) + dice.below(100) / 1_000,
            longitude: dice.one([-180, -74, 0, 179.5]) + dice.below(400) / 1_000,
          })),
        }
      : {}),
    suggestions: name[0] ? [{ field: 'name', value: name[0].join(' '), tokens: [...new Set(name[0])] }] : [],
  };
}

/** One of all the fields there are, so that each is met. */
function rareNumber(dice: Dice): Partial<Record<NumberField, number>> {
  const field = dice.one(numberFields.filter((each) => !['cost.USD', 'days', 'level', 'updatedAt'].includes(each)));
  return { [field]: dice.below(40) - 9 };
}

/** At the edges of what the port takes: values as long, many and large as they may be, and a document with nothing at all. */
export function edgeDocuments(seq: number): SearchDocument[] {
  const bare = { seq, text: {}, keywords: {}, numbers: {}, recognitions: [], sortName: '', suggestions: [] };
  const many = (count: number, prefix: string) => Array.from({ length: count }, (_, number) => `${prefix}${number}`);
  const long = Array.from({ length: 300 }, (_, position) => words[position % words.length]!);
  return [
    { ...bare, id: 'nothing' },
    {
      ...bare,
      id: 'enormous',
      text: {
        name: [long, ['w'.repeat(255)], []],
        description: [Array.from({ length: 30_000 }, (_, position) => words[(position * 7) % words.length]!)],
        skills: many(2_000, 's').map((skill) => [skill, 'care']),
      },
      keywords: { subject: ['v'.repeat(10_000)], skill: many(2_000, 's'), keyword: many(60, 'k'), provider: ['p1'] },
      sortName: '\u{1F600}'.repeat(128),
      points: Array.from({ length: 400 }, (_, number) => ({ latitude: number / 10 - 20, longitude: number / 5 })),
      recognitions: Array.from({ length: 200 }, (_, from) => ({ agents: many(20, 'a'), role: 'approved', from })),
    },
    { ...bare, id: `${'i'.repeat(300)}\u{1F600}`, numbers: { 'cost.USD': 9e15, days: 1e300, updatedAt: 8.64e15 } },
    { ...bare, id: 'negative', numbers: { 'cost.USD': -9e15, days: -5, updatedAt: -8.64e15, level: 0 } },
  ];
}

export function generatedMarket(seed: number, size: number): SearchDocument[] {
  const dice = new Dice(seed);
  return Array.from({ length: size }, (_, number) => generatedDocument(dice, number));
}
