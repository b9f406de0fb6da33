// Writes the tables of terms that the program carries, from a folder that holds the published CTDL schema and context files
// (ctdl-schema.json, ctdlasn-schema.json, ctdl-context.json, ctdlasn-context.json). Facts only: terms, IRIs, labels, relations.
// Usage: node ops/run.mjs node ops/schema/generate.ts FOLDER VERSION     e.g. …/ctdl-schema/2026-08 2026-08
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Term {
  '@id': string;
  '@type': string;
  [property: string]: unknown;
}

type Context = Record<string, string | { '@id'?: string; '@type'?: string; '@container'?: string }>;

/** File path in the repository → its generated text. */
export function generatedFiles(folder: string, version: string): Map<string, string> {
  const terms = ['ctdl-schema.json', 'ctdlasn-schema.json'].flatMap((file) => readGraph(join(folder, file)));
  const byId = new Map<string, Term>();
  for (const term of terms) byId.set(term['@id'], merged(byId.get(term['@id']), term));
  const sorted = [...byId.values()].sort((a, b) => (a['@id'] < b['@id'] ? -1 : 1));
  const context = readContext(join(folder, 'ctdl-context.json'));
  const asnContext = readContext(join(folder, 'ctdlasn-context.json'));
  return new Map([
    [
      'packages/ctdl/src/generated/classes.ts',
      table('classes: Readonly<Record<string, ClassFacts>>', version, classes(sorted)),
    ],
    [
      'packages/ctdl/src/generated/properties.ts',
      table(
        'properties: Readonly<Record<string, PropertyFacts>>',
        version,
        properties(sorted, { ...asnContext, ...context }),
      ),
    ],
    [
      'packages/ctdl/src/generated/concepts.ts',
      table('concepts: Readonly<Record<string, ConceptFacts>>', version, concepts(sorted, context)),
    ],
    ['packages/linked-data/src/generated/ctdlContext.ts', table('ctdlContext: ContextFacts', version, context)],
    [
      'packages/linked-data/src/generated/ctdlAsnContext.ts',
      table('ctdlAsnContext: ContextFacts', version, asnContext),
    ],
  ]);
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

function properties(terms: Term[], context: Context): Record<string, unknown> {
  return pick(terms, 'rdf:Property', (term) => ({
    label: label(term, 'rdfs:label'),
    status: status(term),
    coercion: coercion(context[term['@id']]),
    domain: list(term, 'schema:domainIncludes').sort(),
    range: list(term, 'schema:rangeIncludes').sort(),
    parents: list(term, 'rdfs:subPropertyOf'),
    inverse: list(term, 'owl:inverseOf'),
    schemes: list(term, 'meta:targetScheme'),
  }));
}

function concepts(terms: Term[], context: Context): Record<string, unknown> {
  return pick(terms, 'skos:Concept', (term) => {
    const id = term['@id'];
    const prefix = id.slice(0, id.indexOf(':'));
    return {
      label: label(term, 'skos:prefLabel'),
      status: status(term),
      scheme: list(term, 'skos:inScheme')[0] ?? '',
      iri: `${String(context[prefix] ?? '')}${id.slice(prefix.length + 1)}`,
      broader: list(term, 'skos:broader'),
    };
  });
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

function table(declaration: string, version: string, entries: Record<string, unknown>): string {
  const rows = Object.entries(entries).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const facts = /(\w+Facts)/.exec(declaration)?.[1];
  const source = 'ops/schema/generate.ts';
  return [
    `// Generated by ${source} from the CTDL schema of ${version}; do not edit.`,
    `import type { ${facts} } from '../facts.ts';`,
    '',
    `export const ${declaration} = {`,
    ...rows,
    '};',
    '',
  ].join('\n');
}

if (import.meta.main) {
  const [folder = '', version = ''] = process.argv.slice(2);
  for (const [file, text] of generatedFiles(folder, version))
    writeFileSync(join(import.meta.dirname, '..', '..', file), text);
}
