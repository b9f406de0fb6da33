import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ctid, documents, en, graph, iri, openQueryMarket, type QueryMarket } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-report-'));
let market: QueryMarket;

beforeEach(async () => {
  market = await openQueryMarket(join(folder, 'a'), documents);
});
afterEach(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

const [hudson, thames] = [ctid('organization', 1), ctid('organization', 2)];
const report = async (query: Record<string, string> = {}, organization = hudson) =>
  (await market.get(`/v1/organizations/${encodeURIComponent(organization)}/report`, query)).body;
const search = (query: Record<string, string>) => market.get('/v1/credentials', { size: '0', ...query });

describe('a provider’s report', () => {
  test('counts its records by kind and family, and what is stale', async () => {
    market.put(
      graph('course', 2, {
        '@type': 'ceterms:Course',
        'ceterms:name': en('Own course'),
        'ceterms:offeredBy': [iri('organization', 1)],
      }),
    );
    await market.update();
    const body = await report();
    expect(body.meta).toMatchObject({ on: '2026-06-01', currency: 'USD', truncated: false, warnings: [] });
    expect(body.organization).toMatchObject({ name: 'Hudson College', ctid: hudson });
    expect(body.records).toEqual({
      byKind: [
        { kind: 'credential', count: 4 },
        { kind: 'learning', count: 1 },
      ],
      byFamily: [
        { value: 'certificate', label: 'Certificate', count: 2 },
        { value: 'degree', label: 'Degree', count: 1 },
        { value: 'microCredential', label: 'Micro-credential', count: 1 },
      ],
      credentials: 4,
    });
    // Data science moves fast, and the degree was last affirmed by its accreditation.
    expect(body.freshness).toMatchObject({
      stale: 1,
      fresh: 1,
      unknown: 2,
      stalest: [{ name: 'Bachelor of Data Science', affirmed: '2024-01-01' }],
    });
    expect((await report({ on: '2025-06-01' })).freshness).toMatchObject({ stale: 0, fresh: 2 });
  });

  test('lists references that lead nowhere, and whether there was something once', async () => {
    market.put(
      graph('credential', 9, {
        '@type': 'ceterms:Badge',
        'ceterms:name': en('Step'),
        'ceterms:ownedBy': [iri('organization', 1)],
        'ceterms:isPartOf': [iri('credential', 77), iri('credential', 4), iri('credential', 1)],
        'ceterms:subjectWebpage': 'https://hudson.example/step',
      }),
    );
    await market.update();
    expect((await report()).brokenReferences).toMatchObject({ total: 1, records: 1 });
    market.remove('credential', 4);
    await market.update();
    const { brokenReferences } = await report();
    expect(brokenReferences).toEqual({
      total: 2,
      records: 1,
      list: [
        { target: ctid('credential', 77), state: 'unknown' },
        { target: ctid('credential', 4), state: 'withdrawn' },
      ].map((each) => ({
        ...each,
        from: { uri: iri('credential', 9), kind: 'credential', source: expect.any(String) },
        property: 'ceterms:isPartOf',
      })),
    });
  });

  test('says which fields are empty, and which questions that cost it', async () => {
    for (let time = 0; time < 3; time++) await search({ q: 'Data', filter: 'credit:>0' });
    for (let time = 0; time < 2; time++) await search({ filter: 'status:active,cost:<90000' });
    await search({ q: 'nursing', filter: 'cost:<600' });
    // Asked once: counted, but the words may be somebody's own and are not shown.
    await search({ q: 'sprint', filter: 'delivery:OnlineOnly' });
    await search({ filter: 'language:none' });
    await search({ filter: '(days:<5|delivery:OnlineOnly)' });
    await search({});
    await market.countQuestions();
    const { missing, asked } = await report();
    const of = (field: string) => missing.find((each: { field: string }) => each.field === field);
    expect(of('credit')).toEqual({ field: 'credit', records: 2, share: 0.5, asked: 3, lost: 3 });
    expect(of('status')).toEqual({ field: 'status', records: 2, share: 0.5, asked: 2, lost: 2 });
    expect(of('cost')).toEqual({ field: 'cost', records: 0, share: 0, asked: 3, lost: 0 });
    expect(of('program')).toMatchObject({ records: 3, asked: 0, lost: 0 });
    expect(of('language')).toMatchObject({ records: 2, asked: 0, lost: 0 });
    expect(of('skill')).toMatchObject({ records: 1 });
    expect(missing.map(({ field }: { field: string }) => field).slice(0, 2)).toEqual(['credit', 'status']);
    expect(asked).toEqual({
      from: '2026-04',
      total: 9,
      lost: 6,
      list: [
        { text: 'data', fields: ['credit'], asked: 3, records: 1 },
        { text: null, fields: ['cost', 'status'], asked: 2, records: 2 },
      ],
    });
  });

  test('questions are forgotten after a year, and looked back on for three months', async () => {
    await search({ filter: 'credit:>0' });
    await market.countQuestions();
    market.pass(100 * 86_400_000);
    expect((await report()).asked).toMatchObject({ from: '2026-07', total: 0, lost: 0 });
  });

  test('names records of others about the same credentials', async () => {
    const copy = documents.find((each) => String(each['@id']).endsWith(ctid('credential', 1)))!;
    market.put(copy, join(folder, 'b'));
    await market.update();
    const body = await report();
    expect(body.records.credentials).toBe(4);
    expect(body.duplicates).toMatchObject({
      total: 1,
      list: [
        {
          name: 'Data Analysis Certificate',
          confidence: 1,
          own: [expect.stringMatching(/^a-/)],
          others: [{ id: expect.stringMatching(/^b-/), publisher: null }],
        },
      ],
    });
  });

  test('compares cost, cost per credit, length, credit and skills with declared peers', async () => {
    const body = await report({ peers: thames });
    expect(body.peers).toEqual([{ id: expect.any(String), name: 'Thames Academy', credentials: 3 }]);
    const measures = Object.fromEntries(body.measures.map((each: { measure: string }) => [each.measure, each]));
    expect(measures.cost).toEqual({
      measure: 'cost',
      unit: 'USD',
      own: { n: 4, p25: 875, median: 1250, p75: 11_125 },
      peers: { n: 1, p25: 0, median: 0, p75: 0 },
      rank: 1,
    });
    expect(measures.costPerCredit).toMatchObject({
      own: { n: 2, p25: 187.5, median: 208.33, p75: 229.17 },
      peers: { n: 0, median: null },
      rank: null,
    });
    expect(measures.days).toMatchObject({ own: { n: 4, p25: 73.5, median: 84, p75: 428.25 }, peers: { median: 10 } });
    expect(measures.credit).toMatchObject({ own: { n: 2, median: 6 }, peers: { n: 0 }, rank: null });
    expect(measures.skills).toMatchObject({
      own: { n: 3, p25: 2, median: 2, p75: 2.5 },
      peers: { n: 2, p25: 1.25, median: 1.5, p75: 1.75 },
      rank: 0.75,
    });
    const [family, ...others] = body.families;
    expect([family.family, others]).toEqual(['certificate', []]);
    expect(family.measures[0]).toMatchObject({ own: { n: 2, p25: 750, median: 1000, p75: 1250 }, peers: { n: 0 } });
    expect(body.skills).toEqual([{ key: expect.any(String), label: 'Arc welding, "TIG"', credentials: 1, peers: 1 }]);
    const euros = await report({ peers: thames, currency: 'EUR' });
    expect(euros.measures[0]).toMatchObject({ unit: 'EUR', own: { n: 0 }, peers: { n: 1, median: 800.5 }, rank: null });
  });

  test('without peers there is nothing to compare with', async () => {
    const body = await report();
    expect([body.peers, body.families, body.skills]).toEqual([[], [], []]);
    expect(body.measures[0]).toMatchObject({ own: { n: 4 }, peers: { n: 0 }, rank: null });
  });

  test.each<[string, Record<string, string>, string, object]>([
    ['an organization that is not here', {}, 'ce-x', { status: 404, code: 'unknown_organization' }],
    ['a peer that is not here', { peers: 'nobody' }, hudson, { status: 404, errors: [{ parameter: 'peers' }] }],
    [
      'more peers than a group',
      { peers: Array.from({ length: 21 }, (_, n) => n).join(',') },
      hudson,
      { status: 400, errors: [{ parameter: 'peers' }] },
    ],
    ['a day that is none', { on: '2026-02-31' }, hudson, { status: 400, errors: [{ parameter: 'on' }] }],
    ['another currency', { currency: 'JPY' }, hudson, { status: 400, errors: [{ parameter: 'currency' }] }],
  ])('refuses %s', async (_title, query, organization, fault) => {
    expect(await report(query, organization)).toMatchObject(fault);
  });

  test('a provider without any credential gets its report, too', async () => {
    const body = await report({ peers: hudson }, ctid('organization', 3));
    expect(body.records).toEqual({ byKind: [], byFamily: [], credentials: 0 });
    expect(body.missing.every(({ share }: { share: number }) => share === 0)).toBe(true);
  });
});
