import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import { ctid, documents, en, graph, iri, openQueryMarket, price, type QueryMarket, skill } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-saved-'));
const day = 86_400_000;
let market: QueryMarket;

beforeEach(async () => {
  market = await openQueryMarket(folder, documents);
});
afterEach(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

type Document = Record<string, unknown>;
const at = (name: string) => `/v1/saved-queries/${name}`;
const save = (name: string, query: Document) => market.send({ method: 'PUT', path: at(name), body: { query } });
const changes = async (name: string, query: Record<string, string> = {}) =>
  (await market.get(`${at(name)}/changes`, query)).body;
const search = async (query: Record<string, string>) => (await market.get('/v1/credentials', query)).body;
/** A document of the market with other properties. */
const changed = (kind: 'credential' | 'course', number: number, more: Document): Document => {
  const document = documents.find((each) => String(each['@id']).endsWith(ctid(kind, number)))!;
  const [node] = document['@graph'] as Document[];
  return { ...document, '@graph': [{ ...node, ...more }] };
};
const credential = (number: number, more: Document): Document => changed('credential', number, more);
const usd = (amount: string) => ({ amount, currency: 'USD', basis: 'aggregate' });
type Changed = { credential: { ctid: string } };
const numbers = (list: Changed[]): number[] => list.map((each) => Number(each.credential.ctid.slice(-3))).sort();

describe('what entered and left since a query was saved', () => {
  test('is told with the clause that was true on one side only, and what the record said', async () => {
    expect((await save('cheap', { filter: 'family:!degree,cost:<2000' })).body).toMatchObject({ total: 4 });
    market.put(credential(1, { 'ceterms:estimatedCost': price(2500) }));
    market.put(credential(4, { 'ceterms:estimatedCost': price(800) }));
    market.remove('credential', 3);
    market.put(
      graph('credential', 9, {
        '@type': 'ceterms:Badge',
        'ceterms:name': en('New Badge'),
        'ceterms:estimatedCost': price(100),
      }),
    );
    market.put(credential(6, { 'ceterms:name': en('Nursing Aide Certificate') }));
    market.put(credential(7, { '@type': 'ceterms:BachelorDegree', 'ceterms:estimatedCost': price(9000) }));
    await market.update();
    const body = await changes('cheap');
    expect(body.meta).toMatchObject({ name: 'cheap', total: 3, looked: 6, truncated: false, warnings: [] });
    expect([numbers(body.entered), numbers(body.left), body.unknown, body.next]).toEqual([[4, 9], [1, 3, 7], [], null]);
    const of = (list: Changed[], number: number) => list.find((each) => numbers([each])[0] === number);
    expect(of(body.entered, 4)).toMatchObject({
      reasons: [{ kind: 'changed', clause: 'cost:<2000', before: null, now: usd('800.00') }],
      changed: ['costs', 'totalCosts'],
    });
    expect(of(body.entered, 9)).toMatchObject({ reasons: [{ kind: 'published', clause: null }], changed: [] });
    expect(of(body.left, 1)).toMatchObject({
      reasons: [{ kind: 'changed', clause: 'cost:<2000', before: usd('1500.00'), now: usd('2500.00') }],
      credential: { cost: { amount: '1500.00' } },
    });
    expect(of(body.left, 3)).toMatchObject({ reasons: [{ kind: 'withdrawn' }], credential: { name: 'Analyst Badge' } });
    expect(of(body.left, 7)).toMatchObject({
      reasons: [
        { clause: 'family:!degree', before: 'microCredential', now: 'degree' },
        { clause: 'cost:<2000', before: usd('1000.00'), now: usd('9000.00') },
      ],
    });
  });

  test('what changed and changed back did neither', async () => {
    await save('cheap', { filter: 'cost:<2000' });
    market.put(credential(7, { 'ceterms:estimatedCost': price(3000) }));
    await market.update();
    expect(numbers((await changes('cheap')).left)).toEqual([7]);
    market.put(credential(7, {}));
    await market.update();
    expect(await changes('cheap')).toMatchObject({ meta: { looked: 1 }, entered: [], left: [] });
  });

  test('words and skills count too, also when a course that is required changed', async () => {
    await save('data', { q: 'analysis', filter: 'skill:"data analysis"' });
    market.put(changed('course', 1, { 'ceterms:teaches': [skill('Cartography')] }));
    market.put(credential(3, { 'ceterms:name': en('Analysis Badge'), 'ceterms:requires': [] }));
    await market.update();
    const { entered, left } = await changes('data');
    expect([numbers(entered), numbers(left)]).toEqual([[], [1, 2, 3, 7]]);
    const second = left.find((each: Changed) => numbers([each])[0] === 2);
    expect(second.reasons).toEqual([
      { kind: 'changed', clause: 'skill:"data analysis"', before: ['Data Analysis', 'Figures'], now: ['Cartography'] },
      { kind: 'changed', clause: 'q', before: null, now: null },
    ]);
  });

  test('what has not changed leaves by the day alone', async () => {
    market.put(
      graph('action', 1, {
        '@type': 'ceterms:AccreditAction',
        'ceterms:actingAgent': [iri('organization', 3)],
        'ceterms:object': iri('credential', 2),
        'ceterms:startDate': '2024-01-01',
        'ceterms:endDate': '2026-06-30',
      }),
    );
    await market.update();
    await save('strong', { filter: 'tier:high' });
    await save('weak', { filter: 'tier:limited' });
    expect((await changes('strong')).left).toEqual([]);
    market.pass(60 * day);
    const body = await changes('strong');
    expect(body.meta).toMatchObject({ since: { day: '2026-06-01' }, until: { day: '2026-07-31' } });
    expect([numbers(body.left), body.left[0].seq]).toEqual([[2], null]);
    expect(body.left[0].reasons).toMatchObject([{ kind: 'day', clause: 'tier:high' }]);
    expect(numbers((await changes('weak')).entered)).toEqual([2]);
  });
});

describe('since', () => {
  test('may be a change sequence, a day or a moment', async () => {
    await save('cheap', { filter: 'cost:<2000' });
    const { seq } = (await market.get(at('cheap'))).body;
    market.pass(10 * day);
    market.put(credential(1, { 'ceterms:estimatedCost': price(2500) }));
    await market.update();
    market.pass(10 * day);
    market.put(credential(6, { 'ceterms:estimatedCost': price(2500) }));
    await market.update();
    const left = async (since: string) => numbers((await changes('cheap', { since })).left);
    expect(await left(String(seq))).toEqual([1, 6]);
    expect(await left('2026-06-05')).toEqual([1, 6]);
    expect(await left('2026-06-12')).toEqual([6]);
    expect(await left('2026-06-11T00:00:01Z')).toEqual([6]);
    // Before there was anything everything that is found now has entered.
    expect(numbers((await changes('cheap', { since: '2026-05' })).entered)).toEqual([3, 7]);
  });

  test.each(['soon', '2026-02-31', '-1', '999999', '2030-01-01', '1e3', ''])(
    '"%s" is refused by name',
    async (since) => {
      await save('cheap', {});
      const body = await changes('cheap', { since });
      expect(body).toMatchObject({ status: 400, code: 'malformed_since', errors: [{ parameter: 'since' }] });
    },
  );

  test('versions that are no longer kept are listed as unknown, the others are not', async () => {
    await save('cheap', { filter: 'cost:<2000' });
    const { seq: start } = (await market.get(at('cheap'))).body;
    const seqs: number[] = [];
    for (const amount of [2100, 100, 2200, 200, 2300, 300]) {
      market.put(credential(1, { 'ceterms:estimatedCost': price(amount) }));
      await market.update();
      seqs.push((await search({})).meta.snapshot);
    }
    const body = await changes('cheap', { since: String(start) });
    expect(body.unknown).toMatchObject([{ name: 'Data Analysis Certificate', isFound: true }]);
    // The four latest before the present one: 100, 2200, 200, 2300.
    expect((await changes('cheap', { since: String(seqs[0]) })).unknown).toHaveLength(1);
    expect(await changes('cheap', { since: String(seqs[1]) })).toMatchObject({ unknown: [], entered: [], left: [] });
    expect(numbers((await changes('cheap', { since: String(seqs[2]) })).entered)).toEqual([1]);
  });
});

test('pages hold every change once', async () => {
  await save('cheap', { filter: 'cost:<2000' });
  for (const number of [1, 6, 7]) market.put(credential(number, { 'ceterms:estimatedCost': price(9000) }));
  market.put(credential(4, { 'ceterms:estimatedCost': price(1) }));
  await market.update();
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const { body, headers } = await market.get(`${at('cheap')}/changes`, { size: '1', ...(after ? { after } : {}) });
    seen.push(...numbers(body.entered), ...numbers(body.left));
    after = body.next ?? undefined;
    expect(headers.link?.includes('rel="next"') ?? false).toBe(after !== undefined);
  } while (after);
  expect(seen.sort()).toEqual([1, 4, 6, 7]);
  const other = await market.get(`${at('cheap')}/changes`, { since: '1', after: 'abc' });
  expect(other.body).toMatchObject({ status: 400, code: 'malformed_cursor' });
});

