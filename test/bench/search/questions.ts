import type { CoverageQuery, Dimension, FacetRequest, GroupQuery, SearchQuery, TextUnit } from '@credatlas/model';
import { Dice } from '../Dice.ts';
import { kinds, marketDocument, skills, states } from './market.ts';

/** One question to the search port. */
export type Question =
  | { ask: 'search'; query: SearchQuery }
  | { ask: 'coverage'; query: CoverageQuery }
  | { ask: 'groupBy'; query: GroupQuery }
  | { ask: 'suggest'; query: { fields: ('name' | 'skill' | 'provider')[]; tokens: string[]; size: number } };

/** Questions of one kind: a line of the report. Bars are milliseconds at 1.85 million and ratios, as issue 5 and 7 set them. */
export interface Kind {
  name: string;
  questions: Question[];
  /** Of the embedded engine, p95. */
  atMostMs?: number;
  /** How many times as fast as Elasticsearch 8.19.21, p95 against p95. */
  atLeastTimes?: number;
}

const page = { facets: [], sort: [], size: 20 };
const leaves = kinds.map(({ type }) => type);
const byType: Dimension = { kind: 'values', field: 'type', only: leaves };
const byRegion: Dimension = { kind: 'values', field: 'region' };
const byLevel: Dimension = { kind: 'bands', field: 'level', edges: [1, 2, 3, 4, 5, 6, 7, 8] };
const median = { kind: 'percentile', field: 'cost.USD', p: 0.5 } as const;
const values = (field: 'type' | 'region' | 'status' | 'skill' | 'provider', size: number): FacetRequest => ({
  name: field,
  kind: 'values',
  tag: field,
  field,
  size,
});
/** Type and state each leave their own clause out. */
export const sixFacets: FacetRequest[] = [
  values('type', 20),
  values('region', 60),
  { name: 'level', kind: 'bands', tag: 'level', field: 'level', edges: [1, 2, 3, 4, 5, 6, 7, 8] },
  values('status', 20),
  values('skill', 50),
  values('provider', 20),
];

/** The mix of `engines.md` §2 over a market of that size, and the table questions of analysts; the same every time. */
export function questionMix(size: number): Kind[] {
  const dice = new Dice(2_025);
  const texts = Array.from({ length: 60 }, () => textOf(dice, size));
  const strict = (tokens: string[]): SearchQuery => ({
    ...page,
    filter: [],
    text: { units: tokens.map(unitOf), mode: 'strict' },
  });
  const repeated = (question: Question, times = 20): Question[] => Array.from({ length: times }, () => question);
  const table = (by: Dimension[], metrics: GroupQuery['metrics']): Question[] =>
    repeated({ ask: 'groupBy', query: { filter: [], by, metrics } });
  return [
    {
      name: 'text, every word',
      atMostMs: 15,
      atLeastTimes: 3,
      questions: texts.map((tokens) => ({ ask: 'search', query: strict(tokens) })),
    },
    {
      name: 'text, any word',
      atMostMs: 30,
      questions: texts.map((tokens) => ({ ask: 'search', query: anyOf(tokens) })),
    },
    {
      name: 'text, 3 filters, 6 facets',
      atMostMs: 15,
      atLeastTimes: 5,
      questions: texts.slice(0, 40).map((tokens) => ({
        ask: 'search',
        query: { ...strict(tokens), filter: threeFilters(dice), facets: sixFacets },
      })),
    },
    {
      name: 'everything, 6 facets',
      atMostMs: 45,
      atLeastTimes: 8,
      questions: repeated({ ask: 'search', query: { ...page, filter: [], facets: sixFacets } }),
    },
    {
      name: '3 skills at once',
      atMostMs: 1,
      atLeastTimes: 15,
      questions: Array.from({ length: 40 }, () => ({ ask: 'search', query: threeSkills(dice, size) })),
    },
    {
      name: 'at least 7 of 8 skills',
      atMostMs: 2,
      atLeastTimes: 15,
      questions: Array.from({ length: 40 }, () => ({ ask: 'coverage', query: wanted(dice, { of: 8, min: 7, size }) })),
    },
    {
      name: 'at least 2 of 5 skills',
      atMostMs: 20,
      questions: Array.from({ length: 40 }, () => ({ ask: 'coverage', query: wanted(dice, { of: 5, min: 2, size }) })),
    },
    {
      name: 'suggest',
      atMostMs: 5,
      atLeastTimes: 2.5,
      questions: Array.from({ length: 60 }, () => ({ ask: 'suggest', query: beginning(dice, size) })),
    },
    {
      name: 'type × state, median cost',
      atMostMs: 35,
      atLeastTimes: 8,
      questions: table([byType, byRegion], [median]),
    },
    {
      name: 'the same within a text',
      atLeastTimes: 3,
      questions: texts
        .slice(0, 40)
        .map((tokens) => ({ ask: 'groupBy', query: { ...strict(tokens), by: [byType, byRegion], metrics: [median] } })),
    },
    {
      name: 'family × state, median cost',
      atMostMs: 60,
      questions: table([{ kind: 'values', field: 'family' }, byRegion], [median]),
    },
    {
      name: 'family × state × level, quartiles of cost',
      atMostMs: 150,
      questions: table(
        [{ kind: 'values', field: 'family' }, byRegion, byLevel],
        [
          { ...median, p: 0.25 },
          { ...median, p: 0.75 },
        ],
      ),
    },
    {
      name: 'HHI of providers by skill',
      atMostMs: 500,
      questions: table([{ kind: 'values', field: 'skill' }], [{ kind: 'hhi', field: 'provider' }]).slice(0, 5),
    },
  ];
}

