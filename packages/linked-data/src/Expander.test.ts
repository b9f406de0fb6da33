import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { describe, expect, test } from 'vitest';
import { ctdlAsnContext } from './generated/ctdlAsnContext.ts';
import { ctdlContext } from './generated/ctdlContext.ts';
import { Expander, GraphParser, shapeOf } from './index.ts';

const ctdl = 'https://credreg.net/ctdl/schema/context/json';
const loader = async (url: string) => ({
  documentUrl: url,
  document: { '@context': url.includes('ctdlasn') ? ctdlAsnContext : ctdlContext },
  tag: 'static',
});
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const reference = async (document: object): Promise<unknown> =>
  written(await jsonld.expand(document, { documentLoader: loader as never, base: '' }));

test('a document of the CTDL context expands as the JSON-LD algorithm says', async () => {
  const { nodes, method } = await new Expander().expand({
    '@context': ctdl,
    '@id': 'https://example.org/1',
    '@type': 'ceterms:Badge',
    'ceterms:name': { 'en-US': 'Welder' },
    'ceterms:audienceLevelType': ['audLevel:BeginnerLevel'],
    'ceterms:dateEffective': '2024-05-01',
    HasValue: true,
  });
  expect(method).toBe('table');
  expect(nodes).toEqual([
    {
      '@id': 'https://example.org/1',
      '@type': ['https://purl.org/ctdl/terms/Badge'],
      'https://purl.org/ctdl/terms/name': [{ '@value': 'Welder', '@language': 'en-us' }],
      'https://purl.org/ctdl/terms/audienceLevelType': [
        { '@id': 'https://purl.org/ctdl/vocabs/audLevel/BeginnerLevel' },
      ],
      'https://purl.org/ctdl/terms/dateEffective': [
        { '@type': 'http://www.w3.org/2001/XMLSchema#date', '@value': '2024-05-01' },
      ],
    },
  ]);
});

test('each context has a table of its own: under the CTDL-ASN context audLevel is no prefix', async () => {
  const { nodes } = await new Expander().expand({
    '@context': 'http://credreg.net/ctdlasn/schema/context/json',
    '@id': 'https://example.org/1',
    'ceasn:educationLevelType': 'audLevel:BeginnerLevel',
  });
  expect(nodes[0]?.['https://purl.org/ctdlasn/terms/educationLevelType']).toEqual([
    { '@id': 'audLevel:BeginnerLevel' },
  ]);
});

test.each([
  ['a mapping that is no IRI', { '@context': { ctdl: '[not determined yet]' }, '@id': 'https://example.org/1' }],
  ['a foreign context', { '@context': 'https://example.org/context', '@id': 'https://example.org/1' }],
  ['a keyword of the wrong form', { '@context': ctdl, '@id': 3 }],
])('%s is refused in plain words', async (_what, document) => {
  await expect(new Expander().expand(document)).rejects.toMatchObject({ code: 'not_expandable' });
});

test('nesting without end is refused, not a crash', async () => {
  let deep: object = { '@id': 'https://example.org/1' };
  for (let level = 0; level < 100_000; level += 1) deep = { 'ceterms:requires': [deep] };
  const document = { '@context': ctdl, ...deep };
  await expect(new Expander().expand(document)).rejects.toMatchObject({ code: 'not_expandable' });
});