test('at any time, since any time, entered and left are what the two answers differ in', async () => {
  const dice = new Dice(3);
  const queries: Record<string, Document> = {
    cheap: { filter: 'cost:<2000,(family:certificate|skill:chess)' },
    words: { q: 'data', mode: 'expanded', filter: 'provider:"hudson college"' },
    none: { filter: 'cost:none' },
  };
  for (const [name, query] of Object.entries(queries)) await save(name, query);
  const snapshots: { seq: number; found: Record<string, string[]> }[] = [];
  const note = async (): Promise<void> => {
    const found: Record<string, string[]> = {};
    for (const [name, query] of Object.entries(queries))
      found[name] = (await search(query as Record<string, string>)).results.map(({ id }: { id: string }) => id);
    snapshots.push({ seq: (await search({})).meta.snapshot, found });
  };
  await note();
  for (let step = 0; step < 8; step++) {
    for (const number of dice.some([1, 2, 3, 4, 5, 6, 7, 8, 9], 4)) {
      if (dice.below(3) > 0) {
        const more = dice.below(2) ? { 'ceterms:estimatedCost': price(dice.one([0, 1999, 2000, 5000])) } : {};
        const name = { '@type': 'ceterms:Certificate', 'ceterms:name': en(dice.one(['Data', 'Nursing', 'Big data'])) };
        const owner = { 'ceterms:ownedBy': [iri('organization', 1 + dice.below(2))] };
        market.put(graph('credential', number, { ...name, ...owner, ...more }));
      } else if (number !== 9 || step > 0) {
        try {
          market.remove('credential', number);
        } catch {
          // It is gone already.
        }
      }
    }
    await market.update();
    await note();
    const now = snapshots.at(-1)!;
    for (const name of Object.keys(queries)) {
      const then = snapshots[Math.max(0, snapshots.length - 1 - dice.below(4))]!;
      const { entered, left } = await changes(name, { since: String(then.seq) });
      const ids = (list: { credential: { id: string } }[]) => list.map((each) => each.credential.id).sort();
      const minus = (one: string[], other: string[]) => one.filter((id) => !other.includes(id)).sort();
      expect(ids(entered)).toEqual(minus(now.found[name]!, then.found[name]!));
      expect(ids(left)).toEqual(minus(then.found[name]!, now.found[name]!));
    }
  }
});

