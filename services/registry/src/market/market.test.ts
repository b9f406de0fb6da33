import { ancestorsOf, kindOf, propertyOf, readConcept, readCtid } from '@credatlas/ctdl';
import { expect, test } from 'vitest';
import { iriOf, type Node } from './graph.ts';
import { sampleMarket } from './market.ts';

const market = [...sampleMarket()];
const nodes = market.flatMap(({ graph }) => graph['@graph']);

/** The node and everything embedded in it, language maps left out. */
function objectsIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) || !('@type' in value) ? inside : [value as Node, ...inside];
}

function references(value: unknown): string[] {
  if (typeof value === 'string')
    return /^(_:|https:\/\/credentialengineregistry\.org\/resources\/)/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === '@id' ? [] : references(child)));
}

test('every CTID is a UUID of version 4, used once, and the end of its IRI', () => {
  const named = nodes.filter((node) => !String(node['@id']).startsWith('_:'));
  const ctids = named.map((node) => String(node['ceterms:ctid']));
  expect(ctids.filter((ctid) => readCtid(ctid).form !== 'valid')).toEqual([]);
  expect(new Set(ctids).size).toBe(ctids.length);
  expect(named.filter((node) => !String(node['@id']).endsWith(`/resources/${node['ceterms:ctid']}`))).toEqual([]);
});

test('every reference leads to a record of the market, a blank one to its own graph', () => {
  const known = new Set(nodes.map((node) => node['@id']));
  const dangling = market.flatMap(({ graph }) => {
    const own = new Set(graph['@graph'].map((node) => node['@id']));
    return references(graph['@graph']).filter((name) => !(name.startsWith('_:') ? own : known).has(name));
  });
  expect(dangling).toEqual([]);
});

test('every class, property and concept is one of CTDL', () => {
  const objects = nodes.flatMap(objectsIn);
  const types = new Set(objects.map((node) => String(node['@type'])));
  const isKnown = (type: string): boolean => kindOf([type]) !== 'other' || ancestorsOf(type).length > 0;
  const embedded =
    /^ceterms:(\w+Profile|CredentialAlignmentObject|Place|IdentifierValue|ComponentCondition)$|^ceterms:ValueProfile$/;
  expect([...types].filter((type) => !isKnown(type) && !embedded.test(type))).toEqual([]);
  const properties = new Set(objects.flatMap((node) => Object.keys(node)).filter((name) => !name.startsWith('@')));
  expect([...properties].filter((name) => !propertyOf(name) && !name.startsWith('schema:'))).toEqual([]);
  const concepts = objects.flatMap((node) => {
    const [framework, target] = [String(node['ceterms:framework']), String(node['ceterms:targetNode'])];
    return framework.startsWith('https://credreg.net/ctdl/terms/') ? [`${framework.split('/').pop()} ${target}`] : [];
  });
  const unknown = [...new Set(concepts)].filter((each) => {
    const [scheme, target = ''] = each.split(' ');
    return readConcept(target)?.scheme !== `ceterms:${scheme}`;
  });
  expect(unknown).toEqual([]);
});

test('there are at least 5,000 credentials of at least 500 providers, 300 of them illustrative of 30', () => {
  const credentials = nodes.filter(
    (node) => kindOf([String(node['@type'])]) === 'credential' && 'ceterms:ownedBy' in node,
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

test('no record carries a tax or business number, a mail address or a telephone', () => {
  expect(JSON.stringify(market)).not.toMatch(/ceterms:(fein|duns|email|telephone|contactPoint)|[\w.]@[\w.]/);
});

test('the market is the same every time', () => {
  expect(JSON.stringify([...sampleMarket()]) === JSON.stringify(market)).toBe(true);
});