test('whatever a document holds, the table answers as jsonld.js does or leaves it to it, and reading ends in nodes or a refusal', async () => {
  const word = fc.constantFrom('plain', '', 'two words', 'audLevel:X', 'ceterms:', 'ex:a', 'nope:a', 'a:b c', '_:b');
  const id = fc.oneof(word, fc.constantFrom('https://example.org/1', '../up', '/root', '#part', 'a/./b', '@odd', '?q'));
  const scalar = fc.oneof(word, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
  const valueObject = fc.record(
    {
      '@value': scalar,
      '@language': fc.constantFrom('en', 'en-US', 3),
      '@type': fc.constantFrom('xsd:date', 'x', '@id'),
    },
    { requiredKeys: ['@value'] },
  );
  const languageMap = fc.dictionary(
    fc.constantFrom('en', 'en-US', 'fr', 'en:us', '@none', '@id', '@value'),
    fc.oneof(fc.string(), fc.array(fc.oneof(fc.string(), fc.constant(null))), fc.constant(null), fc.integer()),
  );
  const key = fc.constantFrom(
    'ceterms:name',
    'ceterms:ownedBy',
    'ceterms:dateEffective',
    'ceterms:requires',
    'ceterms:creditValue',
    'ex:name',
    'https://purl.org/ctdl/terms/name',
    'unknown',
    'ceterms: name',
    'no:prefix',
    '@id',
    '@type',
    '@graph',
    '@index',
    '@reverse',
    '@context',
    '@set',
  );
  const { node } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      id,
      valueObject,
      languageMap,
      tie('node'),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
    node: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  }));
  const context = fc.constantFrom<unknown>(
    ctdl,
    'http://credreg.net/ctdlasn/schema/context/json',
    [ctdl, { ex: 'https://example.org/' }],
    { ceterms: 'http://purl.org/ctdl/terms/', ex: 'ceterms:x/', '@language': 'en-US' },
    {
      ceterms: 'https://purl.org/ctdl/terms/',
      'ceterms:name': { '@container': '@language' },
      ex: 'https://example.org',
    },
    { a: 'ex:', ex: 'https://example.org/', name: 'a:name', ceterms: { '@id': 'https://purl.org/ctdl/terms/' } },
  );
  const expander = new Expander();
  const parser = new GraphParser();
  await fc.assert(
    fc.asyncProperty(context, node, fc.option(id), async (stated, members, identity) => {
      const document = {
        ...(members as object),
        ...(identity === null ? {} : { '@id': identity }),
        '@context': stated,
      };
      const answer = await expander.expand(document).catch(() => undefined);
      if (answer?.method === 'table') expect(written(answer.nodes)).toEqual(await reference(document));
      await parser
        .read(document, '')
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'not_expandable' }));
    }),
    { numRuns: 1_000 },
  );
});

const shared = process.env.CREDATLAS_TEST_DATA ?? '';
const corpus = join(shared, 'ctdl-docs');

describe.skipIf(shared === '' || !existsSync(corpus))(
  'on the real documents (skipped without CREDATLAS_TEST_DATA)',
  () => {
    const documents = realDocuments();

    test('what the table expands equals jsonld.expand, and it takes nearly all of a known context', async () => {
      const expander = new Expander();
      const left: unknown[] = [];
      const registryShaped = { all: 0, left: 0 };
      let byTable = 0;
      for (const document of documents) {
        const answer = await expander.expand(document).catch(() => undefined);
        if (isRegistryShaped(document)) {
          registryShaped.all += 1;
          if (answer?.method !== 'table') registryShaped.left += 1;
        }
        if (answer?.method === 'table') {
          byTable += 1;
          expect(written(answer.nodes)).toEqual(await reference(document));
        } else if (/credreg\.net\/(ctdl|ctdlasn|qdata)/.test(JSON.stringify(document['@context'])))
          left.push(document['@id']);
      }
      expect(byTable).toBeGreaterThan(300);
      expect(left.length / byTable).toBeLessThan(0.05);
      expect(registryShaped.all).toBeGreaterThan(40);
      expect(registryShaped.left / registryShaped.all).toBeLessThanOrEqual(0.01);
    });

    test('reading by table and reading what jsonld.js expanded give the same graph where nothing needs repair', async () => {
      const parser = new GraphParser();
      let compared = 0;
      for (const document of documents) {
        const direct = await parser.read(document, '').catch(() => undefined);
        if (direct?.method !== 'table' || direct.issues.some(({ code }) => isRepair(code))) continue;
        const expanded = await parser.read(await reference(document), '');
        expect(bare(expanded.nodes)).toEqual(bare(direct.nodes));
        compared += 1;
      }
      expect(compared).toBeGreaterThan(200);
    });
  },
);

/** As the registry publishes: one of its contexts by IRI, and a graph. */
function isRegistryShaped(document: Record<string, unknown>): boolean {
  const context = document['@context'];
  return typeof context === 'string' && context.includes('credreg.net') && Array.isArray(document['@graph']);
}

/** Faults whose text standard expansion has lost or moved already. */
function isRepair(code: string): boolean {
  return !['unknown_key_dropped', 'unknown_term', 'http_namespace', 'renamed_term', 'node_without_identity'].includes(
    code,
  );
}

/** Without positions, and without the order of properties and languages, which jsonld.js sorts. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(bare(each))).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'path');
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => ({ [key]: bare(each) }));
}

function realDocuments(): Record<string, unknown>[] {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|jsonld|txt)$/.test(entry.name))
    .flatMap((entry) => {
      try {
        const text = readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(/^\uFEFF/, '');
        const { resource } = shapeOf(JSON.parse(text));
        const isDocument = typeof resource === 'object' && resource !== null && '@context' in resource;
        return isDocument ? [resource as Record<string, unknown>] : [];
      } catch {
        return [];
      }
    });
}
