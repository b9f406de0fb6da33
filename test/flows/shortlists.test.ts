import { createApp } from '@credatlas/http-express';
import { beforeEach, describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { ctid, documents, en, graph, iri, publicUrl } from './queryMarket.ts';

const market = await marketOfFile(documents);
beforeEach(async () => {
  for (const { name } of (await market.get('/v1/shortlists')).body.results) await drop(name);
});

const at = (name: string) => `/v1/shortlists/${name}`;
const put = (name: string, body: unknown) => market.send({ method: 'PUT', path: at(name), body });
const putTable = (name: string, text: string, query = {}) =>
  market.send({ method: 'PUT', path: at(name), query, body: new TextEncoder().encode(text), mediaType: 'text/csv' });
const drop = (name: string) => market.send({ method: 'DELETE', path: at(name) });
const search = async (query: Record<string, string>) => (await market.get('/v1/credentials', query)).body;
const found = async (query: Record<string, string>): Promise<number[]> =>
  (await search(query)).results.map((each: { ctid: string }) => Number(each.ctid.slice(-3))).sort();

describe('a list of issuers', () => {
  test.each([
    ['by CTID in any case', { id: ctid('organization', 1).toUpperCase() }],
    ['by address', { id: iri('organization', 1).replace('https', 'http') }],
    ['by exact name', { name: 'hudson COLLEGE' }],
    ['with a name beside the id, which is only for people', { id: ctid('organization', 1), name: 'Some College' }],
  ])('finds the credentials of its issuers: %s', async (_title, entry) => {
    expect((await put('vetted', { entries: [entry] })).body).toMatchObject({
      name: 'vetted',
      of: 'issuers',
      entries: [{ ...entry, found: true }],
      credentials: 4,
      notFound: 0,
    });
    expect(await found({ filter: 'issuerList:vetted' })).toEqual([1, 2, 6, 7]);
    expect(await found({ filter: 'issuerList:VETTED,cost:<1500' })).toEqual([6, 7]);
    expect(await found({ filter: 'issuerList:none' })).toEqual([3, 4, 5, 8]);
    expect(await found({ filter: 'issuerList:*' })).toEqual([1, 2, 6, 7]);
    expect(await found({ filter: '(issuerList:vetted|family:badge)' })).toEqual([1, 2, 3, 6, 7]);
  });

  test('says which of its entries nothing here is of, and finds them once they come', async () => {
    const { body } = await put('mixed', { entries: ['ce-00000000-0000-4000-8000-100000000009', { name: 'Nobody' }] });
    expect(body).toMatchObject({ credentials: 0, notFound: 2, entries: [{ found: false }, { found: false }] });
    expect(await found({ filter: 'issuerList:mixed' })).toEqual([]);
    market.put(
      graph('organization', 9, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en('Late College') }),
    );
    market.put(
      graph('credential', 9, {
        '@type': 'ceterms:Badge',
        'ceterms:name': en('Late Badge'),
        'ceterms:ownedBy': [iri('organization', 9)],
      }),
    );
    await market.update();
    expect(await found({ filter: 'issuerList:mixed' })).toEqual([9]);
    market.remove('credential', 9);
    await market.update();
    expect((await market.get(at('mixed'))).body).toMatchObject({ credentials: 0, notFound: 2 });
  });

  test('counts the owner, and the offerer only where no owner is named', async () => {
    const node = { '@type': 'ceterms:Badge', 'ceterms:offeredBy': [iri('organization', 3)] };
    market.put(graph('credential', 9, { ...node, 'ceterms:name': en('Offered only') }));
    const owned = { ...node, 'ceterms:name': en('Owned'), 'ceterms:ownedBy': [iri('organization', 2)] };
    market.put(graph('credential', 10, owned));
    await market.update();
    await put('board', { entries: [{ name: 'Board of Quality' }] });
    expect(await found({ filter: 'issuerList:board' })).toEqual([9]);
    market.remove('credential', 9);
    market.remove('credential', 10);
    await market.update();
  });

  test('is a facet by its title, with what is on no list as unknown, and its own clause left out', async () => {
    await put('hudson', { title: 'Ours', entries: [{ name: 'Hudson College' }] });
    await put('both', { entries: [{ name: 'Hudson College' }, { name: 'Thames Academy' }] });
    const { facets } = await search({ facets: 'issuerList', size: '0', filter: 'issuerList:hudson' });
    expect(facets.issuerList).toEqual({
      buckets: [
        { value: 'both', label: 'both', count: 7 },
        { value: 'hudson', label: 'Ours', count: 4 },
      ],
      unknown: 1,
      truncated: false,
    });
  });

  test('without any list the facet is empty and the filter finds nothing', async () => {
    const { facets, meta } = await search({ facets: 'issuerList', filter: 'issuerList:*', size: '0' });
    expect([facets.issuerList, meta.total]).toEqual([{ buckets: [], unknown: 8, truncated: false }, 0]);
  });
});

