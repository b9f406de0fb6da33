import { describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { ctid, en, graph, iri, skill } from './queryMarket.ts';

const certificate = (number: number, name: string, more: Record<string, unknown> = {}) =>
  graph('credential', number, { '@type': 'ceterms:Certificate', 'ceterms:name': en(name), ...more });
const requiring = (...competencies: unknown[]) => ({
  'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': competencies }],
});
/** A competency of a framework; its parents are what it is a narrower one of. */
const competency = (number: number, text: string, parents: number[] = []) => {
  const document = graph('course', number, {
    '@type': 'ceasn:Competency',
    'ceasn:competencyText': en(text),
    'ceasn:isChildOf': parents.map((parent) => iri('course', parent)),
  });
  return document;
};

const documents = [
  certificate(1, 'Welding'),
  certificate(2, 'Welder of ships'),
  certificate(3, 'Weldung for beginners'),
  certificate(4, 'Weldings'),
  certificate(5, 'Office work', requiring(skill('Microsoft Excel'))),
  certificate(6, 'Spreadsheet software, an introduction'),
  certificate(7, 'Software for those who keep a spreadsheet'),
  certificate(8, 'Pipes', requiring({ '@id': iri('course', 2) })),
  certificate(9, 'Metal', requiring({ '@id': iri('course', 1) })),
  certificate(10, 'An excellent microsoft excel evening'),
  certificate(11, 'Tables', requiring(skill('Google Sheets'))),
  certificate(13, 'Google Sheets in an evening'),
  competency(1, 'Joining metal'),
  competency(2, 'Orbital pipe joining', [1]),
];

const market = await marketOfFile(documents);

const find = async (query: Record<string, string>) => (await market.get('/v1/credentials', query)).body;
const numbersOf = (results: { ctid: string }[]): number[] => results.map((each) => Number(each.ctid.slice(-3)));

describe('expanded mode', () => {
  test.each<[string, number[], string]>([
    // Weldings shares the stem (8); weldung is one letter away (2); welder is neither.
    ['welding', [1, 4, 3], 'the same word, its stem, a slip'],
    ['wel', [1, 2, 3, 4], 'the last word as a beginning'],
    ['we', [], 'not one of two letters'],
    ['wel ships', [], 'nor one that is not the last'],
    ['"weldung"', [3], 'quoted text is not expanded'],
    ['wielding', [1], 'one letter more'],
    ['xelding', [], 'not with another first letter'],
    // Both words (16); in one value another order is the same; the narrower skill stated or named (4).
    ['spreadsheet software', [6, 7, 5, 10, 11, 13], 'a narrower skill satisfies a broader one, also by its name'],
    ['"spreadsheet software"', [6], 'quoted, it is words'],
    ['joining metal', [9, 8], 'so it does by its framework'],
    ['gnumeric', [11, 13, 6], 'other names of the same skill, stated or named, then inferred'],
  ])('%s finds %j: %s', async (q, expected) => {
    const { results, meta } = await find({ q, mode: 'expanded' });
    expect(q === 'wel' ? numbersOf(results).sort() : numbersOf(results)).toEqual(expected);
    expect(meta.totals.expanded).toBe(expected.length);
  });

  test('says by which skill it has found what does not hold the words', async () => {
    const { results } = await find({ q: 'joining metal', mode: 'expanded', select: 'ctid,match' });
    expect(results[1].match).toEqual({
      fields: ['skills'],
      terms: ['joining'],
      skills: [{ key: 'label:orbital pipe joining', label: 'Orbital pipe joining', confidence: 'linked' }],
      highlights: [{ field: 'skills', text: 'Orbital pipe joining', marks: [[13, 20]] }],
      strict: false,
    });
  });

  test.each([
    ['skill:"joining metal"', 'strict', [9]],
    ['skill:"joining metal"', 'expanded', [8, 9]],
    ['skill:"orbital pipe joining"', 'expanded', [8]],
    ['skill:"spreadsheet software"', 'expanded', [11, 5]],
  ])('%s in %s mode finds %j', async (filter, mode, expected) => {
    expect(numbersOf((await find({ filter, mode })).results).sort()).toEqual(expected);
  });

  test('a narrower skill covers a broader one, and never the other way round', async () => {
    const coverage = async (skills: string, mode: string) =>
      (await market.get('/v1/coverage', { skills, mode })).body.results.map(
        ({ ctid: own, covered }: { ctid: string; covered: { label: string }[] }) => [own, covered[0]!.label],
      );
    expect(await coverage('Joining metal', 'strict')).toEqual([[ctid('credential', 9), 'Joining metal']]);
    expect(await coverage('Joining metal', 'expanded')).toEqual([
      [ctid('credential', 9), 'Joining metal'],
      [ctid('credential', 8), 'Orbital pipe joining'],
    ]);
    expect(await coverage('Orbital pipe joining', 'expanded')).toEqual([
      [ctid('credential', 8), 'Orbital pipe joining'],
    ]);
  });

  test('a long description is shown around what matched in it', async () => {
    const text = `${'Nothing to see here. '.repeat(20)}Then orbital riveting at last, and ${'more of it '.repeat(30)}`;
    market.put(certificate(12, 'Long', { 'ceterms:description': en(text) }));
    await market.update();
    const { results } = await find({ q: 'riveting', select: 'match' });
    const [{ text: shown, marks }] = results[0].match.highlights;
    expect(shown.length).toBeLessThanOrEqual(240);
    expect(marks.map(([start, end]: [number, number]) => shown.slice(start, end))).toEqual(['riveting']);
  });
});
