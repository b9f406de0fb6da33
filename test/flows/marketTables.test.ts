import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en, graph, openQueryMarket, publicUrl, type QueryMarket } from './queryMarket.ts';
import { tableDocuments } from './tableMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-tables-'));
let market: QueryMarket;

beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'one'), tableDocuments);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const table = async (query: Record<string, string>) => {
  const { status, body } = await market.get('/v1/market', query);
  expect(body.detail).toBeUndefined();
  expect(status).toBe(200);
  return body;
};
type Row = { by: (string | null)[]; values: unknown[]; n: number; unknown: number[] };
/** `badge NY` → its values. */
const byRow = (rows: Row[]) => Object.fromEntries(rows.map(({ by, values }) => [by.join(' '), values]));
const counts = (rows: Row[]) => Object.fromEntries(rows.map(({ by, n }) => [by.join(' '), n]));

describe('a table', () => {
  test('counts each credential once in each of its rows, and totals count it once', async () => {
    const { meta, rows, totals } = await table({ by: 'family,region' });
    expect(counts(rows)).toEqual({
      'badge NY': 4,
      'certificate NJ': 3,
      'badge NJ': 1,
      'certification ': 1,
      'degree NJ': 1,
      'diploma PA': 1,
      'licence NJ': 1,
      'microCredential NJ': 1,
    });
    expect([totals.n, meta.total, meta.rows, meta.overlapping]).toEqual([12, 12, 8, ['region']]);
  });

  test('shows the most frequent row first, then by value, what is not stated last; with words', async () => {
    const { rows } = await table({ by: 'providerSector' });
    expect(rows.map(({ by, labels, n }: { labels: string[] } & Row) => [by[0], labels[0], n])).toEqual([
      ['Public', 'Public', 7],
      ['PrivateForProfit', 'Private For-Profit', 4],
      [null, '(not stated)', 1],
    ]);
  });

  test('tells metrics of those that state the field, and how many do not', async () => {
    const { columns, rows, totals } = await table({
      by: 'family',
      metrics: 'count,providers,median:cost,p25:cost,max:cost',
    });
    expect(columns.map(({ name, kind, unit }: Record<string, string>) => [name, kind, unit])).toEqual([
      ['family', 'dimension', null],
      ['count', 'metric', 'credentials'],
      ['providers', 'metric', 'different values'],
      ['median:cost', 'metric', 'USD'],
      ['p25:cost', 'metric', 'USD'],
      ['max:cost', 'metric', 'USD'],
    ]);
    // Badges cost 0, 50, 100 and one does not say: h = (3 - 1) / 4 lies halfway between 0 and 50.
    expect(byRow(rows)).toEqual({
      badge: [4, 1, 50, 25, 100],
      certificate: [3, 2, 2000, 1500, 3000],
      certification: [1, null, 500, 500, 500],
      degree: [1, 1, 40_000, 40_000, 40_000],
      diploma: [1, 1, null, null, null],
      licence: [1, 1, null, null, null],
      microCredential: [1, 1, null, null, null],
    });
    expect(rows[0].unknown).toEqual([0, 0, 1, 1, 1]);
    // 0, 50, 100, 500, 1000, 3000, 40000: h = 6 / 4 lies halfway between 50 and 100.
    expect(totals).toEqual({ n: 12, values: [12, 5, 500, 75, 40_000], unknown: [0, 1, 5, 5, 5] });
  });

  test('adds up, averages and gives shares', async () => {
    const { totals } = await table({
      metrics: 'sum:credit,mean:credit,min:days,share:cost,share:skill,distinct:skill',
    });
    // Credit 120, 10, 3; days 1461, 70, 10, 20; seven costs; skills of six credentials.
    expect(totals.values).toEqual([133, 44.3333, 10, 0.5833, 0.5, 2]);
    expect(totals.unknown).toEqual([9, 9, 8, 5, 6, 6]);
  });

  test('of nothing stated nothing is told: no zero', async () => {
    const { totals } = await table({ filter: 'family:licence', metrics: 'sum:credit,mean:cost,max:days,share:cost' });
    expect(totals).toEqual({ n: 1, values: [null, null, null, 0], unknown: [1, 1, 1, 1] });
    const empty = await table({ by: 'family', filter: 'cost:>1000000', metrics: 'count,median:cost,share:cost' });
    expect([empty.rows, empty.totals]).toEqual([[], { n: 0, values: [0, null, null], unknown: [0, 0, 0] }]);
  });

  test('gives percent of row, column and whole as a pivot table does', async () => {
    const { rows } = await table({ by: 'family,region', metrics: 'percent:row,percent:column,percent:total' });
    // Four badges, all of them in New York and one in New Jersey too; seven credentials in New Jersey; twelve in all.
    expect(byRow(rows)).toMatchObject({
      'badge NY': [100, 100, 33.33],
      'badge NJ': [25, 14.29, 8.33],
      'certificate NJ': [100, 42.86, 25],
      'certification ': [100, 100, 8.33],
    });
    const single = await table({ by: 'providerSector', metrics: 'percent:row,percent:column' });
    expect(byRow(single.rows)).toMatchObject({ Public: [100, 58.33], PrivateForProfit: [100, 33.33] });
  });

  test('groups codes by digits, numbers by bands, dates by period, and levels', async () => {
    expect(counts((await table({ by: 'occupation.2' })).rows)).toEqual({ '15': 1, '51': 2, '': 9 });
    expect(counts((await table({ by: 'occupation.6' })).rows)).toEqual({ '151252': 1, '514121': 2, '': 9 });
    expect(counts((await table({ by: 'cost.bands(0|100|1000)' })).rows)).toEqual({
      '0..100': 2,
      '100..1000': 2,
      '1000..': 3,
      '': 5,
    });
    expect(counts((await table({ by: 'effective.quarter' })).rows)).toEqual({
      '2020-Q1': 1,
      '2023-Q3': 1,
      '2025-Q4': 2,
      '2026-Q1': 2,
      '': 6,
    });
    expect(counts((await table({ by: 'effective.year' })).rows)).toEqual({
      '2020': 1,
      '2023': 1,
      '2025': 2,
      '2026': 2,
      '': 6,
    });
    expect(counts((await table({ by: 'effective.month', filter: 'effective:2025..' })).rows)).toEqual({
      '2025-10': 1,
      '2025-11': 1,
      '2026-01': 1,
      '2026-02': 1,
    });
    const { rows } = await table({ by: 'level', sort: 'level' });
    expect(rows.map(({ by, labels, n }: { labels: string[] } & Row) => [by[0], labels[0], n])).toEqual([
      ['1', 'Completion or participation', 4],
      ['2', 'Basic or micro-credential', 1],
      ['3', 'Secondary', 1],
      ['6', 'Bachelor', 1],
      [null, '(not stated)', 5],
    ]);
  });

  test('judges tiers on the day, and in a field', async () => {
    const on = { by: 'tier', on: '2026-06-01' };
    const plain = counts((await table(on)).rows);
    expect(Object.values(plain).reduce((sum, n) => sum + n, 0)).toBe(12);
    const { meta, basis } = await table({ ...on, context: 'occupation:51-4121' });
    expect([meta.on, basis.on, basis.query.parameters.context]).toEqual([
      '2026-06-01',
      '2026-06-01',
      'occupation:51-4121',
    ]);
  });

  test('is sorted by any column, missing last both ways, and cut to its first rows', async () => {
    const up = await table({ by: 'family', metrics: 'median:cost', sort: 'median:cost,family', top: '5' });
    expect(up.rows.map(({ by }: Row) => by[0])).toEqual(['badge', 'certification', 'certificate', 'degree', 'diploma']);
    expect([up.meta.rows, up.meta.truncated]).toEqual([7, true]);
    const down = await table({ by: 'family', metrics: 'median:cost', sort: '-median:cost,-family' });
    expect(down.rows.map(({ by }: Row) => by[0])).toEqual([
      ...['degree', 'certificate', 'certification', 'badge'],
      ...['microCredential', 'licence', 'diploma'],
    ]);
  });

  test('tells ages by the day of the question', async () => {
    market.pass(9 * 86_400_000);
    const { totals } = await table({ metrics: 'min:age,median:age,sum:age,max:updatedAt' });
    expect(totals.values).toEqual([10, 10, 120, '2026-06-01']);
    market.pass(-9 * 86_400_000);
  });

  test('asks about words and other units as the search does', async () => {
    expect((await table({ q: 'beta' })).meta.total).toBe(4);
    const { meta, basis } = await table({ unit: 'cluster' });
    expect([meta.total, basis.unit]).toEqual([12, 'cluster']);
  });
});

