import type { SearchDocument } from '@credatlas/model';
import { Dice } from '../contracts/generatedMarket.ts';

/** Kinds of credential with their share of the US market of 2025: badges 1.02 M, certificates and certifications 0.49 M, degrees 0.26 M of 1.85 M. */
const kinds: readonly { family: string; type: string; share: number; level: number }[] = [
  { family: 'badge', type: 'ceterms:DigitalBadge', share: 0.4, level: 1 },
  { family: 'badge', type: 'ceterms:OpenBadge', share: 0.15, level: 1 },
  { family: 'certificate', type: 'ceterms:Certificate', share: 0.14, level: 4 },
  { family: 'certificate', type: 'ceterms:CertificateOfCompletion', share: 0.08, level: 1 },
  { family: 'certification', type: 'ceterms:Certification', share: 0.05, level: 0 },
  { family: 'license', type: 'ceterms:License', share: 0.03, level: 0 },
  { family: 'diploma', type: 'ceterms:SecondarySchoolDiploma', share: 0.01, level: 3 },
  { family: 'degree', type: 'ceterms:AssociateDegree', share: 0.03, level: 5 },
  { family: 'degree', type: 'ceterms:BachelorDegree', share: 0.06, level: 6 },
  { family: 'degree', type: 'ceterms:MasterDegree', share: 0.04, level: 7 },
  { family: 'degree', type: 'ceterms:DoctoralDegree', share: 0.01, level: 8 },
];
const statuses = ['active', 'active', 'active', 'active', 'ceasing', 'deprecated', 'suspended'];
const deliveries = ['InPerson', 'OnlineOnly', 'BlendedDelivery'];
const glue = ['of', 'in', 'and', 'for', 'the', 'with', 'to'];
const syllables = 'ba ce di fo gu la me ni po ru sa te vi wo xu ya zi kre tra plo'.split(' ');

/** Sizes of the market's parts; those of the whole US market at 1.85 million. */
export interface MarketShape {
  documents: number;
  providers: number;
  skills: number;
  words: number;
}

export function marketShape(documents: number): MarketShape {
  const scale = Math.min(1, documents / 1_850_000);
  return {
    documents,
    providers: Math.max(50, Math.round(135_000 * scale)),
    skills: Math.max(300, Math.round(3_000 * Math.sqrt(scale))),
    words: Math.max(2_000, Math.round(26_000 * Math.sqrt(scale))),
  };
}

/** A market with the real one's skew, the same on every machine; document `number` depends on nothing but the shape and itself. */
export class MarketGenerator {
  readonly shape: MarketShape;
  readonly #words: string[];
  readonly #skills: string[];
  readonly #wordAt: (dice: Dice) => number;
  readonly #skillAt: (dice: Dice) => number;
  readonly #providerAt: (dice: Dice) => number;

  constructor(shape: MarketShape) {
    this.shape = shape;
    this.#words = distinctWords(shape.words);
    const dice = new Dice(17);
    this.#wordAt = zipf(shape.words, 0.9);
    this.#skillAt = zipf(shape.skills, 0.8);
    this.#providerAt = zipf(shape.providers, 0.95);
    this.#skills = Array.from({ length: shape.skills }, (_, number) =>
      Array.from({ length: 1 + (number % 3) }, () => this.#words[dice.below(shape.words)]!).join(' '),
    );
  }

  skillLabel(skill: number): string {
    return this.#skills[skill]!;
  }

  word(dice: Dice): string {
    return this.#words[this.#wordAt(dice)]!;
  }

  skill(dice: Dice): number {
    return this.#skillAt(dice);
  }

