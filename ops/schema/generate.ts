// Writes the tables of terms that the program carries, from a folder that holds the published CTDL schemas and contexts, one folder per
// version (2026-08/ctdl-schema.json and the like); of each file the newest version counts. Facts only: terms, labels, relations.
// Usage: node ops/run.mjs node ops/schema/generate.ts FOLDER     e.g. …/ctdl-schema
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

interface Term {
  '@id': string;
  '@type': string;
  [property: string]: unknown;
}

type Context = Record<string, string | { '@id'?: string; '@type'?: string; '@container'?: string }>;

/** File path in the repository → its generated text. */
export function generatedFiles(folder: string): Map<string, string> {
  const files = newestFiles(folder);
  const context = readContext(files.get('ctdl-context.json') ?? '');
  const asnContext = readContext(files.get('ctdlasn-context.json') ?? '');
  const terms = readTerms(files);
  const everyContext = { ...asnContext, ...context };
  const source = [...files.values()].map((file) => relative(folder, file)).join(', ');
  const table = (name: string, facts: string, entries: Record<string, unknown>): string =>
    tableText({ declaration: `${name}: ${facts}`, source, entries });
  return new Map([
    [
      'packages/ctdl/src/generated/classes.ts',
      table('classes', 'Readonly<Record<string, ClassFacts>>', classes(terms)),
    ],
    [
      'packages/ctdl/src/generated/properties.ts',
      table('properties', 'Readonly<Record<string, PropertyFacts>>', properties(terms, everyContext)),
    ],
    [
      'packages/ctdl/src/generated/concepts.ts',
      table('concepts', 'Readonly<Record<string, ConceptFacts>>', concepts(terms)),
    ],
    [
      'packages/ctdl/src/generated/conceptSchemes.ts',
      table('conceptSchemes', 'Readonly<Record<string, SchemeFacts>>', conceptSchemes(terms)),
    ],
    ['packages/ctdl/src/generated/schemaVersions.ts', versionsText(folder, files)],
    ['packages/linked-data/src/generated/ctdlContext.ts', table('ctdlContext', 'ContextFacts', context)],
    ['packages/linked-data/src/generated/ctdlAsnContext.ts', table('ctdlAsnContext', 'ContextFacts', asnContext)],
  ]);
}

/** In the order in which they count: CTDL's own words before those of QData, whose last published schema is old. */
const files = [
  'ctdl-schema.json',
  'ctdlasn-schema.json',
  'qdata-schema.json',
  'ctdl-context.json',
  'ctdlasn-context.json',
];

function newestFiles(folder: string): Map<string, string> {
  const versions = readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}$/.test(name))
    .sort()
    .reverse();
  return new Map(
    files.map((file) => {
      const version = versions.find((each) => existsSync(join(folder, each, file))) ?? '';
      return [file, join(folder, version, file)];
    }),
  );
}

function readTerms(paths: Map<string, string>): Term[] {
  const byId = new Map<string, Term>();
  for (const file of ['ctdl-schema.json', 'ctdlasn-schema.json'])
    for (const term of readGraph(paths.get(file) ?? '')) byId.set(term['@id'], merged(byId.get(term['@id']), term));
  for (const term of readGraph(paths.get('qdata-schema.json') ?? ''))
    if (!byId.has(term['@id'])) byId.set(term['@id'], term);
  return [...byId.values()].sort((a, b) => (a['@id'] < b['@id'] ? -1 : 1));
}

function readGraph(file: string): Term[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { '@graph': Term[] })['@graph'];
}

