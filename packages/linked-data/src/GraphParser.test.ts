import type { GraphNode, GraphValue } from '@credatlas/model';
import { expect, test } from 'vitest';
import { GraphParser } from './index.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';
const iri = `https://credentialengineregistry.org/resources/${ctid}`;
const read = async (document: unknown, baseIri?: string) => new GraphParser().read(document, '', baseIri);

test('a registry graph becomes nodes with their blank nodes inlined and every value with its place', async () => {
  const { nodes, issues, method } = await read({
    '@context': context,
    '@id': iri.replace('resources', 'graph'),
    '@graph': [
      {
        '@id': iri,
        '@type': 'ceterms:Badge',
        'ceterms:ctid': ctid,
        'ceterms:name': { 'en-US': 'Welder' },
        'ceterms:requires': ['_:c'],
      },
      { '@id': '_:c', '@type': 'ceterms:ConditionProfile', 'ceterms:targetAssessment': ['http://example.org/exam'] },
    ],
  });
  expect(method).toBe('table');
  expect(issues).toEqual([]);
  expect(nodes).toEqual([
    {
      primary: true,
      node: {
        uri: iri,
        types: ['ceterms:Badge'],
        path: '/@graph/0',
        properties: {
          'ceterms:ctid': [{ literal: ctid, datatype: 'xsd:string', path: '/@graph/0/ceterms:ctid' }],
          'ceterms:name': [{ literal: 'Welder', language: 'en-us', path: '/@graph/0/ceterms:name/en-US' }],
          'ceterms:requires': [
            {
              path: '/@graph/0/ceterms:requires/0',
              node: {
                types: ['ceterms:ConditionProfile'],
                path: '/@graph/1',
                properties: {
                  'ceterms:targetAssessment': [
                    { reference: 'http://example.org/exam', path: '/@graph/1/ceterms:targetAssessment/0' },
                  ],
                },
              },
            },
          ],
        },
      },
    },
  ]);
});

test('an embedded node with an IRI of its own is lifted out and leaves a reference', async () => {
  const { nodes } = await read({
    '@context': context,
    '@id': iri,
    '@type': 'ceterms:Badge',
    'ceterms:ownedBy': [
      { '@id': 'https://example.edu/', '@type': 'ceterms:CredentialOrganization', 'ceterms:name': 'Example' },
    ],
  });
  expect(nodes.map(({ node, primary }) => [node.uri, primary])).toEqual([
    [iri, true],
    ['https://example.edu/', false],
  ]);
  expect(nodes[0]?.node.properties['ceterms:ownedBy']).toEqual([
    { reference: 'https://example.edu/', path: '/ceterms:ownedBy/0' },
  ]);
});

test.each([
  ['language_map_in_array', { 'ceterms:name': [{ en: 'Kept' }] }, 'ceterms:name', 'Kept'],
  ['key_with_blanks', { 'ceterms: name': { en: 'Kept' } }, 'ceterms:name', 'Kept'],
  ['renamed_term', { 'ceterms:url': 'https://example.org/kept' }, 'ceterms:subjectWebpage', 'https://example.org/kept'],
  ['relative_reference', { 'ceterms:ownedBy': ['Georgia DOE'] }, 'ceterms:ownedBy', 'Georgia DOE'],
  ['unknown_key_dropped', { HasValue: true }, 'HasValue', undefined],
  ['language_map_unexpected', { 'ceterms:codedNotation': { en: 'Kept' } }, 'ceterms:codedNotation', 'Kept'],
  ['malformed_language_tag', { 'ceterms:name': { 'en:us': 'Kept' } }, 'ceterms:name', 'Kept'],
  ['bare_identifier', { 'ceterms:ownedBy': [ctid.slice(3)] }, 'ceterms:ownedBy', iri],
  ['unknown_term', { 'ceterms:ofTomorrow': 'Kept' }, 'ceterms:ofTomorrow', 'Kept'],
])('what standard expansion loses is kept and reported: %s', async (code, properties, name, kept) => {
  const { nodes, issues } = await read({ '@context': context, '@id': iri, '@type': 'ceterms:Badge', ...properties });
  expect(issues.map((issue) => issue.code)).toEqual([code]);
  const value = nodes[0]?.node.properties[name]?.[0];
  expect(value && ('literal' in value ? value.literal : 'reference' in value ? value.reference : value)).toBe(kept);
});

