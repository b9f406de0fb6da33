import { ancestorsOf } from '@credatlas/ctdl';
import { codePaths, type HeldRecognition, type SearchDocument } from '@credatlas/model';
import { Dice } from '../Dice.ts';
import { inventedWords } from './words.ts';
import { Zipf } from './Zipf.ts';

// The US market as the 2025 count has it (1,850,034 credentials; search-and-market §2.1), as documents of a search engine. Every
// document depends on its number alone, so any part can be made anywhere: `marketDocument(n)`.

/** CTDL class, its family, and how many of 1,850,034 credentials are of it. The last four together are the published remainder. */
export const kinds = [
  { type: 'ceterms:OpenBadge', family: 'badge', count: 722_028, level: 0 },
  { type: 'ceterms:DigitalBadge', family: 'badge', count: 200_000, level: 0 },
  { type: 'ceterms:Badge', family: 'badge', count: 100_000, level: 0 },
  { type: 'ceterms:Certificate', family: 'certificate', count: 266_352, level: 0 },
  { type: 'ceterms:CertificateOfCompletion', family: 'certificate', count: 180_000, level: 0 },
  { type: 'ceterms:ApprenticeshipCertificate', family: 'certificate', count: 40_000, level: 0 },
  { type: 'ceterms:AssociateDegree', family: 'degree', count: 60_000, level: 5 },
  { type: 'ceterms:BachelorDegree', family: 'degree', count: 110_000, level: 6 },
  { type: 'ceterms:MasterDegree', family: 'degree', count: 74_099, level: 7 },
  { type: 'ceterms:DoctoralDegree', family: 'degree', count: 20_000, level: 8 },
  { type: 'ceterms:MicroCredential', family: 'microCredential', count: 25_555, level: 0 },
  { type: 'ceterms:Certification', family: 'certification', count: 20_000, level: 0 },
  { type: 'ceterms:License', family: 'licence', count: 12_000, level: 0 },
  { type: 'ceterms:SecondarySchoolDiploma', family: 'secondary', count: 20_000, level: 4 },
] as const;
export const marketSize = 1_850_034;

const providerCount = 135_000;
const topicCount = 60;
const skillCount = 3_200;

export const states =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR'.split(
    ' ',
  );
const statuses = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'probationary',
  'deprecated',
  'ceased',
];
const sectors = ['Public', 'PrivateNonProfit', 'PrivateForProfit'];
const deliveries = ['InPerson', 'OnlineOnly', 'BlendedDelivery'];
const languages = ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'es', 'fr', 'zh'];
const kindWords = ['badge', 'certificate', 'program', 'degree', 'course', 'training'];
const linking = ['in', 'of', 'for', 'and'];

const words = inventedWords(60_000, 3);
const common = new Zipf(words.length, 1);
const providerRanks = new Zipf(providerCount, 0.95);
const skillRanks = new Zipf(skillCount, 0.8);
const stateRanks = new Zipf(states.length, 0.6);
const kindEnds = kinds.map((_, at) => kinds.slice(0, at + 1).reduce((sum, { count }) => sum + count, 0));

const typesOf = new Map(kinds.map(({ type }) => [type, [type, ...ancestorsOf(type)]]));
const subjects = Array.from({ length: topicCount }, (_, topic) => {
  const word = words[200 + topic]!;
  return { tokens: [word], key: `label:${word}` };
});

export interface MarketSkill {
  key: string;
  tokens: string[];
  /** Each once. */
  distinct: string[];
}

/** Skills by how frequent they are. One word of a skill's name is its topic's. */
export const skills: readonly MarketSkill[] = Array.from({ length: skillCount }, (_, number) => {
  const dice = new Dice(90_000 + number);
  const own = [
    words[200 + (number % topicCount)]!,
    words[common.draw(dice)]!,
    ...(dice.below(3) ? [] : [dice.one(words)]),
  ];
  return { key: `label:${own.join(' ')} ${number}`, tokens: own, distinct: [...new Set(own)] };
});

interface MarketProvider {
  id: string;
  tokens: string[];
  state: string;
  sector: string;
  type: string;
}

function providerOf(number: number): MarketProvider {
  const dice = new Dice(500_000 + number);
  return {
    id: `market:org-${number}`,
    tokens: [
      words[common.draw(dice)]!,
      dice.one(words),
      dice.one(['university', 'college', 'academy', 'institute', 'association']),
    ],
    state: states[stateRanks.draw(dice)]!,
    sector: dice.one(sectors),
    type: dice.one(['FourYear', 'TwoYear', 'Business', 'CertificationBody', 'GovernmentAgency']),
  };
}

/** Providers whose names are asked for again and again. */
const providers = new Map<number, MarketProvider>();

function knownProvider(number: number): MarketProvider {
  const known = providers.get(number) ?? providerOf(number);
  if (number < 5_000) providers.set(number, known);
  return known;
}

const day = 86_400_000;
const firstDay = Date.UTC(2017, 0, 1);

function kindAt(dice: Dice): (typeof kinds)[number] {
  const wanted = dice.below(marketSize);
  return kinds[kindEnds.findIndex((end) => wanted < end)]!;
}

