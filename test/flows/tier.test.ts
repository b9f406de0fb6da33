import { Knowledge, tierRules } from '@credatlas/normalize';
import { expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { code, concept, ctid, en, graph, iri } from './queryMarket.ts';

const credential = (number: number, node: Record<string, unknown>) =>
  graph('credential', number, { 'ceterms:name': en(`C${number}`), ...node });
const board = { '@type': 'ceterms:QACredentialOrganization', 'ceterms:name': en('Board') };
const owner = (name: string) => [{ '@type': 'ceterms:Organization', 'ceterms:name': en(name) }];
const subject = (name: string) => [
  { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': en(name) },
];

/** 1 lapses at the end of 2026-06-30; 2 is listed for welders; 3 is listed for all; 4 says nothing; 5 is participation. */
const documents = [
  credential(1, {
    '@type': 'ceterms:BachelorDegree',
    'ceterms:dateEffective': '2024-12-02',
    'ceterms:subject': subject('Data Science'),
  }),
  graph('action', 1, {
    '@type': 'ceterms:AccreditAction',
    'ceterms:object': [iri('credential', 1)],
    'ceterms:actingAgent': [board],
    'ceterms:startDate': '2020-01-01',
    'ceterms:endDate': '2026-06-30',
  }),
  credential(2, { '@type': 'ceterms:Badge', 'ceterms:ownedBy': owner('American Welding Society') }),
  credential(3, { '@type': 'ceterms:Badge', 'ceterms:ownedBy': owner('Red Hat, Inc.') }),
  credential(4, { '@type': 'ceterms:Certificate', 'ceterms:dateEffective': '2010-01-01' }),
  credential(5, {
    '@type': 'ceterms:CertificateOfParticipation',
    'ceterms:occupationType': code('SOC', '15-1252', 'Software Developers'),
    'ceterms:credentialStatusType': concept('credentialStat:Active'),
  }),
];

const market = await marketOfFile(documents);

const search = async (query: Record<string, string>) => (await market.get('/v1/credentials', query)).body;
const found = async (query: Record<string, string>) =>
  (await search(query)).results.map(({ ctid: own }: { ctid: string }) => Number(own.slice(-1))).sort();

test.each([
  ['on a day before the lapse', { filter: 'tier:high', on: '2026-06-30' }, [1, 3]],
  ['on the day after', { filter: 'tier:high', on: '2026-07-01' }, [3]],
  ['contextual by a listing for certain fields', { filter: 'tier:contextual', on: '2026-06-01' }, [2]],
  ['limited', { filter: 'tier:limited' }, [5]],
  ['nothing stated is missing', { filter: 'tier:none', on: '2026-06-01' }, [4]],
  ['negated: has a tier, and another', { filter: 'tier:!limited', on: '2026-06-01' }, [1, 2, 3]],
  [
    'a context that a listing covers',
    { filter: 'tier:high', context: 'occupation:51-4121', on: '2026-06-01' },
    [1, 2, 3],
  ],
  ['a context that it does not cover', { filter: 'tier:contextual', context: 'occupation:29', on: '2026-06-01' }, []],
  ['a subject as context', { filter: 'tier:high', context: 'subject:"Welding"', on: '2026-07-01' }, [2, 3]],
])('tier filters: %s', async (_title, query, expected) => {
  expect(await found(query)).toEqual(expected);
});

test('facets count the same, in the same context and on the same day', async () => {
  const plain = await search({ facets: 'tier,rigor,stale', on: '2026-06-01', size: '0' });
  expect(plain.meta.on).toBe('2026-06-01');
  expect(plain.facets.tier).toEqual({
    buckets: [
      { value: 'high', label: 'high', count: 2 },
      { value: 'contextual', label: 'contextual', count: 1 },
      { value: 'limited', label: 'limited', count: 1 },
    ],
    unknown: 1,
    truncated: false,
  });
  const within = await search({ facets: 'tier', context: 'subject:welding', on: '2026-07-01', size: '0' });
  expect(within.facets.tier.buckets).toEqual([
    { value: 'high', label: 'high', count: 2 },
    { value: 'limited', label: 'limited', count: 1 },
  ]);
  expect(within.facets.tier.unknown).toBe(2);
});

test.each([
  ['18 months to the day are not yet stale', { filter: 'stale:no', on: '2026-06-02' }, [1, 4]],
  ['a day more are', { filter: 'stale:yes', on: '2026-06-03' }, [1]],
  ['what does not move fast is not stale, however old', { filter: 'stale:no', on: '2026-06-03' }, [4]],
  ['without any date nobody knows', { filter: 'stale:none', on: '2026-06-03' }, [2, 3, 5]],
])('staleness: %s', async (_title, query, expected) => {
  expect(await found(query)).toEqual(expected);
});

test('a summary says why, and in which context', async () => {
  const [hit] = (await search({ filter: 'tier:high', context: 'occupation:51-4121', on: '2026-07-01', sort: 'name' }))
    .results;
  expect(hit).toMatchObject({
    ctid: ctid('credential', 2),
    tier: {
      value: 'high',
      context: 'occupation:51-4121',
      because: [{ rule: 'issuer-listed-in-context', evidence: 'issuerListed', paths: ['/owners'] }],
    },
  });
  expect(hit.tier.because[0].detail).toContain('https://www.aws.org/');
});

test('changed rules judge every record again, without a crawl', async () => {
  const before = (await search({ filter: 'tier:limited' })).meta.total;
  const { policy, list } = tierRules();
  const rules = policy.rules.filter(({ rule }) => rule !== 'participation');
  await market.update({ isIndexed: true, knowledge: new Knowledge({ policy: { ...policy, rules }, list }) });
  expect(before).toBe(1);
  expect(await found({ filter: 'tier:limited' })).toEqual([]);
});