test.each([
  ['unprefixed_class', 'Course', 'ceterms:Course'],
  ['renamed_class', 'schema:ValueProfile', 'ceterms:ValueProfile'],
])('a class that is written wrongly is read as meant, and reported: %s', async (code, stated, meant) => {
  const { nodes, issues } = await read({ '@context': context, '@id': iri, '@type': stated });
  expect(issues.map((issue) => issue.code)).toEqual([code]);
  expect(nodes[0]?.node.types).toEqual([meant]);
});

test('an approximate date that the context would turn into an IRI stays a date', async () => {
  const { nodes } = await read({
    '@context': context,
    '@id': iri,
    '@type': 'ceterms:Badge',
    'ceterms:approximateDateEffective': '2024-05',
  });
  expect(nodes[0]?.node.properties['ceterms:approximateDateEffective']).toEqual([
    { literal: '2024-05', path: '/ceterms:approximateDateEffective' },
  ]);
});

test('a document without @context but with CTDL keys is read, and says so', async () => {
  const { nodes, issues } = await read({
    '@id': iri,
    '@type': 'ceterms:Badge',
    'ceterms:name': { en: 'B' },
    'ceterms:audienceLevelType': ['audLevel:BeginnerLevel'],
  });
  expect(issues.map(({ code }) => code)).toEqual(['missing_context']);
  expect(nodes[0]?.node.properties['ceterms:audienceLevelType']).toEqual([
    { reference: 'https://purl.org/ctdl/vocabs/audLevel/BeginnerLevel', path: '/ceterms:audienceLevelType/0' },
  ]);
});

test('a dangling blank node stays a reference and is reported; a cycle of blank nodes ends', async () => {
  const { nodes, issues } = await read({
    '@context': context,
    '@graph': [
      { '@id': iri, '@type': 'ceterms:Badge', 'ceterms:ownedBy': ['_:gone'], 'ceterms:requires': ['_:a'] },
      { '@id': '_:a', '@type': 'ceterms:ConditionProfile', 'ceterms:alternativeCondition': ['_:a'] },
    ],
  });
  expect(issues.map(({ code }) => code)).toEqual(['dangling_blank_node']);
  expect(nodes).toHaveLength(1);
});

test('an unknown context is refused in plain words, never fetched', async () => {
  await expect(read({ '@context': 'https://example.org/context', '@id': iri })).rejects.toThrow(
    /not one of the bundled ones/,
  );
});

test('a fault that a document repeats is listed once per name, and at most a thousand times per kind', async () => {
  const faulty = { 'ceterms:url': 'https://example.org/', HasValue: true };
  const { issues } = await read({
    '@context': context,
    '@graph': Array.from({ length: 1_200 }, (_, index) => ({ '@id': `https://example.org/${index}`, ...faulty })),
  });
  const counts = Map.groupBy(issues, ({ code }) => code);
  expect(counts.get('renamed_term')).toHaveLength(1);
  expect(counts.get('unknown_key_dropped')).toHaveLength(1_000);
  expect(counts.get('issues_not_listed')?.[0]?.message).toMatch(/^200 more/);
});

test('two descriptions of one resource are put together; only a contradiction is reported', async () => {
  const owner = { '@id': 'https://example.edu/', 'ceterms:name': 'Example' };
  const agreeing = { '@context': context, '@id': iri, 'ceterms:ownedBy': owner, 'ceterms:offeredBy': owner };
  const more = { ...owner, 'ceterms:name': 'Another', 'ceterms:email': 'a@example.edu' };
  expect((await read(agreeing)).issues).toEqual([]);
  const { nodes, issues } = await read({ ...agreeing, 'ceterms:offeredBy': more });
  expect(issues.map(({ code }) => code)).toEqual(['resource_stated_twice']);
  expect(nodes[1]?.node.properties).toMatchObject({
    'ceterms:name': [{ literal: 'Example' }],
    'ceterms:email': [{ literal: 'a@example.edu' }],
  });
});

