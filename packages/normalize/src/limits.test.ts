import { expect, test } from 'vitest';
import { normalizeDocument } from './index.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const badge = { '@id': 'https://x.example/badge', '@type': 'ceterms:Badge', 'ceterms:name': { en: 'Badge' } };
const iri = (name: string, n: number): string => `https://x.example/${name}${n}`;

const normalized = (graph: object[]) =>
  normalizeDocument(JSON.stringify({ '@context': context, '@graph': graph }), {
    uri: 'test',
    at: '2026-01-01T00:00:00Z',
  });

test('conditions of a pathway that all hold one another are read once each', async () => {
  const all = Array.from({ length: 40 }, (_, n) => n);
  const { credentials } = await normalized([
    badge,
    {
      '@id': iri('way', 0),
      '@type': 'ceterms:Pathway',
      'ceterms:name': { en: 'Way' },
      'ceterms:hasPart': [iri('part', 0)],
    },
    {
      '@id': iri('part', 0),
      '@type': 'ceterms:CredentialComponent',
      'ceterms:proxyFor': badge['@id'],
      'ceterms:hasCondition': [iri('condition', 0)],
    },
    ...all.map((n) => ({
      '@id': iri('condition', n),
      '@type': 'ceterms:ComponentCondition',
      'ceterms:hasCondition': all.map((other) => iri('condition', other)),
    })),
  ]);
  const way = credentials.find(({ kind }) => kind === 'pathway')!;
  expect(way.components?.[0]?.conditions.length).toBeLessThanOrEqual(40);
});

test('a fault of every price is listed a thousand times at most', async () => {
  const costs = Array.from({ length: 3_000 }, () => ({ '@type': 'ceterms:CostProfile', 'ceterms:price': 'ask us' }));
  const { credentials } = await normalized([{ ...badge, 'ceterms:estimatedCost': costs }]);
  expect(credentials[0]?.costs).toHaveLength(3_000);
  expect(credentials[0]?.issues.filter(({ code }) => code === 'unreadable_price')).toHaveLength(1_000);
});

test('a text without end is cut, and the record says so', async () => {
  const { credentials } = await normalized([{ ...badge, 'ceterms:description': { en: 'x'.repeat(150_000) } }]);
  expect(credentials[0]?.descriptionText).toHaveLength(100_000);
  expect(credentials[0]?.issues).toMatchObject([{ code: 'text_cut', path: '/@graph/0/ceterms:description/en' }]);
});