/** Without a list: 1 is contextual (recognized), 2, 3, 4 and 7 are limited (conditions without an assessment), the others unknown. */
describe('a list of issuers as evidence of tiers', () => {
  const tiers = async (query: Record<string, string>) =>
    Promise.all(['high', 'contextual', 'limited', 'none'].map((tier) => found({ filter: `tier:${tier}`, ...query })));

  test('for any field makes high', async () => {
    expect(await tiers({})).toEqual([[], [1], [2, 3, 4, 7], [5, 6, 8]]);
    await put('vetted', { entries: [{ name: 'Hudson College', why: 'audited', source: 'https://a.example/audit' }] });
    expect(await tiers({ issuerList: 'vetted' })).toEqual([[1, 2, 6, 7], [], [3, 4], [5, 8]]);
    const [hit] = (await search({ filter: 'tier:high', issuerList: 'vetted', sort: '-cost' })).results;
    expect(hit.tier).toMatchObject({
      value: 'high',
      because: [{ rule: 'issuer-on-shortlist', evidence: 'issuerListed', detail: 'audited (https://a.example/audit)' }],
    });
    const compared = await market.get('/v1/compare', {
      ids: `${ctid('credential', 1)},${ctid('credential', 3)}`,
      issuerList: 'vetted',
    });
    expect(compared.body.credentials.map((each: { tier: { value: string } }) => each.tier.value)).toEqual([
      'high',
      'limited',
    ]);
  });

  test('for some fields makes high where they are asked about, contextual where none is, nothing elsewhere', async () => {
    await put('vetted', { scope: { occupations: ['51-4121'] }, entries: [{ name: 'Thames Academy' }] });
    expect(await tiers({ issuerList: 'vetted' })).toEqual([[], [1, 3, 4, 8], [2, 7], [5, 6]]);
    expect(await tiers({ issuerList: 'vetted', context: 'occupation:51-4121' })).toEqual([
      [3, 4, 8],
      [1],
      [2, 7],
      [5, 6],
    ]);
    expect(await tiers({ issuerList: 'vetted', context: 'occupation:29' })).toEqual(await tiers({}));
    const { results } = await search({ issuerList: 'vetted', context: 'occupation:51-4121', sort: 'name' });
    expect(results.map((each: { tier: { value: string } }) => each.tier.value)).toEqual([
      ...['high', 'limited', 'unknown', 'contextual', 'limited', 'high', 'unknown', 'high'],
    ]);
  });

  test('facets of tiers count with it', async () => {
    await put('vetted', { entries: [{ name: 'Hudson College' }] });
    const { facets } = await search({ facets: 'tier', issuerList: 'vetted', size: '0' });
    expect(facets.tier).toMatchObject({
      buckets: [
        { value: 'high', count: 4 },
        { value: 'limited', count: 2 },
      ],
      unknown: 2,
    });
  });

  test.each([
    ['a list that is not there names the nearest', 'veted', { code: 'unknown_shortlist', suggestion: 'vetted' }],
    ['a list of credentials is refused', 'chosen', { code: 'not_of_issuers' }],
  ])('%s', async (_title, issuerList, fault) => {
    await put('vetted', { entries: [] });
    await put('chosen', { of: 'credentials', entries: [ctid('credential', 1)] });
    const answer = await market.get('/v1/credentials', { issuerList });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ ...fault, parameter: 'issuerList' }] });
  });
});

describe('a list of credentials', () => {
  test('finds them by CTID, address and our id', async () => {
    const { id } = (await market.get(`/v1/credentials/${ctid('credential', 4)}`)).body;
    const entries = [ctid('credential', 1), iri('credential', 3), id, ctid('credential', 77)];
    const { body } = await put('chosen', { of: 'credentials', entries });
    expect(body.entries.map((each: { found: boolean }) => each.found)).toEqual([true, true, true, false]);
    expect([body.credentials, body.notFound]).toEqual([3, 1]);
    expect(await found({ filter: 'issuerList:chosen' })).toEqual([1, 3, 4]);
    expect(await found({ filter: 'issuerList:!chosen|none', q: 'certificate' })).toEqual([6]);
  });

  test('needs an id for each', async () => {
    const answer = await put('chosen', { of: 'credentials', entries: [{ name: 'Analyst Badge' }] });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/entries/0' }] });
  });
});

