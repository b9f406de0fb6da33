import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { ctid, documents, iri, publicUrl } from './queryMarket.ts';

const market = await marketOfFile(documents);

const search = async (query: Record<string, string>) => {
  const answer = await market.get('/v1/credentials', query);
  expect(answer.text).not.toContain('internal_error');
  return answer;
};
/** The market's numbers of the credentials found, in their order. */
const numbersOf = (results: { ctid: string }[]): number[] => results.map((each) => Number(each.ctid.slice(-3)));
const idOf = async (number: number): Promise<string> =>
  (await market.get(`/v1/credentials/${ctid('credential', number)}`)).body.id;
const all = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a filter', () => {
  test.each<[string, number[], Record<string, string>?]>([
    ['family:badge', [3]],
    ['family:badge|micro-credential', [3, 7]],
    ['family:!certificate', [2, 3, 4, 7]],
    ['type:Degree', [2]],
    ['type:"bachelor\'s degree"', [2]],
    ['type:ceterms:Badge', [3]],
    ['type:badge', [3]],
    ['status:active', [1, 2]],
    ['status:none', [3, 4, 5, 6, 7, 8]],
    ['status:!none', [1, 2]],
    ['status:!active', []],
    ['status:!active|none', [3, 4, 5, 6, 7, 8]],
    ['status:active|none', all],
    ['provider:"hudson COLLEGE"', [1, 2, 6, 7]],
    [`provider:${ctid('organization', 2).toUpperCase()}`, [3, 4, 8]],
    [`provider:${iri('organization', 2).replace('https', 'http')}`, [3, 4, 8]],
    ['provider:none', [5]],
    ['providerSector:public', [1, 2, 6, 7]],
    ['providerSector:for-profit', [3, 4, 8]],
    ['providerType:FourYear', [1, 2, 6, 7]],
    ['skill:"data analysis"', [1, 2, 3, 7]],
    ['skill:"esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833"', [1, 2, 3, 7]],
    ['skill:chess|figures', [1, 2, 3, 7]],
    ['skill:chess,skill:figures', [7]],
    ['skill.requires:chess', [3, 7]],
    ['skill.teaches:"Data Analysis"', [1, 2, 7]],
    ['skill.assesses:*', []],
    [String.raw`skill:"arc welding, \"TIG\""`, [4]],
    ['skill:none', [5, 6, 8]],
    ['skill:none', [5, 8], { mode: 'expanded' }],
    ['skill:"patient care"', []],
    ['skill:"patient care"', [6], { mode: 'expanded' }],
    ['occupation:15', [1]],
    ['occupation:15-2051.00', [1]],
    ['occupation:"data scientists"', [1]],
    ['occupation:"Nursing assistants"', [6]],
    ['program:30.70', [2]],
    ['program:30', [2]],
    ['industry:*', []],
    ['subject:"business intelligence"', [1]],
    ['language:en', [1, 2, 3]],
    ['language:EN-us', [1]],
    ['language:french', [3]],
    ['delivery:"in person"', [1, 2]],
    ['delivery:deliveryType:OnlineOnly', [3]],
    ['country:"united kingdom"', [3, 4, 8]],
    ['country:gb', [3, 4, 8]],
    ['region:"New Jersey"', [1, 2, 6, 7]],
    ['region:nj', [1, 2, 6, 7]],
    ['city:newark', [1, 2, 6, 7]],
    ['collection:"short ones"', [1, 3, 7]],
    ['level:>=2', [2, 7]],
    ['level:1|6', [2, 3]],
    ['level:none', [1, 4, 5, 6, 8]],
    ['credit:6', [1, 7]],
    ['cost:<1500', [3, 6, 7]],
    ['cost:<=1500', [1, 3, 6, 7]],
    ['cost:0', [3]],
    ['cost:500..1000', [6, 7]],
    ['cost:..500', [3, 6]],
    ['cost:!500..1000', [1, 2, 3]],
    ['cost:none', [4, 5, 8]],
    ['cost:none', [1, 2, 3, 5, 6, 7, 8], { currency: 'EUR' }],
    ['cost:800.50', [4], { currency: 'EUR' }],
    ['costPerCredit:250', [1]],
    ['costPerCredit:<250', [7]],
    ['costPerHour:*', []],
    ['days:84', [1, 6]],
    ['days:>84', [2]],
    ['hours:*', []],
    ['completeness:0..1', all],
    ['effective:2024', [1]],
    ['effective:2023-01', [8]],
    ['effective:2023-01-15', [8]],
    ['effective:<2024', [8]],
    ['effective:<=2024', [1, 8]],
    ['effective:>2024-09', []],
    ['effective:2023..2024', [1, 8]],
    ['updatedAt:2026-06-01', all],
    ['updatedAt:>2026-06-01T00:00:00Z', []],
    ['firstSeen:<2026', []],
    ['recognizedBy:"Board of Quality"', [1, 2]],
    ['recognition:accredited', [1, 2]],
    ['recognition:accredited,validOn:2025-12-31', [1, 2]],
    ['recognition:accredited,validOn:2026-01-01', [1]],
    ['recognizedBy:"Board of Quality",validOn:2023-12-31', [1]],
    ['validOn:2024-01-01', [1, 2]],
    ['recognition:none,validOn:2026-01-01', [2, 3, 4, 5, 6, 7, 8]],
    ['recognition:!accredited,validOn:2026-01-01', []],
    ['(recognition:accredited,validOn:2026-01-01)', [1]],
    [`stacksInto:${ctid('credential', 2)}`, [1]],
    ['stacksInto:*', [1]],
    ['acceptsFrom:*', [2]],
    [`acceptsFrom:${ctid('credential', 1)}`, [2]],
    ['(family:badge|(level:>=6,region:NJ))', [2, 3]],
    ['family:certificate,region:NJ,cost:<1000', [6]],
    ['source:*', all],
  ])('%s finds %j', async (filter, expected, more = {}) => {
    const { body } = await search({ filter, ...more });
    expect(body.meta.warnings).toEqual([]);
    expect(numbersOf(body.results).sort()).toEqual(expected);
    expect(body.meta.total).toBe(expected.length);
  });

  test.each([
    ['provider:"hudsen college"', 'Nothing has provider "hudsen college". Nearest: "Hudson College".'],
    ['skill:figurs', 'Nothing has skill "figurs". Nearest: "Figures".'],
    ['city:newrk', 'Nothing has city "newrk". Nearest: "Newark".'],
    ['region:"new jersy"', 'Nothing has region "new jersy". Nearest: "New Jersey".'],
    ['type:Diploma', 'Nothing has type "Diploma".'],
    ['occupation:15-1252', 'Nothing has occupation "15-1252". Nearest: "15".'],
    ['delivery:BlendedDelivery', 'Nothing has delivery "Blended Delivery".'],
  ])('%s finds nothing and says so', async (filter, warning) => {
    const { status, body } = await search({ filter });
    expect(status).toBe(200);
    expect(body.meta).toMatchObject({ total: 0, warnings: [warning] });
  });

  test.each([
    ['famly:badge', 'unknown_filter_field', 0, 'family'],
    ['family:badge,duration:5', 'unknown_filter_field', 13, undefined],
    ['family:bagde', 'unknown_filter_value', 7, 'badge'],
    ['providerSector:publc', 'unknown_filter_value', 15, 'Public'],
    ['cost:cheap', 'malformed_filter', 5, expect.stringContaining('1250.50')],
    ['cost:<$5', 'malformed_filter', 5, expect.stringContaining('1250.50')],
    ['effective:2026-02-30', 'malformed_filter', 10, expect.stringContaining('2026-01-31')],
    ['skill:<5', 'malformed_filter', 6, expect.stringContaining('quotes')],
    ['family:!*', 'malformed_filter', 0, expect.stringContaining('family:none')],
    ['recognition:accredited,validOn:2026', 'malformed_filter', 23, 'validOn:2026-01-31'],
    ['validOn:2026-01-01,validOn:2026-01-02', 'malformed_filter', 19, undefined],
  ])('%s is refused as %s at %i', async (filter, code, position, suggestion) => {
    const { status, body } = await search({ filter });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code, errors: [{ code, parameter: 'filter', position }] });
    expect(body.errors[0].suggestion).toEqual(suggestion);
  });

  test('never fails, whatever it holds', async () => {
    const pieces = fc.constantFrom(
      ...'()|,:"!<>=.*\\',
      '..',
      'none',
      '2024',
      'skill',
      'language',
      'validOn',
      'cost',
      'é',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(texts, texts, async (filter, q) => {
        const { status } = await search({ filter, q, size: '1' });
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a text', () => {
  test.each<[string, string, number[]]>([
    ['data', 'strict', [1, 2, 3, 7]],
    ['"data analysis"', 'strict', [1, 2, 3, 7]],
    ['"analysis data"', 'strict', []],
    ['data hudson', 'strict', [1, 2, 7]],
    ['"twelve weeks"', 'strict', [1]],
    ['CAFÉ', 'strict', [5]],
    ['cafe', 'strict', [5]],
    ['nurses', 'strict', [8]],
    ['patient', 'strict', []],
  ])('%s in %s mode finds %j', async (q, mode, expected) => {
    const { body } = await search({ q, mode });
    expect(numbersOf(body.results).sort()).toEqual(expected);
    expect(body.meta.totals.strict).toBe(expected.length);
  });

  test('in expanded mode has strict hits first, then those of the same stem', async () => {
    const { body } = await search({ q: 'nurses', mode: 'expanded' });
    expect(numbersOf(body.results)).toEqual([8, 6]);
    expect(body.meta).toMatchObject({ total: 2, totals: { strict: 1, expanded: 2 }, mode: 'expanded' });
    expect(body.results[1].match).toEqual({
      fields: ['name'],
      terms: ['nursing'],
      skills: [],
      highlights: [{ field: 'name', text: 'Nursing Assistant Certificate', marks: [[0, 7]] }],
      strict: false,
    });
    expect((await search({ q: 'nurses' })).body.meta.totals).toEqual({ strict: 1, expanded: 2 });
  });

  test('in quotes is not expanded', async () => {
    expect(numbersOf((await search({ q: '"nurses"', mode: 'expanded' })).body.results)).toEqual([8]);
  });

  test('finds inferred skills in expanded mode, and says so', async () => {
    const { body } = await search({ q: 'patient care', mode: 'expanded' });
    expect(numbersOf(body.results)).toEqual([6]);
    expect(body.results[0].match).toEqual({
      fields: ['inferredSkills'],
      terms: ['care', 'patient'],
      skills: [{ key: 'label:patient care', label: 'Patient care', confidence: 'inferred' }],
      highlights: [
        {
          field: 'inferredSkills',
          text: 'Patient care',
          marks: [
            [0, 7],
            [8, 12],
          ],
        },
      ],
      strict: false,
    });
  });

  test('explains each hit by fields, words and skills', async () => {
    const { body } = await search({ q: 'figures "data analysis"', sort: 'cost', select: 'ctid,match' });
    expect(numbersOf(body.results)).toEqual([7, 1, 2]);
    expect(Object.keys(body.results[0]).sort()).toEqual(['ctid', 'id', 'match']);
    expect(body.results[0].match).toEqual({
      fields: ['name', 'skills'],
      terms: ['analysis', 'data', 'figures'],
      skills: [
        { key: 'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833', label: 'Data Analysis', confidence: 'labelOnly' },
        { key: 'label:figures', label: 'Figures', confidence: 'labelOnly' },
      ],
      highlights: [
        {
          field: 'name',
          text: 'Data Analysis Sprint',
          marks: [
            [0, 4],
            [5, 13],
          ],
        },
        {
          field: 'skills',
          text: 'Data Analysis',
          marks: [
            [0, 4],
            [5, 13],
          ],
        },
      ],
      strict: true,
    });
    expect(body.results[2].match.fields).toEqual(['skills']);
  });

  test('without a letter or a digit is refused, a blank one is none', async () => {
    expect((await search({ q: '?!' })).body).toMatchObject({ status: 400, code: 'empty_query' });
    expect((await search({ q: ' ' })).body.meta.total).toBe(8);
  });

  test('with an open quote is read to the end, with a warning', async () => {
    const { body } = await search({ q: '"data analysis' });
    expect(body.meta).toMatchObject({ total: 4, warnings: [expect.stringContaining('never closed')] });
  });
});

describe('facets', () => {
  const buckets = (facet: { buckets: { value: string; label: string; count: number }[] }) =>
    facet.buckets.map(({ label, count }) => [label, count]);

  test('count credentials by name, leave out their own clauses, and count what has no value', async () => {
    const { body } = await search({
      filter: 'region:NJ,family:certificate',
      facets: 'family,region,delivery',
      size: '0',
    });
    expect(body.meta.total).toBe(2);
    expect(body.results).toEqual([]);
    expect(buckets(body.facets.family)).toEqual([
      ['Certificate', 2],
      ['Degree', 1],
      ['Micro-credential', 1],
    ]);
    expect(buckets(body.facets.region)).toEqual([
      ['New Jersey', 2],
      ['England', 1],
    ]);
    expect(body.facets.region.unknown).toBe(1);
    expect(body.facets.delivery).toEqual({
      buckets: [{ value: 'InPerson', label: 'In-Person Only', count: 1 }],
      unknown: 1,
      truncated: false,
    });
  });

  test('a clause within parentheses stays', async () => {
    const { body } = await search({ filter: '(family:badge|level:6)', facets: 'family' });
    expect(buckets(body.facets.family)).toEqual([
      ['Badge', 1],
      ['Degree', 1],
    ]);
  });

  test('each relation of a skill is a field of its own', async () => {
    const { body } = await search({ filter: 'skill.requires:chess', facets: 'skill.requires,skill.teaches' });
    expect(buckets(body.facets['skill.requires'])).toEqual([
      ['Chess', 2],
      ['Data Analysis', 1],
      ['Arc welding, "TIG"', 1],
    ]);
    expect(buckets(body.facets['skill.teaches'])).toEqual([
      ['Data Analysis', 1],
      ['Figures', 1],
    ]);
  });

  test('bands of money are half-open and in the currency’s own unit', async () => {
    const name = 'cost.bands(0|500|1000|5000)';
    const { body } = await search({ facets: name });
    expect(body.facets[name]).toEqual({
      buckets: [
        { value: '0..500', label: '0 to under 500', count: 1 },
        { value: '500..1000', label: '500 to under 1000', count: 1 },
        { value: '1000..5000', label: '1000 to under 5000', count: 2 },
        { value: '5000..', label: '5000 or more', count: 1 },
      ],
      unknown: 3,
      truncated: false,
    });
  });

  test('bands of dates are written as they were asked', async () => {
    const name = 'effective.bands(2023|2024|2025-01)';
    const { body } = await search({ facets: name });
    expect(body.facets[name]).toMatchObject({
      buckets: [
        { value: '2023..2024', label: '2023 to before 2024', count: 1 },
        { value: '2024..2025-01', label: '2024 to before 2025-01', count: 1 },
        { value: '2025-01..', label: '2025-01 or later', count: 0 },
      ],
      unknown: 6,
    });
  });

  test('codes are grouped by their first digits and named where they are whole', async () => {
    const { body } = await search({ facets: 'occupation.2,occupation.6,program.4' });
    expect(body.facets['occupation.2'].buckets).toEqual([{ value: '15', label: '15', count: 1 }]);
    expect(body.facets['occupation.6'].buckets).toEqual([{ value: '152051', label: 'Data Scientists', count: 1 }]);
    expect(body.facets['program.4'].buckets).toEqual([{ value: '3070', label: '30.70', count: 1 }]);
  });

  test('a value of a facet is a value of the filter', async () => {
    const fields = ['family', 'type', 'source', 'provider', 'providerSector', 'skill', 'occupation', 'occupation.3'];
    const more = ['subject', 'language', 'delivery', 'country', 'region', 'city', 'recognizedBy', 'collection'];
    const { body } = await search({ facets: [...fields, ...more].join(',') });
    for (const [name, facet] of Object.entries<{ buckets: { value: string; count: number }[] }>(body.facets)) {
      const field = name.replace(/\.\d$/, '');
      for (const { value, count } of facet.buckets) {
        // A language range takes its regions too.
        if (value === 'en') continue;
        const found = (await search({ filter: `${field}:${JSON.stringify(value)}` })).body.meta;
        expect([field, value, found.total, found.warnings]).toEqual([field, value, count, []]);
      }
    }
  });

  test('say when they are cut, and so does the answer', async () => {
    const { body } = await search({ facets: 'skill:1,family:5' });
    expect(body.facets.skill).toMatchObject({ buckets: [{ count: 4 }], unknown: 3, truncated: true });
    expect(body.facets.family.truncated).toBe(false);
    expect(body.meta.truncated).toBe(true);
  });

  test.each([
    ['famly', 'unknown_facet', 0, 'family'],
    ['family,cost', 'unknown_facet', 7, 'cost.bands(0|10)'],
    ['validOn', 'unknown_facet', 0, undefined],
    ['family:0', 'malformed_facet', 0, undefined],
    ['family:1001', 'malformed_facet', 0, undefined],
    ['family.2', 'malformed_facet', 0, expect.stringContaining('occupation.2')],
    ['cost.bands(5|1)', 'malformed_facet', 0, 'cost.bands(0|500|1000)'],
    ['cost.bands(a)', 'malformed_facet', 0, expect.stringContaining('1250')],
    ['family,family:5', 'repeated_facet', 7, undefined],
    ['(', 'malformed_facet', 0, expect.any(String)],
  ])('%s is refused as %s', async (facets, code, position, suggestion) => {
    const { body } = await search({ facets });
    expect(body).toMatchObject({ status: 400, code, errors: [{ parameter: 'facets', position }] });
    expect(body.errors[0].suggestion).toEqual(suggestion);
  });
});

describe('order and pages', () => {
  test.each<[string, number[]]>([
    ['cost', [3, 6, 7, 1, 2, 4, 5, 8]],
    ['-cost', [2, 1, 7, 6, 3, 4, 5, 8]],
    ['days,-cost', [3, 7, 1, 6, 2, 4, 5, 8]],
    ['name', [3, 2, 5, 1, 7, 8, 6, 4]],
    ['-name', [4, 6, 8, 7, 1, 5, 2, 3]],
  ])('by %s: %j, missing last', async (sort, expected) => {
    expect(numbersOf((await search({ sort })).body.results)).toEqual(expected);
  });

  test('by name unless there is a text', async () => {
    expect(numbersOf((await search({})).body.results)).toEqual([3, 2, 5, 1, 7, 8, 6, 4]);
  });

  test('pages go back from the end to the beginning, each with its link', async () => {
    const at = async (after?: string) => search({ sort: 'cost', size: '3', ...(after ? { after } : {}) });
    const first = await at();
    const second = await at(first.body.next);
    const third = await at(second.body.next);
    expect([first.body.prev, numbersOf(third.body.results)]).toEqual([null, [5, 8]]);
    const back = await at(third.body.prev);
    expect(numbersOf(back.body.results)).toEqual([1, 2, 4]);
    expect(back.headers.link).toContain(
      `<${publicUrl}/v1/credentials?sort=cost&size=3&after=${back.body.prev}>; rel="prev"`,
    );
    const start = await at(back.body.prev);
    expect([numbersOf(start.body.results), start.body.prev]).toEqual([[3, 6, 7], null]);
    expect(start.headers.link).not.toContain('rel="prev"');
    expect(numbersOf((await at(start.body.next)).body.results)).toEqual([1, 2, 4]);
    const other = await search({ sort: '-cost', after: third.body.prev });
    expect(other.body.code).toBe('cursor_of_another_query');
  });

  test('pages follow one another to the end, each with its link', async () => {
    const seen: number[] = [];
    let query: Record<string, string> | undefined = { sort: 'cost', size: '3' };
    while (query) {
      const { body, headers }: Awaited<ReturnType<typeof search>> = await search(query);
      seen.push(...numbersOf(body.results));
      if (body.next === null) expect(headers.link).not.toContain('rel="next"');
      else
        expect(headers.link).toContain(`<${publicUrl}/v1/credentials?sort=cost&size=3&after=${body.next}>; rel="next"`);
      const first = `<${publicUrl}/v1/credentials?sort=cost&size=3>; rel="first"`;
      expect(headers.link?.includes(first)).toBe(query.after !== undefined);
      query = body.next === null ? undefined : { sort: 'cost', size: '3', after: body.next };
    }
    expect(seen).toEqual([3, 6, 7, 1, 2, 4, 5, 8]);
  });

  test('a ranking is kept for five minutes after its last use', async () => {
    const first = (await search({ q: 'data', size: '3' })).body;
    const after = first.next;
    const second = (await search({ q: 'data', size: '3', after })).body;
    expect([...numbersOf(first.results), ...numbersOf(second.results)].sort()).toEqual([1, 2, 3, 7]);
    expect(second.next).toBeNull();
    market.pass(5 * 60_000 + 1);
    expect((await search({ q: 'data', size: '3', after })).body).toMatchObject({ status: 400, code: 'cursor_expired' });
  });

  test('a cursor fits only its own query', async () => {
    const { next } = (await search({ sort: 'cost', size: '3' })).body;
    const other = await search({ sort: 'cost', size: '3', filter: 'region:NJ', after: next });
    expect(other.body).toMatchObject({ status: 400, code: 'cursor_of_another_query' });
    const resized = await search({ sort: 'cost', size: '2', select: 'ctid', after: next });
    expect(numbersOf(resized.body.results)).toEqual([1, 2]);
    for (const after of ['x', 'bm8', Buffer.from('["a",{"kind":"keyset"}]').toString('base64url')])
      expect((await search({ after })).body).toMatchObject({ status: 400, code: 'malformed_cursor' });
  });

  test('a page of nothing leads nowhere', async () => {
    expect((await search({ size: '0', q: 'data' })).body).toMatchObject({
      meta: { total: 4 },
      results: [],
      next: null,
    });
  });

  test.each([
    [{ sort: 'price' }, 'unknown_sort', 'sort', undefined],
    [{ sort: 'name,-csot' }, 'unknown_sort', 'sort', 'cost'],
    [{ sort: 'relevance' }, 'unknown_sort', 'sort', 'name'],
    [{ sort: 'cost,-cost' }, 'repeated_sort', 'sort', undefined],
    [{ select: 'name,outcomes' }, 'unknown_field', 'select', undefined],
    [{ select: 'naem' }, 'unknown_field', 'select', 'name'],
    [{ mode: 'fuzzy' }, 'invalid_parameter', 'mode', undefined],
    [{ currency: 'JPY' }, 'invalid_parameter', 'currency', undefined],
    [{ size: '201' }, 'invalid_parameter', 'size', undefined],
    [{ size: '' }, 'invalid_parameter', 'size', undefined],
    [{ size: '1e2' }, 'invalid_parameter', 'size', undefined],
    [{ fliter: 'family:badge' }, 'unknown_parameter', 'fliter', 'filter'],
    [{ on: '2026-02-30' }, 'malformed_day', 'on', '2026-01-31'],
    [{ context: 'ocupation:15' }, 'malformed_context', 'context', 'occupation:…'],
    [{ context: 'occupation:nurses' }, 'malformed_context', 'context', undefined],
    [{ filter: 'tier:hihg' }, 'unknown_filter_value', 'filter', 'high'],
    [{ filter: 'stale:unknown' }, 'unknown_filter_value', 'filter', undefined],
    [{ unit: 'clusters' }, 'invalid_parameter', 'unit', 'cluster'],
    [{ format: 'cvs' }, 'invalid_parameter', 'format', 'csv'],
  ])('%j is refused', async (query, code, parameter, suggestion) => {
    const { body } = await search(query as Record<string, string>);
    expect(body).toMatchObject({ status: 400, code, errors: [{ code, parameter }] });
    if (suggestion) expect(body.errors[0].suggestion).toBe(suggestion);
  });
});

describe('one credential', () => {
  test('is found by CTID in any case, by IRI and by our id', async () => {
    const id = await idOf(1);
    for (const identity of [ctid('credential', 1).toUpperCase(), iri('credential', 1), id]) {
      const { status, body } = await market.get(`/v1/credentials/${encodeURIComponent(identity)}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, nameText: 'Data Analysis Certificate', durationDays: 84 });
    }
  });

  test('that is nowhere is a 404', async () => {
    expect((await market.get('/v1/credentials/nothing')).body).toMatchObject({
      status: 404,
      code: 'unknown_credential',
    });
  });
});

describe('a comparison', () => {
  const compare = (ids: string, more = {}) => market.get('/v1/compare', { ids, ...more });

  test('sets measures side by side, and says why one is missing', async () => {
    const [one, four, seven] = [await idOf(1), await idOf(4), await idOf(7)];
    const { body } = await compare([ctid('credential', 1), seven, iri('credential', 4)].join(','));
    expect(numbersOf(body.credentials)).toEqual([1, 7, 4]);
    const row = (field: string) => body.rows.find((each: { field: string }) => each.field === field);
    expect(row('provider').values).toEqual(['Hudson College', 'Hudson College', 'Thames Academy']);
    expect(row('skills').values).toEqual([2, 3, 1]);
    expect(row('credit').values).toEqual([6, 6, null]);
    expect(row('cost').values).toEqual([
      { amount: '1500.00', currency: 'USD', basis: 'aggregate' },
      { amount: '1000.00', currency: 'USD', basis: 'aggregate' },
      null,
    ]);
    expect(row('cost').note).toBe('Welding Certification: stated only in EUR, not in USD.');
    expect(row('costPerCredit').values).toEqual([
      { amount: '250.00', currency: 'USD' },
      { amount: '166.67', currency: 'USD' },
      null,
    ]);
    expect(row('family').note).toBeNull();
    expect(body.missing).toContainEqual({ id: four, field: 'durationDays', reason: 'no duration is stated' });
    expect(body.missing.filter((each: { id: string }) => each.id === one)).toContainEqual({
      id: one,
      field: 'effortHours',
      reason: 'no effort in hours is stated',
    });
  });

  test('says which skills are shared, which only one has, and who says what', async () => {
    const [one, three] = [await idOf(1), await idOf(3)];
    const { skills } = (await compare(`${one},${three}`)).body;
    const [analysis, chess, figures] = ['esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833', 'label:chess', 'label:figures'];
    expect(skills.shared).toEqual([{ key: analysis, label: 'Data Analysis' }]);
    expect(skills.only).toEqual({
      [one]: [{ key: figures, label: 'Figures' }],
      [three]: [{ key: chess, label: 'Chess' }],
    });
    expect(skills.matrix[0]).toEqual({
      key: analysis,
      label: 'Data Analysis',
      statements: [
        { relations: ['teaches'], confidence: 'labelOnly' },
        { relations: ['requires'], confidence: 'labelOnly' },
      ],
    });
    expect(skills.matrix.map(({ key }: { key: string }) => key)).toEqual([analysis, chess, figures]);
  });

  test('names what another makes needless, and nothing that cannot be judged', async () => {
    const [one, two, four, six, seven] = [await idOf(1), await idOf(2), await idOf(4), await idOf(6), await idOf(7)];
    const { dominated } = (await compare([one, two, four, six, seven].join(','))).body;
    expect(dominated).toEqual([{ id: one, by: seven, because: ['skills', 'cost', 'durationDays'] }]);
  });

  test('shows the edges to other credentials, not to courses', async () => {
    const [one, two, three] = [await idOf(1), await idOf(2), await idOf(3)];
    const edge = { from: one, relation: 'isPreparationFor', to: { id: two, resolved: true } };
    expect((await compare(`${one},${two}`)).body.pathways).toMatchObject([{ ...edge, isCompared: true }]);
    expect((await compare(`${one},${three}`)).body.pathways).toMatchObject([{ ...edge, isCompared: false }]);
  });

  test('explains that inferred skills are not stated ones', async () => {
    const { missing } = (await compare(`${ctid('credential', 6)},${ctid('credential', 5)}`)).body;
    const reasons = missing.filter((each: { field: string }) => each.field === 'skills');
    expect(reasons.map(({ reason }: { reason: string }) => reason)).toEqual([
      'none is stated; 1 is only inferred, from its occupations or from looser wording',
      'none is stated in its record or in what it requires',
    ]);
  });

  test.each([
    ['a', 400, 'invalid_parameter'],
    ['', 400, 'invalid_parameter'],
    [Array.from({ length: 21 }, (_, index) => `id${index}`).join(','), 400, 'invalid_parameter'],
    [`${ctid('credential', 1)},${iri('credential', 1)}`, 400, 'invalid_parameter'],
    [`${ctid('credential', 1)},nothing`, 404, 'unknown_credential'],
  ])('of %s is refused with %i', async (ids, status, code) => {
    expect((await compare(ids)).body).toMatchObject({ status, code, errors: [{ parameter: 'ids' }] });
  });
});

describe('look-ups', () => {
  test('complete words, most used first, with the clause that filters by them', async () => {
    const { results } = (await market.get('/v1/suggest', { q: 'data an', kind: 'skill' })).body;
    expect(results).toEqual([
      {
        kind: 'skill',
        value: 'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833',
        label: 'Data Analysis',
        credentials: 4,
        filter: 'skill:"esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833"',
        example: await idOf(1),
      },
    ]);
    for (const { filter, credentials } of (await market.get('/v1/suggest', { q: 'a', size: '50' })).body.results)
      if (filter) expect((await search({ filter })).body.meta.total).toBe(credentials);
  });

  test('complete names and providers as they are written', async () => {
    const { results } = (await market.get('/v1/suggest', { q: 'caf', kind: 'name,provider' })).body;
    expect(results).toMatchObject([{ kind: 'name', label: 'Café Management, the Basics', example: await idOf(5) }]);
    const [hudson] = (await market.get('/v1/suggest', { q: 'hud' })).body.results;
    expect(hudson).toMatchObject({ kind: 'provider', label: 'Hudson College', credentials: 4 });
  });

  test('answer an identifier with what it identifies', async () => {
    const { results } = (await market.get('/v1/suggest', { q: ctid('credential', 5) })).body;
    expect(results).toMatchObject([{ label: 'Café Management, the Basics', example: await idOf(5) }]);
  });

  test('refuse a kind that is none', async () => {
    const { body } = await market.get('/v1/suggest', { q: 'x', kind: 'skil' });
    expect(body).toMatchObject({ status: 400, code: 'unknown_kind', errors: [{ suggestion: 'skill' }] });
  });

  test('list organizations by name with the credentials of each', async () => {
    const first = (await market.get('/v1/organizations', { size: '2' })).body;
    const second = (await market.get('/v1/organizations', { size: '2', after: first.next })).body;
    const listed = [...first.results, ...second.results];
    expect(listed.map(({ nameText, credentials }) => [nameText, credentials])).toEqual([
      ['Board of Quality', 0],
      ['Hudson College', 4],
      ['Thames Academy', 3],
    ]);
    expect([first.meta.total, second.next]).toEqual([3, null]);
    expect((await market.get('/v1/organizations', { q: 'aca' })).body.results).toMatchObject([
      { nameText: 'Thames Academy' },
    ]);
    expect((await market.get('/v1/skills', { after: first.next })).body.code).toBe('cursor_of_another_query');
  });

  test('find one organization', async () => {
    const { body } = await market.get(`/v1/organizations/${ctid('organization', 1)}`);
    expect(body).toMatchObject({ nameText: 'Hudson College', credentials: 4, sector: 'Public' });
    expect((await market.get('/v1/organizations/x')).body).toMatchObject({ status: 404, code: 'unknown_organization' });
  });

  test('list skills by use, stated and inferred apart', async () => {
    const { body } = await market.get('/v1/skills', { size: '2' });
    expect(body.results).toMatchObject([
      {
        key: 'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833',
        label: 'Data Analysis',
        credentials: 4,
        stated: 4,
        inferred: 0,
      },
      { key: 'label:figures', stated: 3 },
    ]);
    const rest = (await market.get('/v1/skills', { size: '9', after: body.next })).body;
    expect([rest.meta.total, rest.results.length, rest.next]).toEqual([5, 3, null]);
    expect((await market.get('/v1/skills', { q: 'pat' })).body.results).toMatchObject([{ stated: 0, inferred: 1 }]);
  });

  test('say of one skill who names it, and how', async () => {
    const { body } = await market.get(`/v1/skills/${encodeURIComponent('Data Analysis')}`);
    expect(body).toMatchObject({
      key: 'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833',
      stated: 4,
      requires: 1,
      assesses: 0,
      teaches: 3,
      inferred: 0,
      others: [],
    });
    expect(body.families.buckets).toContainEqual({ value: 'degree', label: 'Degree', count: 1 });
    expect(numbersOf(body.examples)).toEqual([3, 2, 1, 7]);
    expect(body.regions).toMatchObject({ buckets: [{ value: 'NJ', count: 3 }, { count: 1 }], unknown: 0 });
    expect(body.providers.teaches.buckets).toMatchObject([{ label: 'Hudson College', count: 3 }]);
    expect(body.providers.requires.buckets).toMatchObject([{ label: 'Thames Academy', count: 1 }]);
    expect(body.providers.assesses.buckets).toEqual([]);
    expect(body.related).toEqual([
      { key: 'label:figures', label: 'Figures', credentials: 3 },
      { key: 'label:chess', label: 'Chess', credentials: 2 },
    ]);
    expect(body.merged).toEqual([
      {
        key: 'label:data analysis',
        because: 'both are called "Data Analysis"',
        label: 'Data Analysis',
        statements: 4,
      },
    ]);
    for (const name of [
      'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833',
      'http://data.europa.eu/esco/skill/7ee4c2ea-b349-4bd2-81a3-ec31475d4833',
    ])
      expect((await market.get(`/v1/skills/${encodeURIComponent(name)}`)).body.key).toBe(body.key);
    expect((await market.get('/v1/skills/juggling')).body).toMatchObject({ status: 404, code: 'unknown_skill' });
  });
});

describe('the stored source', () => {
  const published = documents.find((document) => String(document['@id']).endsWith(ctid('credential', 5)))!;

  test('is given word for word, with a validator', async () => {
    const { text, headers } = await market.get(`/graph/${ctid('credential', 5)}`);
    expect(text).toBe(JSON.stringify(published, null, 2));
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      'last-modified': expect.any(String),
    });
  });

  test('gives one resource with its context', async () => {
    const { body } = await market.get(`/resources/${ctid('credential', 5).toUpperCase()}`);
    expect(body).toEqual({ '@context': published['@context'], ...(published['@graph'] as object[])[0] });
  });

  test('is refused in the registry’s words', async () => {
    expect((await market.get('/graph/ce-x')).body).toEqual({ errors: ["Couldn't find Envelope"] });
    expect((await market.get('/resources/ce-x')).body).toEqual({ errors: ['Resource not found'] });
  });
});

test('every route answers its examples in the shape it describes', async () => {
  const path: Record<string, string> = {
    '/v1/skills/{key}': 'chess',
    '/v1/organizations/{id}': ctid('organization', 1),
    '/v1/organizations/{id}/report': ctid('organization', 1),
    other: ctid('credential', 3),
  };
  const required: Record<string, Record<string, string>> = {
    '/v1/compare': { ids: `${ctid('credential', 1)},${ctid('credential', 3)}` },
    '/v1/pathways': { from: ctid('credential', 1) },
  };
  // What is written first can be read and deleted then.
  const order = ['PUT', 'POST', 'GET', 'DELETE'];
  const routes = market.routes.toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
  for (const route of routes) {
    const identity = path[route.path] ?? ctid('credential', 1);
    expect([route.operationId, route.examples?.length ?? 0]).not.toContain(0);
    for (const example of route.examples ?? []) {
      const { status, body } = await market.send({
        method: route.method,
        path: route.path.replace(/\{(\w+)\}/g, (_, name: string) => example.path?.[name] ?? path[name] ?? identity),
        query: { ...required[route.path], ...example.query },
        body: example.body,
      });
      expect([route.operationId, status]).toEqual([route.operationId, 200]);
      expect(route.response.schema.safeParse(body).error).toBeUndefined();
    }
  }
});