function unitOf(token: string): TextUnit {
  return { tokens: [token], phrase: false, variants: [] };
}

/** One unit that any of the words satisfies. */
function anyOf([first = '', ...others]: string[]): SearchQuery {
  const variants = others.map((token) => ({ token, evidence: 4 }));
  return { ...page, filter: [], text: { units: [{ tokens: [first], phrase: false, variants }], mode: 'expanded' } };
}

/** Names of skills, whole names of credentials with the small words in them, rare and frequent words together, single words. */
function textOf(dice: Dice, size: number): string[] {
  const { text } = marketDocument(dice.below(size));
  const [name, description] = [text.name![0]!, text.description![0]!];
  switch (dice.below(4)) {
    case 0:
      return [...new Set(dice.one(text.skills!))];
    case 1:
      return [...new Set(name)];
    case 2:
      return [...new Set([name[0]!, dice.one(description)])];
    default:
      return [dice.one(description)];
  }
}

function threeFilters(dice: Dice): SearchQuery['filter'] {
  const some = <T>(items: readonly T[], count: number): T[] => Array.from({ length: count }, () => dice.one(items));
  return [
    { field: 'type', clause: { op: 'any', field: 'type', values: [...new Set(some(leaves, 3))] } },
    { field: 'region', clause: { op: 'any', field: 'region', values: [...new Set(some(states, 5))] } },
    { field: 'cost', clause: { op: 'range', field: 'cost.USD', lte: 100 * (500 + dice.below(5_000)) } },
  ];
}

/** Of a document, so that at least one has them all. */
function threeSkills(dice: Dice, size: number): SearchQuery {
  const own = marketDocument(dice.below(size)).keywords.skill!;
  return {
    ...page,
    filter: own.slice(0, 3).map((key) => ({ field: 'skill', clause: { op: 'any', field: 'skill', values: [key] } })),
  };
}

/** Skills of a document that has enough of them, so that it is found, and frequent ones. */
function wanted(dice: Dice, { of, min, size }: { of: number; min: number; size: number }): CoverageQuery {
  let own: string[] = [];
  while (own.length < min) own = marketDocument(dice.below(size)).keywords.skill!;
  const keys = new Set(own.slice(0, min));
  while (keys.size < of) keys.add(skills[dice.below(300)]!.key);
  return {
    skills: [...keys].map((key) => [key]),
    fields: ['skill.requires', 'skill.assesses', 'skill.teaches'],
    min,
    filter: [],
    size: 20,
  };
}

function beginning(
  dice: Dice,
  size: number,
): { fields: ('name' | 'skill' | 'provider')[]; tokens: string[]; size: number } {
  const { tokens } = dice.one(marketDocument(dice.below(size)).suggestions);
  const typed = tokens.slice(0, 1 + dice.below(2));
  const last = typed.pop()!;
  return { fields: ['name', 'skill', 'provider'], tokens: [...typed, last.slice(0, 2 + dice.below(3))], size: 10 };
}