describe('keeping queries', () => {
  test('they are listed, shown with their address, replaced and deleted', async () => {
    await save('B', { q: 'data', filter: 'cost:<2000' });
    const { body } = await market.get(at('b'));
    expect(body).toMatchObject({ name: 'b', total: 3, query: { q: 'data', mode: 'strict', currency: 'USD' } });
    expect(body.url).toBe(
      'http://credatlas.example/v1/credentials?q=data&mode=strict&filter=cost%3A%3C2000&currency=USD',
    );
    await save('b', { q: 'welding' });
    expect((await market.get('/v1/saved-queries')).body).toMatchObject({
      meta: { total: 1 },
      results: [{ name: 'b', query: { q: 'welding' } }],
    });
    expect((await market.send({ method: 'DELETE', path: at('b') })).body).toEqual({ name: 'b', deleted: true });
    expect((await market.get(`${at('b')}/changes`)).body).toMatchObject({ status: 404, code: 'unknown_saved_query' });
  });

  test.each<[string, string, unknown, number]>([
    ['a filter that cannot be read', 'x', { query: { filter: 'famly:badge' } }, 400],
    ['a shortlist that is not there', 'x', { query: { issuerList: 'nobody' } }, 400],
    ['a context that is none', 'x', { query: { context: 'weather:fine' } }, 400],
    ['an unknown parameter', 'x', { query: { colour: 'red' } }, 422],
    ['a mode that is none', 'x', { query: { mode: 'loose' } }, 422],
    ['a name that no address can hold', 'a%2Fb', { query: {} }, 400],
  ])('%s is refused', async (_title, name, body, status) => {
    expect((await market.send({ method: 'PUT', path: at(name), body })).status).toBe(status);
    expect((await market.get('/v1/saved-queries')).body.meta.total).toBe(0);
  });

  test('writing needs the right to write', async () => {
    const [put, remove] = ['putSavedQuery', 'deleteSavedQuery'].map((id) =>
      market.routes.find(({ operationId }) => operationId === id),
    );
    expect([put?.access, remove?.access]).toEqual(['write', 'write']);
  });
});

