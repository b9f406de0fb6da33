import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  concept,
  ctid,
  documents,
  en,
  graph,
  iri,
  openQueryMarket,
  price,
  type QueryMarket,
  skill,
} from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-forms-'));
let market: QueryMarket;
beforeAll(async () => {
  market = await openQueryMarket(join(folder, 'one'), documents);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true, force: true });
});

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a page of credentials', () => {
  test('as CSV has a column for each value, lists joined by bars, nothing for what is missing', async () => {
    const { text, headers } = await market.get('/v1/credentials.csv', {
      filter: 'family:badge|microCredential|certification',
      sort: 'name',
      select: 'name,provider,skills,cost,durationDays,delivery',
    });
    const { body } = await market.get('/v1/credentials', { size: '1' });
    const idOf = (kind: 'credential' | 'organization', number: number) =>
      `${body.results[0].source}:${ctid(kind, number)}`;
    const [analyst, sprint, welding] = [3, 7, 4].map((number) => idOf('credential', number));
    const [hudson, thames] = [1, 2].map((number) => idOf('organization', number));
    const known = parse(text, { columns: true, relax_column_count: false }) as Record<string, string>[];
    expect(Object.keys(known[0]!)).toEqual(
      'id,name,provider.id,provider.name,skills.key,skills.label,skills.relation,skills.confidence,cost.amount,cost.currency,cost.basis,durationDays,delivery'.split(
        ',',
      ),
    );
    const shown = known.map((row) => [
      row.id,
      row.name,
      row['provider.id'],
      row['skills.label'],
      row['cost.amount'],
      row.durationDays,
      row.delivery,
    ]);
    expect(shown).toEqual([
      [analyst, 'Analyst Badge', thames, 'Data Analysis|Chess', '0.00', '10', 'OnlineOnly'],
      [sprint, 'Data Analysis Sprint', hudson, 'Chess|Data Analysis|Figures', '1000.00', '42', ''],
      [welding, 'Welding Certification', thames, 'Arc welding, "TIG"', '', '', ''],
    ]);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers.link).toContain('format=json>; rel="alternate"; type="application/json"');
  });

  test('as NDJSON holds the results of the JSON answer, one on each line', async () => {
    const query = { q: 'data', size: '2', sort: 'cost' };
    const inJson = await market.get('/v1/credentials', query);
    const inLines = await market.get('/v1/credentials', { ...query, format: 'ndjson' });
    expect(lines(inLines.text)).toEqual(inJson.body.results);
    expect(inLines.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(inLines.headers.link).toContain(`after=${inJson.body.next}>; rel="next"`);
  });

  test('as JSON-LD, Turtle and N-Quads tells the graphs of its results, whatever is selected', async () => {
    const query = { filter: 'family:badge|degree', select: 'name' };
    const inJsonLd = await market.get('/v1/credentials.jsonld', query);
    expect(inJsonLd.body.map((node: { '@id': string }) => node['@id']).sort()).toEqual([
      iri('credential', 2),
      iri('credential', 3),
    ]);
    const quads = (await market.get('/v1/credentials', { ...query, format: 'nq' })).text;
    expect(quads).toContain(`<${iri('credential', 3)}> <https://purl.org/ctdl/terms/name> "Analyst Badge"@en-us .`);
    const fromJsonLd = await jsonld.canonize(inJsonLd.body, { algorithm: 'RDFC-1.0' } as object);
    const fromQuads = await jsonld.canonize(
      quads as never,
      { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads' } as object,
    );
    expect(fromQuads).toBe(fromJsonLd);
    expect((await market.get('/v1/credentials.ttl', query)).text).toContain('ceterms:BachelorDegree');
  });
});

describe('one resource', () => {
  test.each(['credential', 'organization'] as const)(
    'a %s can be had as linked data by ending, format and Accept',
    async (kind) => {
      const path = `/v1/${kind}s/${ctid(kind, 1)}`;
      const { status, body, headers } = await market.get(`${path}.jsonld`);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/ld+json; charset=utf-8');
      expect(body).toMatchObject({ '@id': iri(kind, 1), 'ceterms:ctid': [{ '@value': ctid(kind, 1) }] });
      expect((await market.get(path, { format: 'ttl' })).text).toContain(`<${iri(kind, 1)}> a ceterms:`);
      expect((await market.get(`${path}.nq`)).text).toContain(
        `<${iri(kind, 1)}> <https://purl.org/ctdl/terms/ctid> "${ctid(kind, 1)}"`,
      );
      expect((await market.get(path)).headers.link).toContain(
        `<http://credatlas.example${path}?format=jsonld>; rel="alternate"; type="application/ld+json"`,
      );
    },
  );

  test('what is not there is 404 in every form, and a skill without a graph of its own a 406', async () => {
    expect((await market.get(`/v1/credentials/${ctid('credential', 99)}.ttl`)).status).toBe(404);
    const skillPath = `/v1/skills/${encodeURIComponent('label:chess')}`;
    const { status, headers } = await market.get(skillPath);
    expect([status, headers.link]).toEqual([200, undefined]);
    expect(await market.get(`${skillPath}.ttl`)).toMatchObject({ status: 406, body: { code: 'not_acceptable' } });
  });
});