function skillsAt(dice: Dice, topic: number): MarketSkill[] {
  const found = new Map<string, MarketSkill>();
  for (let count = 3 + dice.below(5); count > 0; count--) {
    // Half of the skills are of the credential's own topic.
    const drawn = skillRanks.draw(dice);
    const number = dice.below(2) ? drawn : Math.min(skillCount - 1, drawn - (drawn % topicCount) + topic);
    found.set(skills[number]!.key, skills[number]!);
  }
  return [...found.values()];
}

function descriptionAt(dice: Dice, named: readonly MarketSkill[]): string[] {
  const tokens: string[] = [];
  for (let count = 25 + dice.below(31); count > 0; count--)
    tokens.push(dice.below(6) ? words[common.draw(dice)]! : dice.one(linking));
  for (const { tokens: own } of named.slice(0, 2)) tokens.push(...own);
  return tokens;
}

function numbersAt(dice: Dice, { level, family }: (typeof kinds)[number]): SearchDocument['numbers'] {
  const cost =
    dice.below(100) < 61
      ? 100 * Math.round(family === 'degree' ? 2_000 + dice.next() ** 3 * 80_000 : dice.next() ** 3 * 6_000)
      : undefined;
  const credit =
    dice.below(100) < 35 ? (family === 'degree' ? 30 * (1 + dice.below(4)) : 1 + dice.below(30)) : undefined;
  const days = dice.below(100) < 55 ? 7 * (1 + dice.below(family === 'degree' ? 200 : 52)) : undefined;
  const rank = level || (dice.below(100) < 40 ? 1 + dice.below(4) : 0);
  const updatedAt = firstDay + dice.below(3_400) * day;
  return {
    ...(rank ? { level: rank } : {}),
    ...(cost === undefined ? {} : { 'cost.USD': cost }),
    ...(credit === undefined ? {} : { credit }),
    ...(cost && credit ? { 'costPerCredit.USD': cost / credit } : {}),
    ...(days === undefined ? {} : { days }),
    ...(dice.below(100) < 30 ? { hours: 5 * (1 + dice.below(120)) } : {}),
    completeness: dice.below(100) / 100,
    effective: firstDay + dice.below(3_000) * day,
    updatedAt,
    firstSeen: updatedAt - dice.below(400) * day,
  };
}

function tiersAt(dice: Dice): HeldRecognition[] {
  const value = dice.one(['high', 'contextual', 'limited', 'limited', 'unknown']);
  return value === 'unknown' ? [] : ['tier', 'unlisted'].map((list) => ({ agents: [], role: `${list}:${value}` }));
}

/** Number n of the market; `seq` is its change sequence. */
export function marketDocument(number: number, seq = number + 1): SearchDocument {
  const dice = new Dice(number);
  const kind = kindAt(dice);
  const provider = knownProvider(providerRanks.draw(dice));
  const topic = dice.below(topicCount);
  const stated = skillsAt(dice, topic);
  const name = [
    dice.one(kindWords),
    dice.one(linking),
    ...stated[0]!.tokens,
    ...(dice.below(2) ? [words[common.draw(dice)]!] : []),
  ];
  const subject = subjects[topic]!;
  const occupation = `soc:${11 + 2 * dice.below(22)}-${1000 + dice.below(40)}`;
  const region = dice.below(5) ? provider.state : states[stateRanks.draw(dice)]!;
  const id = `market:ce-${String(number).padStart(7, '0')}`;
  const keys = stated.map(({ key }) => key);
  const sortName = name.join(' ');
  return {
    id,
    seq,
    text: {
      name: [name],
      skills: stated.map(({ tokens }) => tokens),
      subjects: [subject.tokens],
      provider: [provider.tokens],
      description: [descriptionAt(dice, stated)],
    },
    keywords: {
      family: [kind.family],
      type: typesOf.get(kind.type)!,
      status: [dice.one(statuses)],
      source: ['market'],
      provider: [provider.id],
      issuer: [provider.id],
      providerType: [provider.type],
      providerSector: [provider.sector],
      skill: keys,
      'skill.assesses': keys.filter(() => dice.below(3) === 0),
      'skill.teaches': keys,
      'skill.linked': keys.filter(() => dice.below(2) === 0),
      ...(dice.below(100) < 40
        ? { occupation: [occupation], 'occupation.path': codePaths({ scheme: 'soc', code: occupation.slice(4) }) }
        : {}),
      subject: [subject.key],
      language: [dice.one(languages)],
      delivery: dice.below(100) < 70 ? [dice.one(deliveries)] : [],
      country: ['US'],
      region: [region],
      city: [`${region} ${dice.below(40)}`],
      rigor: dice.below(2) ? [dice.one(['assessed', 'attended'])] : [],
      name: [sortName],
    },
    numbers: { ...numbersAt(dice, kind), skillCount: keys.length },
    recognitions: tiersAt(dice),
    sortName,
    suggestions: [
      { field: 'name', value: sortName, tokens: [...new Set(name)] },
      ...stated.map(({ key, distinct }) => ({ field: 'skill' as const, value: key, tokens: distinct })),
      { field: 'provider', value: provider.id, tokens: [...new Set(provider.tokens)] },
    ],
    ...(dice.below(10) ? {} : { points: [{ latitude: 25 + 24 * dice.next(), longitude: -124 + 57 * dice.next() }] }),
  };
}

/** The first `size` documents, made as they are taken. */
export async function* marketDocuments(size: number): AsyncIterable<SearchDocument> {
  for (let number = 0; number < size; number++) yield marketDocument(number);
}
