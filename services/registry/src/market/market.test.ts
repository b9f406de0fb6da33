import { expect, test } from 'vitest';
import { iriOf, type MarketGraph, type Node } from './graph.ts';
import { sampleMarket } from './market.ts';

const market = [...sampleMarket()];
const nodes = market.flatMap(({ graph }) => graph['@graph']);

function references(value: unknown): string[] {
  if (typeof value === 'string')
    return value.startsWith('https://credentialengineregistry.org/resources/') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === '@id' ? [] : references(child)));
}

test('every CTID and IRI is used once, and every reference leads to a record of the market', () => {
  const ctids = market.map(({ ctid }) => ctid);
  expect(new Set(ctids).size).toBe(ctids.length);
  const known = new Set(nodes.map((node) => node['@id']));
  expect([...new Set(nodes.flatMap(references))].filter((iri) => !known.has(iri))).toEqual([]);
});

test('there are at least 5,000 credentials of at least 500 providers, 300 of them illustrative of 30', () => {
  const credentials = nodes.filter(
    (node) =>
      'ceterms:ownedBy' in node &&
      /Certific|Degree|Badge|License|Diploma|MicroCredential|GeneralEducation/.test(String(node['@type'])),
  );
  const owners = (list: Node[]): number => new Set(list.map((node) => String(node['ceterms:ownedBy']))).size;
  expect(credentials.length).toBeGreaterThanOrEqual(5_000);
  expect(owners(credentials)).toBeGreaterThanOrEqual(500);
  const collection = nodes.find((node) => node['@id'] === iriOf('collection illustrative'));
  const members = new Set(collection?.['ceterms:hasMember'] as string[]);
  const illustrative = credentials.filter((node) => members.has(String(node['@id'])));
  expect(illustrative.length).toBeGreaterThanOrEqual(300);
  expect(owners(illustrative)).toBeGreaterThanOrEqual(30);
});

test('a programme of the state’s table is published as the table says', () => {
  const named = (graph: MarketGraph): unknown => graph.graph['@graph'][0]?.['ceterms:name'];
  const programmes = market.filter((graph) => JSON.stringify(named(graph)) === '{"en-US":"Dental Assisting I"}');
  const learning = programmes.find(({ type }) => type === 'ceterms:LearningProgram')?.graph['@graph'][0];
  const prices = [19235, 201, 550, 775, 540, 21301];
  expect(learning?.['ceterms:estimatedCost']).toMatchObject(prices.map((price) => ({ 'ceterms:price': price })));
  expect(learning?.['ceterms:creditValue']).toMatchObject([{ 'schema:value': 1015 }]);
  expect(programmes.map(({ type }) => type).sort()).toEqual([
    'ceterms:CertificateOfCompletion',
    'ceterms:LearningProgram',
  ]);
});

test('no record carries a tax or business number', () => {
  expect(JSON.stringify(market)).not.toMatch(/ceterms:(fein|duns)/);
});
