import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonld from 'jsonld';
import { describe, expect, test } from 'vitest';
import { ctdlAsnContext } from './generated/ctdlAsnContext.ts';
import { ctdlContext } from './generated/ctdlContext.ts';
import { Expander, GraphParser, shapeOf } from './index.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';
const iri = `https://credentialengineregistry.org/resources/${ctid}`;
const read = async (document: unknown) => new GraphParser().read(document, '');

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
])('what standard expansion loses is kept and reported: %s', async (code, properties, name, kept) => {
  const { nodes, issues } = await read({ '@context': context, '@id': iri, '@type': 'ceterms:Badge', ...properties });
  expect(issues.map((issue) => issue.code)).toEqual([code]);
  const value = nodes[0]?.node.properties[name]?.[0];
  expect(value && ('literal' in value ? value.literal : 'reference' in value ? value.reference : value)).toBe(kept);
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

test('envelopes are unwrapped, JWT resource included, and keep their facts', () => {
  const graph = { '@context': context, '@id': iri, '@type': 'ceterms:Badge' };
  const facts = {
    envelope_id: 'e1',
    envelope_community: 'ce_registry',
    updated_at: '2024-01-02 03:04:05 UTC',
    owned_by: ctid,
  };
  const jwt = `x.${Buffer.from(JSON.stringify(graph)).toString('base64url')}.y`;
  const expected = {
    shape: 'envelope',
    resource: graph,
    pointer: '/decoded_resource',
    identity: iri,
    envelope: { community: 'ce_registry', envelopeId: 'e1', ownedBy: ctid },
    modifiedAt: '2024-01-02T03:04:05.000Z',
  };
  expect(shapeOf({ ...facts, decoded_resource: graph })).toEqual(expected);
  expect(shapeOf({ ...facts, resource: jwt })).toEqual(expected);
});

test.each([
  [null],
  [3],
  ['text'],
  [{}],
  [{ a: 1 }],
  [[]],
  [{ '@graph': [] }],
  [{ '@type': 'ceterms:Badge' }],
  [{ decoded_resource: null }],
])('nothing without identity gets one: %j', (document) => {
  expect(shapeOf(document).identity).toBeUndefined();
  expect(shapeOf(document).reason).toBeTruthy();
});

const shared = process.env.CREDATLAS_TEST_DATA ?? '';
const corpus = join(shared, 'ctdl-docs');

describe.skipIf(shared === '' || !existsSync(corpus))(
  'on the real documents (skipped without CREDATLAS_TEST_DATA)',
  () => {
    // The body of a skipped block runs all the same.
    const documents = (existsSync(corpus) ? readdirSync(corpus, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile() && /\.(json|jsonld|txt)$/.test(entry.name))
      .flatMap((entry) => {
        try {
          return [
            JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(/^\uFEFF/, '')) as unknown,
          ];
        } catch {
          return [];
        }
      })
      .flatMap((document) => {
        const { resource } = shapeOf(document);
        return typeof resource === 'object' && resource !== null && !Array.isArray(resource) && '@context' in resource
          ? [resource]
          : [];
      });
    const loader = async (url: string) => ({
      documentUrl: url,
      document: { '@context': url.includes('ctdlasn') ? ctdlAsnContext : ctdlContext },
      tag: 'static',
    });

    test('what the table expands equals jsonld.expand, for all but a few that the table leaves to it', async () => {
      const expander = new Expander();
      let byTable = 0;
      let known = 0;
      for (const document of documents) {
        if (
          !/credreg\.net\/ctdl|credreg\.net\/qdata/.test(
            JSON.stringify((document as Record<string, unknown>)['@context']),
          )
        )
          continue;
        known += 1;
        const expansion = await expander.expand(document, { pointer: '', repair: false }).catch(() => undefined);
        if (expansion?.method !== 'table') continue;
        byTable += 1;
        const expected = await jsonld.expand(document as object, { documentLoader: loader as never, base: '' });
        expect(JSON.parse(JSON.stringify(expansion.nodes))).toEqual(JSON.parse(JSON.stringify(expected)));
      }
      expect(known).toBeGreaterThan(100);
      expect(byTable / known).toBeGreaterThan(0.9);
    });
  },
);