  document(number: number): SearchDocument {
    const dice = new Dice(number * 2_654_435_761 + 1);
    const kind = kindAt(dice.below(10_000) / 10_000);
    const provider = this.#providerAt(dice);
    const topic = this.#words[(provider * 31 + dice.below(5)) % this.shape.words]!;
    const skills = [...new Set(Array.from({ length: 3 + dice.below(5) }, () => this.#skillAt(dice)))];
    const name = [topic, dice.one(glue), this.word(dice), ...(dice.below(2) ? [this.word(dice)] : []), kind.family];
    const providerName = [this.#words[provider % this.shape.words]!, 'college', `p${provider}`];
    const region = `S${(provider * 7) % 56}`;
    const keys = skills.map((skill) => `esco:${skill}`);
    const isAssessed = dice.below(3) === 0;
    return {
      id: `us:ce-${hex(dice)}${hex(dice)}-${number.toString(16)}`,
      seq: number + 1,
      text: {
        name: [name],
        skills: skills.map((skill) => this.#skills[skill]!.split(' ')),
        subjects: [[topic]],
        provider: [providerName],
        description: [this.#description(dice)],
      },
      keywords: {
        family: [kind.family],
        type: [kind.type, 'ceterms:Credential'],
        status: [dice.one(statuses)],
        source: ['us'],
        provider: [`us:p${provider}`],
        skill: keys,
        'skill.teaches': isAssessed ? [] : keys,
        'skill.assesses': isAssessed ? keys : [],
        'skill.linked': dice.below(4) > 0 ? keys : [],
        'occupation.path': occupation(dice),
        subject: [topic],
        language: [dice.below(20) > 0 ? 'en' : 'es'],
        delivery: [dice.one(deliveries)],
        country: ['US'],
        region: [region],
        city: [`${region} ${provider % 40}`],
        name: [name.join(' ')],
      },
      numbers: numbersOf(dice, kind.level),
      recognitions: dice.below(6) === 0 ? [{ agents: [`us:a${dice.below(60)}`], role: 'accredited' }] : [],
      sortName: name.join(' '),
      suggestions: [
        { field: 'name', value: name.join(' '), tokens: [...new Set(name)] },
        { field: 'provider', value: `us:p${provider}`, tokens: providerName },
        ...skills.map((skill) => ({
          field: 'skill' as const,
          value: `esco:${skill}`,
          tokens: this.#skills[skill]!.split(' '),
        })),
      ],
      points: [{ latitude: 25 + (provider % 230) / 10, longitude: -120 + (provider % 500) / 10 }],
    };
  }

  #description(dice: Dice): string[] {
    return Array.from({ length: 25 + dice.below(30) }, () => (dice.below(4) === 0 ? dice.one(glue) : this.word(dice)));
  }
}

function kindAt(share: number): (typeof kinds)[number] {
  let rest = share;
  for (const kind of kinds) {
    rest -= kind.share;
    if (rest < 0) return kind;
  }
  return kinds[0]!;
}

function occupation(dice: Dice): string[] {
  const code = `${11 + dice.below(22)}${1 + dice.below(9)}${dice.below(10)}${dice.below(10)}`;
  return [2, 3, 4, 5].map((length) => code.slice(0, length));
}

function numbersOf(dice: Dice, level: number): SearchDocument['numbers'] {
  const day = 86_400_000;
  const cost = dice.below(100) < 61 ? { 'cost.USD': 1_000 * (1 + dice.below(400)) * (1 + dice.below(12)) } : {};
  return {
    ...(level > 0 ? { level } : {}),
    ...cost,
    ...(dice.below(2) ? { days: 7 * (1 + dice.below(200)) } : {}),
    ...(dice.below(3) === 0 ? { credit: 1 + dice.below(120) } : {}),
    completeness: dice.below(1_000) / 1_000,
    updatedAt: 1_700_000_000_000 + dice.below(1_000) * day,
    firstSeen: 1_690_000_000_000 + dice.below(1_000) * day,
  };
}

/** Draws numbers from 0 with probability ∝ 1 / (n + 1)^s, by the inverse of the running sums. */
function zipf(size: number, s: number): (dice: Dice) => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let number = 0; number < size; number++) {
    sum += 1 / (number + 1) ** s;
    sums[number] = sum;
  }
  return (dice) => {
    const wanted = (dice.below(2 ** 30) / 2 ** 30) * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function distinctWords(count: number): string[] {
  const dice = new Dice(5);
  const words = new Set<string>();
  while (words.size < count) words.add(Array.from({ length: 2 + dice.below(3) }, () => dice.one(syllables)).join(''));
  return [...words];
}

function hex(dice: Dice): string {
  return dice.below(2 ** 31).toString(16).padStart(8, '0');
}
