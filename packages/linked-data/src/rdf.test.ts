import { expect, test } from 'vitest';
import { canonicalForm, Expander, looksLikeRdf, readRdf, writeRdf } from './index.ts';

const turtle = `@prefix ceterms: <https://purl.org/ctdl/terms/> .
<https://x.example/1> a ceterms:Badge ; ceterms:name "Welder"@en ; ceterms:requires [ a ceterms:ConditionProfile ; ceterms:description "Weld." ] .
`;

test('Turtle becomes expanded nodes, and N-Quads say the same', async () => {
  const nodes = await readRdf(turtle);
  expect(nodes.find((node) => node['@id'] === 'https://x.example/1')).toMatchObject({
    '@type': ['https://purl.org/ctdl/terms/Badge'],
    'https://purl.org/ctdl/terms/name': [{ '@value': 'Welder', '@language': 'en' }],
  });
  const quads = await writeRdf(nodes, 'application/n-quads');
  expect(quads).toContain('<https://x.example/1> <https://purl.org/ctdl/terms/name> "Welder"@en .');
  const again = await readRdf(quads);
  expect((await canonicalForm(again)).sha256).toBe((await canonicalForm(nodes)).sha256);
  const written = await writeRdf(nodes, 'text/turtle', { ceterms: 'https://purl.org/ctdl/terms/' });
  expect(written).toContain('ceterms:name "Welder"@en');
});

test('statements of a named graph are read with it', async () => {
  const nodes = await readRdf(
    '<https://x.example/1> <https://purl.org/ctdl/terms/name> "Welder"@en <https://x.example/g> .',
  );
  expect(nodes).toEqual([
    {
      '@id': 'https://x.example/g',
      '@graph': [
        {
          '@id': 'https://x.example/1',
          'https://purl.org/ctdl/terms/name': [{ '@value': 'Welder', '@language': 'en' }],
        },
      ],
    },
  ]);
});

test('the canonical hash does not depend on how blank nodes are named or in what order things are said', async () => {
  const one = await readRdf('_:a <http://x/p> _:b . _:b <http://x/q> "1" .');
  const other = await readRdf('_:z <http://x/q> "1" . _:y <http://x/p> _:z .');
  const different = await readRdf('_:z <http://x/q> "2" . _:y <http://x/p> _:z .');
  expect((await canonicalForm(one)).sha256).toBe((await canonicalForm(other)).sha256);
  expect((await canonicalForm(one)).sha256).not.toBe((await canonicalForm(different)).sha256);
});

test.each([
  ['an undefined prefix', '<http://x/1> ceterms:name "a" .'],
  ['a stray comma', '<http://x/1> <http://x/p> "a", .'],
])('%s is refused with its line', async (_title, text) => {
  await expect(readRdf(text)).rejects.toMatchObject({ code: 'malformed_rdf', message: /line 1/ });
});

test('a graph made to take for ever ends in a refusal', async () => {
  const size = 24;
  const edges = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => (a === b ? '' : `_:n${a} <http://x/p> _:n${b} .`)).join('\n'),
  ).join('\n');
  await expect(canonicalForm(await readRdf(edges, 'application/n-quads'))).rejects.toMatchObject({ code: 'too_large' });
}, 20_000);

test.each([
  ['# a comment\n@prefix a: <b> .', true],
  ['<https://x.example/1> <p> "a" .', true],
  ['{"@id": "x"}', false],
  ['<html><body>', false],
])('%j looks like RDF: %s', (text, expected) => {
  expect(looksLikeRdf(text)).toBe(expected);
});

test.each([
  [
    'Open Badges 3.0.3',
    ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    'Achievement',
    'https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement',
  ],
  ['Open Badges 2.0', 'https://w3id.org/openbadges/v2', 'BadgeClass', 'https://w3id.org/openbadges#BadgeClass'],
  ['schema.org by http and with a slash', 'http://schema.org/', 'Course', 'http://schema.org/Course'],
  [
    'ELM',
    'http://data.europa.eu/snb/model/context/edc-ap',
    'Qualification',
    'http://data.europa.eu/snb/model/elm/Qualification',
  ],
  [
    'VC 1',
    'https://www.w3.org/2018/credentials/v1',
    'VerifiableCredential',
    'https://www.w3.org/2018/credentials#VerifiableCredential',
  ],
])('the context of %s is bundled', async (_title, context, type, expected) => {
  const { nodes } = await new Expander().expand({ '@context': context, id: 'https://x.example/1', type });
  expect(nodes[0]).toMatchObject({ '@type': [expected] });
});