describe('suppression', () => {
  test('leaves small rows out, and enough beside them that nothing follows from the totals', async () => {
    const { meta, rows, totals } = await table({ by: 'family', metrics: 'count,median:cost', suppress: '2' });
    // Five rows of one credential each hide one another; badges and certificates stay.
    expect(rows.map(({ by, n, values }: Row) => [by[0], n, ...values])).toEqual([
      ['badge', 4, 4, 50],
      ['certificate', 3, 3, 2000],
      ...['certification', 'degree', 'diploma', 'licence', 'microCredential'].map((family) => [
        family,
        null,
        null,
        null,
      ]),
    ]);
    expect(rows[2]).toMatchObject({ suppressed: true, unknown: [null, null] });
    expect([totals.n, meta.suppressed]).toMatchObject([12, { threshold: 2, rows: 5 }]);
  });

  test('leaves out a metric that few credentials state, in a row of many', async () => {
    const { rows } = await table({
      by: 'family',
      metrics: 'median:cost',
      suppress: '3',
      filter: 'family:badge|certificate',
    });
    // Three badges and two certificates state a cost: the certificates' is hidden, and the badges' would follow from the total.
    expect(rows.map(({ by, n, values, unknown }: Row) => [by[0], n, values[0], unknown[0]])).toEqual([
      ['badge', 4, null, null],
      ['certificate', 3, null, null],
    ]);
  });

  test('leaves totals out where all are few', async () => {
    const { totals } = await table({ filter: 'family:degree', metrics: 'count,median:cost', suppress: '10' });
    expect(totals).toEqual({ n: null, values: [null, null], unknown: [null, null] });
  });
});

