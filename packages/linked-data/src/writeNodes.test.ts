import type { GraphNode } from '@credatlas/model';
import jsonld from 'jsonld';
import { Parser } from 'n3';
import { expect, test } from 'vitest';
import { canonicalForm, writeNodes } from './index.ts';

const badge: GraphNode = {
  uri: 'https://example.org/badge',
  types: ['ceterms:Badge', 'NoIri'],
  path: '',
  properties: {
    'ceterms:name': [
      { literal: 'Löten "fein"\n', language: 'de', path: '' },
      { literal: 'Soldering', language: 'en-us', path: '' },
    ],
    'ceterms:ctid': [{ literal: 'ce-1', datatype: 'xsd:string', path: '' }],
    'ceterms:dateEffective': [{ literal: '2026-01-31', datatype: 'xsd:date', path: '' }],
    'ceterms:isProctored': [{ literal: true, path: '' }],
    'ceterms:price': [
      { literal: 100, path: '' },
      { literal: 99.5, path: '' },
    ],
    'ceterms:ownedBy': [
      { reference: 'https://example.org/org', path: '' },
      { reference: 'no iri', path: '' },
    ],
    'ceterms:requires': [
      {
        path: '',
        node: { types: [], path: '', properties: { 'ceterms:name': [{ literal: 'none', path: '' }] } },
      },
    ],
    'no iri': [{ literal: 'x', path: '' }],
  },
};

const expected = `
<https://example.org/badge> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.org/ctdl/terms/Badge> .
<https://example.org/badge> <https://purl.org/ctdl/terms/name> "Löten \\"fein\\"\\n"@de .
<https://example.org/badge> <https://purl.org/ctdl/terms/name> "Soldering"@en-us .
<https://example.org/badge> <https://purl.org/ctdl/terms/ctid> "ce-1" .
<https://example.org/badge> <https://purl.org/ctdl/terms/dateEffective> "2026-01-31"^^<http://www.w3.org/2001/XMLSchema#date> .
<https://example.org/badge> <https://purl.org/ctdl/terms/isProctored> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<https://example.org/badge> <https://purl.org/ctdl/terms/price> "100"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://example.org/badge> <https://purl.org/ctdl/terms/price> "9.95E1"^^<http://www.w3.org/2001/XMLSchema#double> .
<https://example.org/badge> <https://purl.org/ctdl/terms/ownedBy> <https://example.org/org> .
<https://example.org/badge> <https://purl.org/ctdl/terms/ownedBy> "no iri" .
_:r7x0 <https://purl.org/ctdl/terms/name> "none" .
<https://example.org/badge> <https://purl.org/ctdl/terms/requires> _:r7x0 .
`;

test('N-Quads say each statement once, blank nodes named apart', () => {
  expect(writeNodes([badge], 'application/n-quads', 'r7x').trim().split('\n').sort()).toEqual(
    expected.trim().split('\n').sort(),
  );
});

test('JSON-LD and Turtle say the same, and need nothing from elsewhere', async () => {
  const quads = writeNodes([badge], 'application/n-quads');
  const hash = async (document: string) => {
    const expanded = (await jsonld.expand(JSON.parse(document))) as object[];
    return (await canonicalForm(expanded)).quads;
  };
  const fromQuads = await jsonld.canonize(
    quads as never,
    { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads' } as object,
  );
  const written = writeNodes([badge], 'application/ld+json');
  expect(await hash(written)).toBe(fromQuads);
  expect(JSON.parse(written)['@context']).toEqual({
    ceterms: 'https://purl.org/ctdl/terms/',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
  });
  const turtle = writeNodes([badge], 'text/turtle');
  expect(turtle).toContain('@prefix ceterms: <https://purl.org/ctdl/terms/>.');
  expect(turtle).not.toContain('@prefix skos:');
  const parsed = new Parser({ format: 'text/turtle' }).parse(turtle);
  expect(parsed).toHaveLength(12);
  const back = new Parser({ format: 'application/n-quads' }).parse(quads);
  const said = (list: typeof parsed) =>
    list
      .map(({ predicate, object }) => `${predicate.value} ${object.termType === 'BlankNode' ? '_' : object.value}`)
      .sort();
  expect(said(parsed)).toEqual(said(back));
});

test('several nodes are an array of JSON-LD', () => {
  const list = JSON.parse(writeNodes([badge, badge], 'application/ld+json'));
  expect(list).toHaveLength(2);
  expect(list[1]['@id']).toBe('https://example.org/badge');
});