test('what a document says at its top counts before what it says in passing', async () => {
  const { nodes } = await read({
    '@context': context,
    '@graph': [
      { '@id': iri, 'ceterms:ownedBy': { '@id': 'https://example.edu/', 'ceterms:name': 'In passing' } },
      { '@id': 'https://example.edu/', 'ceterms:name': 'At the top' },
    ],
  });
  expect(nodes[1]).toMatchObject({
    primary: true,
    node: { properties: { 'ceterms:name': [{ literal: 'At the top' }] } },
  });
});

test('a node with a CTID and no IRI gets the IRI of the registry, at the top and embedded', async () => {
  const { nodes } = await read({
    '@context': context,
    'ceterms:ctid': ctid.toUpperCase(),
    'ceterms:ownedBy': { 'ceterms:ctid': `urn:ctid:${ctid.replace('0b7b', '1b7b')}`, 'ceterms:name': 'Owner' },
  });
  expect(nodes.map(({ node }) => node.uri)).toEqual([iri, iri.replace('0b7b', '1b7b')]);
});

test('a blank node that is described where it is embedded is found from elsewhere', async () => {
  const { nodes, issues } = await read({
    '@context': context,
    '@id': iri,
    'ceterms:ownedBy': ['_:o'],
    'ceterms:offeredBy': [{ '@id': '_:o', '@type': 'ceterms:Organization', 'ceterms:name': 'Owner' }],
  });
  const owner = { node: { properties: { 'ceterms:name': [{ literal: 'Owner' }] } } };
  expect(issues).toEqual([]);
  expect(nodes[0]?.node.properties).toMatchObject({ 'ceterms:ownedBy': [owner], 'ceterms:offeredBy': [owner] });
});

test('what is left of a blank node label names its document, so that two documents never meet in it', async () => {
  const document = { '@context': context, '@id': iri, 'ceterms:ownedBy': ['_:gone'] };
  const [one] = (await read(document)).nodes;
  const [other] = (await read({ ...document, '@id': 'https://example.org/2' })).nodes;
  expect(one?.node.properties['ceterms:ownedBy']).toMatchObject([{ reference: `_:${ctid}.gone` }]);
  expect(other?.node.properties['ceterms:ownedBy']).not.toEqual(one?.node.properties['ceterms:ownedBy']);
});

test('relative identifiers are resolved against the address of the document, when that is given', async () => {
  const document = {
    '@context': context,
    '@graph': [
      { '@id': '#course', '@type': 'ceterms:Course', 'ceterms:ownedBy': ['/about', 'Georgia DOE'] },
      { '@id': iri, 'ceterms:hasPart': ['#course'] },
    ],
  };
  const based = await read(document, 'https://example.edu/catalog');
  expect(based.nodes.map(({ node }) => node.uri)).toEqual(['https://example.edu/catalog#course', iri]);
  expect(based.nodes[0]?.node.properties['ceterms:ownedBy']).toMatchObject([
    { reference: 'https://example.edu/about' },
    { literal: 'Georgia DOE' },
  ]);
  expect(based.nodes[1]?.node.properties['ceterms:hasPart']).toMatchObject([
    { reference: 'https://example.edu/catalog#course' },
  ]);
  const alone = await read(document);
  expect(alone.nodes[0]?.node.properties['ceterms:hasPart']).toMatchObject([{ node: { types: ['ceterms:Course'] } }]);
});

test('what only the full algorithm reads has its positions too', async () => {
  const { nodes, method } = await read({
    '@context': [context, { '@vocab': 'https://example.org/terms#' }],
    '@graph': [{ '@id': iri, 'ceterms:name': { de: 'Schweißer', en: 'Welder' }, note: ['first', null, 'second'] }],
  });
  expect(method).toBe('jsonld');
  expect(nodes[0]?.node).toMatchObject({
    path: '/@graph/0',
    properties: {
      'ceterms:name': [
        { literal: 'Schweißer', language: 'de', path: '/@graph/0/ceterms:name/de' },
        { literal: 'Welder', language: 'en', path: '/@graph/0/ceterms:name/en' },
      ],
      'https://example.org/terms#note': [
        { literal: 'first', path: '/@graph/0/note/0' },
        { literal: 'second', path: '/@graph/0/note/2' },
      ],
    },
  });
});