function readContext(file: string): Context {
  const context = (JSON.parse(readFileSync(file, 'utf8')) as { '@context': Context })['@context'];
  return Object.fromEntries(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The two encodings declare some terms twice, each with its own half of the domains. */
function merged(first: Term | undefined, second: Term): Term {
  if (!first) return second;
  const union = { ...first, ...second };
  for (const key of ['schema:domainIncludes', 'schema:rangeIncludes', 'rdfs:subClassOf', 'rdfs:subPropertyOf']) {
    const values = [...new Set([...list(first, key), ...list(second, key)])].sort();
    if (values.length > 0) union[key] = values;
  }
  return union;
}

function classes(terms: Term[]): Record<string, unknown> {
  return pick(terms, 'rdfs:Class', (term) => ({
    label: label(term, 'rdfs:label'),
    status: status(term),
    parents: list(term, 'rdfs:subClassOf'),
    equivalents: list(term, 'owl:equivalentClass'),
  }));
}

/** Those of the schemas, and those that only the contexts know: newer words of QData, and older ones that are still read. */
function properties(terms: Term[], context: Context): Record<string, unknown> {
  const declared = pick(terms, 'rdf:Property', (term) => ({
    label: label(term, 'rdfs:label'),
    status: status(term),
    coercion: coercion(context[term['@id']]),
    domain: list(term, 'schema:domainIncludes').sort(),
    range: list(term, 'schema:rangeIncludes').sort(),
    parents: list(term, 'rdfs:subPropertyOf'),
    inverse: list(term, 'owl:inverseOf'),
    schemes: list(term, 'meta:targetScheme'),
    equivalents: list(term, 'owl:equivalentProperty'),
  }));
  const names = Object.keys(context).filter((name) => /^(ceterms|ceasn|qdata|asn):/.test(name) && !(name in declared));
  const undeclared = names.map((name) => [
    name,
    { label: '', status: 'undeclared', coercion: coercion(context[name]) },
  ]);
  return Object.fromEntries(
    Object.entries({ ...declared, ...Object.fromEntries(undeclared) }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function concepts(terms: Term[]): Record<string, unknown> {
  return pick(terms, 'skos:Concept', (term) => ({
    label: label(term, 'skos:prefLabel'),
    status: status(term),
    scheme: list(term, 'skos:inScheme')[0] ?? '',
    broader: list(term, 'skos:broader'),
    equivalents: list(term, 'owl:equivalentClass'),
  }));
}

function conceptSchemes(terms: Term[]): Record<string, unknown> {
  return pick(terms, 'skos:ConceptScheme', (term) => ({ label: label(term, 'rdfs:label'), status: status(term) }));
}

/** Year and month at which each schema was retrieved, by the folder that holds it. */
function versionsText(folder: string, paths: Map<string, string>): string {
  const versionOf = (file: string): string => relative(folder, paths.get(file) ?? '').slice(0, 7);
  return [
    '// Generated by ops/schema/generate.ts; do not edit.',
    '/** Year and month of the published schemas that the tables hold. */',
    'export const schemaVersions = {',
    `  ctdl: '${versionOf('ctdl-schema.json')}',`,
    `  ctdlAsn: '${versionOf('ctdlasn-schema.json')}',`,
    `  qdata: '${versionOf('qdata-schema.json')}',`,
    '} as const;',
    '',
  ].join('\n');
}

function pick(terms: Term[], type: string, facts: (term: Term) => Record<string, unknown>): Record<string, unknown> {
  const chosen = terms.filter((term) => term['@type'] === type);
  return Object.fromEntries(chosen.map((term) => [term['@id'], withoutEmpty(facts(term))]));
}

function withoutEmpty(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}

function coercion(definition: Context[string] | undefined): string {
  if (typeof definition !== 'object') return 'none';
  return definition['@container'] === '@language' ? 'language' : (definition['@type'] ?? 'none');
}

function label(term: Term, property: string): string {
  return (term[property] as Record<string, string> | undefined)?.['en-US'] ?? '';
}

function status(term: Term): string {
  return String(term['vs:term_status'] ?? '').replace('vs:', '');
}

function list(term: Term, property: string): string[] {
  const value = term[property];
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return values.map((each) => (typeof each === 'string' ? each : String((each as { '@id'?: string })['@id'] ?? '')));
}

function tableText({ declaration, source, entries }: { declaration: string; source: string; entries: object }): string {
  const rows = Object.entries(entries).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const facts = /(\w+Facts)/.exec(declaration)?.[1];
  return [
    `// Generated by ops/schema/generate.ts from ${source}; do not edit.`,
    `import type { ${facts} } from '../facts.ts';`,
    '',
    `export const ${declaration} = {`,
    ...rows,
    '};',
    '',
  ].join('\n');
}

if (import.meta.main) {
  for (const [file, text] of generatedFiles(process.argv[2] ?? '.'))
    writeFileSync(join(import.meta.dirname, '..', '..', file), text);
}