test('every link to another form of a skill leads there, and a skill that is a record of its own has them', async () => {
  const own = await openQueryMarket(join(folder, 'competencies'), [
    graph('course', 1, { '@type': 'ceasn:Competency', 'ceasn:competencyText': en('Joining metal') }),
    graph('credential', 1, {
      '@type': 'ceterms:Certificate',
      'ceterms:name': en('Metal'),
      'ceterms:requires': [
        {
          '@type': 'ceterms:ConditionProfile',
          'ceterms:targetCompetency': [{ '@id': iri('course', 1) }, skill('Chess')],
        },
      ],
    }),
  ]);
  const formsOf = async (key: string): Promise<string[]> => {
    const { headers } = await own.get(`/v1/skills/${encodeURIComponent(key)}`);
    return [...(headers.link ?? '').matchAll(/\?format=(\w+)>; rel="alternate"/g)].map(([, format]) => format!);
  };
  expect(await formsOf('Joining metal')).toEqual(['jsonld', 'ttl', 'nq']);
  expect(await formsOf('Chess')).toEqual([]);
  for (const format of ['jsonld', 'ttl', 'nq']) {
    const { status, text } = await own.get(`/v1/skills/${encodeURIComponent('Joining metal')}`, { format });
    expect([format, status, text.includes('Joining metal')]).toEqual([format, 200, true]);
  }
  await own.close();
});

test.each([
  ['/v1/organizations', {}, ['json', 'csv', 'ndjson', 'jsonld', 'ttl', 'nq']],
  ['/v1/skills', {}, ['json', 'csv', 'ndjson']],
  ['/v1/coverage', { skills: 'Chess' }, ['json', 'csv', 'ndjson', 'jsonld', 'ttl', 'nq']],
  ['/v1/suggest', { q: 'data' }, ['json', 'csv', 'ndjson']],
  ['/v1/pathways', { to: ctid('credential', 2) }, ['json', 'csv', 'ndjson']],
  [`/v1/credentials/${ctid('credential', 7)}/similar`, {}, ['json', 'csv', 'ndjson', 'jsonld', 'ttl', 'nq']],
  [`/v1/credentials/${ctid('credential', 2)}/references`, {}, ['json', 'csv', 'ndjson']],
  ['/v1/market', { by: 'family' }, ['json', 'csv', 'ndjson']],
  ['/v1/market/presence', {}, ['json', 'csv', 'ndjson']],
  ['/v1/compare', { ids: `${ctid('credential', 1)},${ctid('credential', 7)}` }, ['json', 'csv', 'ndjson']],
  ['/v1/clusters', {}, ['json', 'csv', 'ndjson']],
  ['/v1/saved-queries', {}, ['json', 'csv', 'ndjson']],
  ['/v1/shortlists', {}, ['json', 'csv', 'ndjson']],
])('%s can be had in each of its forms, which hold the same rows', async (path, query, formats) => {
  const inJson = await market.get(path, query as Record<string, string>);
  expect(inJson.status).toBe(200);
  const { results, answers, rows } = inJson.body;
  const told = results ?? answers ?? rows;
  for (const format of formats) {
    const answer = await market.get(path, { ...query, format } as Record<string, string>);
    expect([format, answer.status]).toEqual([format, 200]);
    if (format === 'ndjson') expect(answer.text === '' ? [] : lines(answer.text)).toEqual(told);
    if (format === 'csv' && path !== '/v1/compare')
      expect(parse(answer.text, { columns: true })).toHaveLength(told.length);
    if (format !== 'json') expect(inJson.headers.link).toContain(`format=${format}>; rel="alternate"`);
  }
  const other = await market.get(`${path}.xml`, query as Record<string, string>);
  expect([404, 406]).toContain(other.status);
});

test('no cell of a hostile record may run as a formula', async () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1'];
  const hostile = await openQueryMarket(
    join(folder, 'hostile'),
    formulas.map((formula, number) =>
      graph('credential', number, {
        '@type': 'ceterms:Badge',
        'ceterms:name': en(formula),
        'ceterms:ownedBy': [{ '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(formula) }],
        'ceterms:learningDeliveryType': concept('deliveryType:OnlineOnly'),
        'ceterms:estimatedCost': price(5),
        'ceterms:requires': [
          { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': [skill(formula), skill('a|b')] },
        ],
      }),
    ),
  );
  for (const query of [{}, { size: 'all' }] as Record<string, string>[]) {
    const { text } = await hostile.get('/v1/credentials', { ...query, format: 'csv' });
    const cells = (parse(text, { columns: false }) as string[][]).flat();
    expect(cells.filter((cell) => /^[\s\0]*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells.some((cell) => cell.startsWith("'=1+1"))).toBe(true);
  }
  const inLines = await hostile.get('/v1/credentials', { size: 'all', format: 'ndjson' });
  expect(lines(inLines.text).map(({ name }) => name)).toContain('=1+1');
  await hostile.close();
});

test('checks and verdicts of one credential come as tables, too', async () => {
  const at = `/v1/credentials/${ctid('credential', 2)}`;
  const checks = (await market.get(`${at}/checks`)).body.checks as { check: string; state: string }[];
  const rows = parse((await market.get(`${at}/checks.csv`)).text, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ check, state }) => [check, state])).toEqual(checks.map(({ check, state }) => [check, state]));
  const inLines = lines((await market.get(`${at}/rules`, { format: 'ndjson' })).text);
  expect(inLines.map(({ id, verdict }) => [id, verdict])).toEqual([['workforce-pell', 'fail']]);
});

test('what is one thing comes as a table of one row', async () => {
  const at = `/v1/organizations/${ctid('organization', 1)}/report`;
  const [row, ...others] = parse((await market.get(`${at}.csv`)).text, { columns: true }) as Record<string, string>[];
  expect(others).toEqual([]);
  const report = (await market.get(at)).body;
  expect(row).toMatchObject({ 'organization.name': 'Hudson College', 'meta.currency': 'USD' });
  expect(lines((await market.get(at, { format: 'ndjson' })).text)).toEqual([report]);
});