describe('classifications', () => {
  test('sort every credential into one category at most', async () => {
    expect(counts((await table({ by: 'classification:2025' })).rows)).toEqual({
      badges: 4,
      certificates: 3,
      certifications: 1,
      degrees: 1,
      licenses: 1,
      'micro-credentials': 1,
      secondary: 1,
    });
    expect(counts((await table({ by: 'classification:2022' })).rows)).toEqual({
      badges: 4,
      'postsecondary-certificates': 3,
      certifications: 1,
      licenses: 1,
      'postsecondary-degrees': 1,
      'public-diplomas': 1,
      // Of a college, not of a MOOC provider.
      '': 1,
    });
  });

  test('show what the store holds of what was published, whatever the filter', async () => {
    const { basis } = await table({ by: 'classification:2025', filter: 'family:badge' });
    expect(basis.classification).toMatchObject({ id: '2025', version: '1', place: 'US' });
    const told = Object.fromEntries(
      basis.coverage.map(({ of, published, counted }: Record<string, unknown>) => [String(of), [published, counted]]),
    );
    expect(told).toEqual({
      total: [1_850_034, 12],
      providers: [134_000, 5],
      badges: [1_022_028, 4],
      certificates: [486_352, 3],
      degrees: [264_099, 1],
      'micro-credentials,certifications,licenses,secondary': [77_555, 4],
    });
    expect(basis.coverage[0]).toMatchObject({ asOf: '2025-12-09', source: { publisher: 'Credential Engine' } });
    const older = (await table({ by: 'classification:2022' })).basis.coverage;
    expect(older.find(({ of }: { of: string[] }) => of[0] === 'postsecondary')).toMatchObject({
      published: 350_412,
      counted: 4,
    });
  });
});