test('the payloads of 2017, with a context of their own and a language for all text, are read by table', async () => {
  const { nodes, method, issues } = await read({
    '@context': {
      ceterms: 'http://purl.org/ctdl/terms/',
      orgType: 'http://purl.org/ctdl/vocabs/orgType/',
      '@language': 'en-US',
    },
    '@type': 'ceterms:CredentialOrganization',
    '@id': iri,
    'ceterms:name': 'Example Board',
    'ceterms:agentType': [
      { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': { '@id': 'orgType:Business' } },
    ],
  });
  expect(method).toBe('table');
  expect(issues.map(({ code }) => code)).toEqual(['http_namespace']);
  expect(nodes[0]?.node).toMatchObject({
    types: ['ceterms:CredentialOrganization'],
    properties: {
      'ceterms:name': [{ literal: 'Example Board', language: 'en-us', path: '/ceterms:name' }],
      'ceterms:agentType': [
        {
          node: {
            properties: { 'ceterms:targetNode': [{ reference: 'https://purl.org/ctdl/vocabs/orgType/Business' }] },
          },
        },
      ],
    },
  });
});

test('shared blank nodes and cycles end within the caps, and say so', async () => {
  const levels = Array.from({ length: 40 }, (_, level) => ({
    '@id': `_:${level}`,
    'ceterms:requires': Array.from({ length: 40 }, () => `_:${level + 1}`),
  }));
  const { nodes, issues } = await read({
    '@context': context,
    '@graph': [{ '@id': iri, 'ceterms:requires': '_:0' }, ...levels],
  });
  expect(issues.map(({ code }) => code)).toContain('nesting_cut');
  expect(valuesIn(nodes[0]!.node)).toBeLessThan(300_000);
});

test('a resource embedded in a blank node that it points at itself is read once', async () => {
  const { nodes, issues } = await read({
    '@context': context,
    '@graph': [
      { '@id': iri, 'ceterms:requires': ['_:c', '_:c'] },
      { '@id': '_:c', 'ceterms:targetCredential': { '@id': 'https://example.org/2', 'ceterms:requires': '_:c' } },
    ],
  });
  expect(nodes.map(({ node }) => node.uri)).toEqual([iri, 'https://example.org/2']);
  expect(issues).toEqual([]);
});

test.each([
  ['lists', (inner: unknown): unknown => [inner]],
  ['list objects', (inner: unknown): unknown => ({ '@list': inner })],
  ['blank nodes', (inner: unknown): unknown => ({ 'ceterms:hasPart': inner })],
  ['envelope-like maps', (inner: unknown): unknown => ({ '@value': inner })],
])('%s in one another without end are cut or refused, never a crash', async (_what, wrap) => {
  let deep: unknown = 'end';
  for (let level = 0; level < 100_000; level += 1) deep = wrap(deep);
  const { nodes } = await read({ '@context': context, '@id': iri, 'ceterms:hasPart': deep });
  expect(nodes.length).toBe(1);
});

test('embedding without end is read to the end when the parts have names of their own, and cut when they have none', async () => {
  const chain = (part: (level: number) => object) => {
    let inner: object = part(0);
    for (let level = 1; level < 5_000; level += 1) inner = { ...part(level), 'ceterms:hasPart': inner };
    return { '@context': context, '@id': iri, 'ceterms:hasPart': inner };
  };
  const named = await read(chain((level) => ({ '@id': `https://example.org/${level}`, '@type': 'ceterms:Course' })));
  expect(named.nodes).toHaveLength(5_001);
  const anonymous = await read(chain(() => ({ '@type': 'ceterms:Course' })));
  expect(anonymous.issues.map(({ code }) => code)).toEqual(['nesting_cut']);
});

function valuesIn(node: GraphNode): number {
  const size = (value: GraphValue): number => ('node' in value ? 1 + valuesIn(value.node) : 1);
  return Object.values(node.properties).reduce(
    (sum, values) => sum + values.reduce((all, each) => all + size(each), 0),
    0,
  );
}