test('which of our list fail our rule after changes is told with verdicts, failed clauses and what is not stated', async () => {
  const own = mkdtempSync(join(tmpdir(), 'credatlas-value-'));
  const rules = join(own, 'affordable.json');
  const source = { title: 'Our list', publisher: 'us', url: 'https://example.org/value' };
  const clause = { id: 'price', label: 'No more than USD 300', test: 'cost:<=300', source: { citation: 'our policy' } };
  writeFileSync(
    rules,
    JSON.stringify({ id: 'affordable', version: '1', title: 'Affordable', source, clauses: [clause] }),
  );
  const priced = (number: number, amount?: number): Document =>
    graph('credential', number, {
      '@type': 'ceterms:Badge',
      'ceterms:name': en(`Badge ${number}`),
      ...(amount === undefined ? {} : { 'ceterms:estimatedCost': price(amount) }),
    });
  const ours = await openQueryMarket(join(own, 'market'), [priced(1, 250), priced(2, 280), priced(3, 900), priced(4)], {
    rules,
  });
  const entries = [1, 2, 3, 4].map((number) => ({ id: ctid('credential', number), why: 'ours' }));
  await ours.send({ method: 'PUT', path: '/v1/shortlists/value', body: { of: 'credentials', entries } });
  const query = { filter: 'issuerList:value,rule:affordable=fail' };
  expect((await ours.send({ method: 'PUT', path: at('failing'), body: { query } })).body.total).toBe(1);
  for (const document of [priced(2, 340), priced(3), priced(4, 301)]) ours.put(document);
  await ours.update();
  const { body } = await ours.get(`${at('failing')}/changes`);
  const told = (list: (Changed & { reasons: unknown[] })[]) => list.map((each) => [numbers([each])[0], each.reasons]);
  const reason = { kind: 'changed', clause: 'rule:affordable=fail' };
  const [passes, fails] = [
    { verdict: 'pass', fails: [], missing: [] },
    { verdict: 'fail', fails: ['price'], missing: [] },
  ];
  const open = { verdict: 'cannot-judge', fails: [], missing: ['cost'] };
  expect(told(body.entered)).toEqual([
    [2, [{ ...reason, before: passes, now: fails }]],
    [4, [{ ...reason, before: open, now: fails }]],
  ]);
  expect(told(body.left)).toEqual([[3, [{ ...reason, before: fails, now: open }]]]);
  const table = await ours.get(`${at('failing')}/changes.csv`);
  expect(table.text.split('\r\n').map((line) => line.split(',').slice(0, 3))).toMatchObject([
    ['side', 'credential.id', 'credential.name'],
    ['entered', expect.stringContaining(ctid('credential', 2)), 'Badge 2'],
    ['entered', expect.stringContaining(ctid('credential', 4)), 'Badge 4'],
    ['left', expect.stringContaining(ctid('credential', 3)), 'Badge 3'],
    [''],
  ]);
  await ours.close();
  rmSync(own, { recursive: true });
});