describe('the basis of a table', () => {
  test('names the sources with their age, the unit, the snapshot and the question', async () => {
    const { basis, meta } = await table({ by: 'family', filter: 'region:NJ' });
    expect(basis).toMatchObject({
      unit: 'credential',
      snapshot: meta.snapshot,
      sources: [{ kind: 'files', records: 22, readAt: '2026-06-01T00:00:00.000Z', ageDays: 0 }],
      query: { parameters: { by: 'family', filter: 'region:NJ', on: '2026-06-01' } },
    });
    expect(basis.query.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('equal questions have equal hashes, others not', async () => {
    const hash = async (query: Record<string, string>) => (await table(query)).basis.query.hash;
    const first = await hash({ by: 'family', metrics: 'count' });
    expect(await hash({ metrics: 'count', by: ' family', on: '2026-06-01' })).toBe(first);
    expect(await hash({ by: 'region', metrics: 'count' })).not.toBe(first);
  });

  test('leads back to the same table, also when credentials have changed, and refuses what history cannot tell', async () => {
    const own = await openQueryMarket(join(folder, 'two'), tableDocuments);
    const asked = (await own.get('/v1/market', { by: 'family', metrics: 'count' })).body;
    const again = new URL(asked.basis.again);
    expect(again.origin).toBe(new URL(publicUrl).origin);
    own.pass(86_400_000);
    await own.update();
    const repeated = await own.get(again.pathname, Object.fromEntries(again.searchParams));
    expect([repeated.body.rows, repeated.body.totals, repeated.body.meta]).toEqual([
      asked.rows,
      asked.totals,
      asked.meta,
    ]);
    own.put(graph('credential', 12, { '@type': 'ceterms:Certificate', 'ceterms:name': en('Another now') }));
    await own.update();
    const later = await own.get(again.pathname, Object.fromEntries(again.searchParams));
    expect([later.body.rows, later.body.totals, later.body.meta]).toEqual([asked.rows, asked.totals, asked.meta]);
    expect(later.body.basis.asOf).toMatchObject({ seq: asked.meta.snapshot, changedSince: 1, lost: 0 });
    // Of each credential four earlier versions are kept.
    for (const name of ['Two', 'Three', 'Four', 'Five']) {
      own.put(graph('credential', 12, { '@type': 'ceterms:Certificate', 'ceterms:name': en(name) }));
      await own.update();
    }
    const refused = await own.get(again.pathname, Object.fromEntries(again.searchParams));
    expect(refused.body).toMatchObject({ status: 409, code: 'snapshot_passed', errors: [{ parameter: 'snapshot' }] });
    expect(refused.body.detail).toContain('of 1 of them the version of then is no longer kept');
    await own.close();
  });

  test('refuses a snapshot that is yet to come', async () => {
    const { body } = await market.get('/v1/market', { by: 'family', snapshot: '999999' });
    expect(body).toMatchObject({ status: 400, code: 'unknown_snapshot', errors: [{ parameter: 'snapshot' }] });
  });
});

describe('as CSV', () => {
  test('a table has values and words, and a link to its basis', async () => {
    const { text, headers } = await market.get('/v1/market', {
      by: 'family',
      metrics: 'count,median:cost',
      filter: 'family:badge|degree',
      format: 'csv',
    });
    expect(text).toBe(
      'family,family (in words),count [credentials],median:cost [USD],n,median:cost not stated\r\nbadge,Badge,4,50,4,1\r\ndegree,Degree,1,40000,1,0\r\n',
    );
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers.link).toContain('rel="alternate"; type="application/json"');
  });

  test('a name that is a formula is a text', async () => {
    const own = await openQueryMarket(join(folder, 'three'), [
      graph('credential', 1, {
        '@type': 'ceterms:Badge',
        'ceterms:name': en('X'),
        'ceterms:keyword': { 'en-US': ['=HYPERLINK("http://x.example","y")'] },
      }),
    ]);
    const { text } = await own.get('/v1/market', { by: 'keyword', format: 'csv' });
    expect(text.split('\r\n')[1]).toContain(`"'=`);
    expect(text).not.toMatch(/(^|,|\n)"?[=+\-@]/m);
    await own.close();
  });
});

describe('what cannot be read is refused by name', () => {
  test.each<[Record<string, string>, Record<string, unknown>]>([
    [{ by: 'regio' }, { code: 'unknown_dimension', parameter: 'by', position: 0, suggestion: 'region' }],
    [{ by: 'family,cost' }, { code: 'unknown_dimension', parameter: 'by', position: 7 }],
    [{ by: 'region:5' }, { code: 'malformed_dimension', parameter: 'by', suggestion: 'region' }],
    [{ by: 'occupation.9' }, { code: 'malformed_dimension', parameter: 'by' }],
    [{ by: 'cost.bands(5|1)' }, { code: 'malformed_dimension', parameter: 'by' }],
    [{ by: 'cost.quarter' }, { code: 'unknown_dimension', parameter: 'by' }],
    [{ by: 'family,family' }, { code: 'repeated_dimension', parameter: 'by', position: 7 }],
    [{ by: 'classification:2024' }, { code: 'unknown_dimension', parameter: 'by' }],
    [{ by: 'family,region,country,city,status,source,level' }, { code: 'malformed_dimension', parameter: 'by' }],
    [{ metrics: 'median:price' }, { code: 'unknown_metric', parameter: 'metrics' }],
    [{ metrics: 'count,medium:cost' }, { code: 'unknown_metric', position: 6, suggestion: 'median:cost' }],
    [{ metrics: 'p101:cost' }, { code: 'unknown_metric', parameter: 'metrics' }],
    [{ metrics: 'mean:effective' }, { code: 'malformed_metric', parameter: 'metrics' }],
    [{ metrics: 'count,count' }, { code: 'repeated_metric', parameter: 'metrics' }],
    [{ metrics: 'percent:half' }, { code: 'unknown_metric', suggestion: 'percent:row' }],
    [
      { by: 'family', sort: 'famly' },
      { code: 'unknown_sort', parameter: 'sort', suggestion: 'family' },
    ],
    [
      { by: 'family', suppress: '1' },
      { code: 'invalid_parameter', parameter: 'suppress' },
    ],
    [
      { by: 'family', top: '0' },
      { code: 'invalid_parameter', parameter: 'top' },
    ],
    [
      { by: 'family', filter: 'famly:x' },
      { code: 'unknown_filter_field', parameter: 'filter' },
    ],
    [
      { by: 'family', on: '2026-02-30' },
      { code: 'malformed_day', parameter: 'on' },
    ],
    [{ byy: 'family' }, { code: 'unknown_parameter', parameter: 'byy' }],
  ])('%j', async (query, fault) => {
    const { status, body } = await market.get('/v1/market', query);
    expect([status, body.errors[0]]).toMatchObject([400, fault]);
  });
});

test('a scheme of one’s own is a dimension, and its figures are compared with', async () => {
  const file = join(folder, 'own.json');
  const source = { title: 'Office', publisher: 'Us', url: 'https://example.org/' };
  writeFileSync(
    file,
    JSON.stringify({
      id: 'length',
      version: '2026',
      title: 'By length',
      source,
      categories: [
        { id: 'short', label: 'Short', filter: 'days:<=20' },
        { id: 'stated', label: 'Longer', filter: 'days:*' },
      ],
      facts: [{ of: ['short'], value: 4, asOf: '2026' }],
    }),
  );
  const own = await openQueryMarket(join(folder, 'four'), tableDocuments, { classifications: file });
  const { rows, basis } = (await own.get('/v1/market', { by: 'classification:length' })).body;
  expect(counts(rows)).toEqual({ short: 2, stated: 2, '': 8 });
  expect(basis.coverage).toMatchObject([{ of: ['short'], published: 4, counted: 2, share: 0.5 }]);
  await own.close();
});