describe('as a table', () => {
  test('what is exported can be imported again, formulas and commas included', async () => {
    const entries = [
      { id: ctid('organization', 1), name: 'Hudson, "the" College', why: '=1+1', date: '2026-01-31' },
      { name: '@handle', source: 'https://a.example/?a=1,2' },
    ];
    await put('vetted', { title: 'Kept', scope: { subjects: ['Welding'] }, entries });
    const table = await market.get(at('vetted'), { format: 'csv' });
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(table.text).toBe(
      `id,name,why,source,date\r\n${ctid('organization', 1)},"Hudson, ""the"" College",'=1+1,,2026-01-31\r\n,'@handle,,"https://a.example/?a=1,2",\r\n`,
    );
    const again = await putTable('vetted', table.text);
    expect(again.body).toMatchObject({ title: 'Kept', scope: { subjects: ['welding'] }, entries });
  });

  test('headings may be others for the id, and `of` says what is listed', async () => {
    const { body } = await putTable('chosen', `\uFEFFCTID,x\n${ctid('credential', 2)},y\n`, {
      of: 'credentials',
    });
    expect(body).toMatchObject({ of: 'credentials', entries: [{ id: ctid('credential', 2), found: true }] });
  });

  test.each([
    ['a row without id and name', 'id,name\n,\na,b\n', 400],
    ['a quote that is never closed', 'id,name\n"a,b\n', 400],
    ['a table with other headings', 'x,y\n1,2\n', 400],
    ['a day that is none', 'id,date\na,tomorrow\n', 422],
  ])('%s is refused', async (_title, text, status) => {
    expect((await putTable('broken', text)).status).toBe(status);
    expect((await market.get(at('broken'))).status).toBe(404);
  });
});

describe('keeping lists', () => {
  test('they are listed by name, replaced whole, and gone when deleted', async () => {
    await put('b', { entries: [{ name: 'Hudson College' }] });
    await put('A', { entries: [] });
    await put('b', { entries: [{ name: 'Thames Academy' }, { name: 'thames academy' }, { name: 'Thames Academy' }] });
    const { body } = await market.get('/v1/shortlists');
    expect(body.results.map(({ name, size }: { name: string; size: number }) => [name, size])).toEqual([
      ['a', 0],
      ['b', 2],
    ]);
    expect(await found({ filter: 'issuerList:b' })).toEqual([3, 4, 8]);
    expect((await drop('b')).body).toEqual({ name: 'b', deleted: true });
    expect((await drop('b')).status).toBe(404);
    expect((await market.get('/v1/credentials', { filter: 'issuerList:b' })).body).toMatchObject({
      status: 400,
      code: 'unknown_filter_value',
    });
  });

  test.each([
    ['a name that no address can hold', '%2e%2e%2f', { entries: [] }, 400],
    ['an empty entry', 'x', { entries: [{}] }, 422],
    ['an unknown field', 'x', { entries: [], colour: 'red' }, 422],
    ['entries that are no list', 'x', { entries: 'all' }, 422],
    ['more entries than one list holds', 'x', { entries: Array.from({ length: 5_001 }, (_, id) => `${id}`) }, 422],
    ['nothing', 'x', undefined, 415],
  ])('%s is refused', async (_title, name, body, status) => {
    expect((await put(name, body)).status).toBe(status);
  });

  test('writing needs a token that may write, over HTTP; reading needs none; no token is logged', async () => {
    const logged: unknown[] = [];
    const note = (...given: unknown[]): void => void logged.push(given);
    const app = createApp({
      routes: market.routes,
      log: { debug: note, info: note, warn: note, error: note },
      clock: { now: () => 0, sleep: async () => undefined },
      title: 'test',
      version: '0',
      publicUrl,
      tokens: async (token) =>
        ({ writer: { name: 'w', mayWrite: true }, reader: { name: 'r', mayWrite: false } })[token],
    });
    const server = await app.listen({ host: '127.0.0.1', port: 0 });
    const ask = async (method: string, token?: string) => {
      const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const body = method === 'PUT' ? { body: '{"entries":[]}' } : {};
      return (await fetch(`${server.origin}${at('x')}`, { method, headers, ...body })).status;
    };
    expect(await Promise.all([ask('PUT'), ask('PUT', 'stranger'), ask('PUT', 'reader')])).toEqual([401, 401, 403]);
    expect(await ask('GET')).toBe(404);
    expect(await ask('PUT', 'writer')).toBe(200);
    expect(await ask('GET')).toBe(200);
    expect(await Promise.all([ask('DELETE'), ask('DELETE', 'reader')])).toEqual([401, 403]);
    expect(await ask('DELETE', 'writer')).toBe(200);
    await server.close();
    expect(JSON.stringify(logged)).not.toMatch(/stranger|reader|writer|Bearer/);
  });
});
