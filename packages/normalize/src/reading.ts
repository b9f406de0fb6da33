import { canonicalIri, readConcept, referenceKey } from '@credatlas/ctdl';
import type { GraphLiteral, GraphNode, GraphValue, LanguageMap } from '@credatlas/model';

/** A text and where it stands. */
export interface Stated {
  text: string;
  language?: string;
  path: string;
}

/** Most properties are absent from most nodes: what asks for them gets this, and allocates nothing. */
const none: readonly never[] = [];

export function literals(node: GraphNode, property: string): readonly Stated[] {
  const values = node.properties[property];
  if (!values) return none;
  const found: Stated[] = [];
  for (const value of values) if ('literal' in value) found.push(stated(value));
  return found;
}

/** The first literal, without reading the others. */
export function literalOf(node: GraphNode, property: string): Stated | undefined {
  const values = node.properties[property];
  if (!values) return undefined;
  for (const value of values) if ('literal' in value) return stated(value);
  return undefined;
}

function stated(value: GraphLiteral): Stated {
  const { language, path } = value;
  return language ? { text: written(value), language, path } : { text: written(value), path };
}

function written({ literal }: GraphLiteral): string {
  return typeof literal === 'string' ? literal.trim() : String(literal);
}

/** Properties that name a thing, in the order in which they are believed. */
const namingProperties = [
  'ceterms:name',
  'ceasn:name',
  'ceasn:competencyLabel',
  'ceasn:competencyText',
  'skos:prefLabel',
  'schema:name',
];

export function nameOf(node: GraphNode): string | undefined {
  for (const property of namingProperties) {
    const name = plainTextOf(node, property);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The text that English readers get: English, else without language, else the first. */
export function textOf(node: GraphNode, property: string): Stated | undefined {
  const best = literalForEnglish(node, property);
  return best && stated(best);
}

/** The same without its place. */
export function plainTextOf(node: GraphNode, property: string): string | undefined {
  const best = literalForEnglish(node, property);
  return best && written(best);
}

function literalForEnglish(node: GraphNode, property: string): GraphLiteral | undefined {
  const values = node.properties[property];
  if (!values) return undefined;
  let best: GraphLiteral | undefined;
  for (const value of values) {
    if (!('literal' in value)) continue;
    if (value.language?.startsWith('en')) return value;
    if (!best || (best.language && !value.language)) best = value;
  }
  return best;
}

/** First text of each language; `und` where none is given. */
export function languageMapOf(node: GraphNode, property: string): LanguageMap {
  const map: LanguageMap = {};
  for (const value of node.properties[property] ?? none)
    if ('literal' in value) map[(value.language || 'und').replace(':', '-')] ??= written(value);
  return map;
}

export function numberOf(node: GraphNode, property: string): { value: number; path: string } | undefined {
  const stated = literalOf(node, property);
  if (!stated || stated.text === '') return undefined;
  const value = Number(stated.text.replaceAll(',', ''));
  return Number.isFinite(value) ? { value, path: stated.path } : undefined;
}

export function booleanOf(node: GraphNode, property: string): boolean | undefined {
  const text = literalOf(node, property)?.text.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** IRIs, wherever they are written: as references, or as plain text. */
export function irisOf(node: GraphNode, property: string): readonly { iri: string; path: string }[] {
  const values = node.properties[property];
  if (!values) return none;
  const found: { iri: string; path: string }[] = [];
  for (const value of values) {
    const iri = writtenIri(value);
    if (absoluteIri.test(iri)) found.push({ iri, path: value.path });
  }
  return found;
}

/** The first IRI, without reading the others. */
export function iriOf(node: GraphNode, property: string): string | undefined {
  const values = node.properties[property];
  if (!values) return undefined;
  for (const value of values) {
    const iri = writtenIri(value);
    if (absoluteIri.test(iri)) return iri;
  }
  return undefined;
}

const absoluteIri = /^[a-z][a-z0-9+.-]*:[^\s]+$/i;

function writtenIri(value: GraphValue): string {
  if ('reference' in value) return value.reference;
  return 'literal' in value ? String(value.literal).trim() : (value.node.uri ?? '');
}

export function embedded(node: GraphNode, property: string): readonly GraphNode[] {
  const values = node.properties[property];
  if (!values) return none;
  const found: GraphNode[] = [];
  for (const value of values) if ('node' in value) found.push(value.node);
  return found;
}

/** A controlled term in any of its shapes: alignment object, bare concept, IRI or label. */
export interface Alignment {
  uri?: string;
  code?: string;
  label?: string;
  labels?: LanguageMap;
  framework?: string;
  frameworkName?: string;
  weight?: number;
  path: string;
}

export function alignments(node: GraphNode, property: string): readonly Alignment[] {
  return node.properties[property]?.map(alignmentOf) ?? none;
}

const alignmentNames = [
  'ceterms:targetNodeName',
  'ceasn:competencyLabel',
  'ceasn:competencyText',
  'skos:prefLabel',
  'ceterms:name',
];

export function alignmentOf(value: GraphValue): Alignment {
  if ('literal' in value) return { label: String(value.literal).trim(), path: value.path };
  if ('reference' in value) return { uri: value.reference, path: value.path };
  const { node, path } = value;
  const found: Alignment = { path };
  const uri = iriOf(node, 'ceterms:targetNode');
  if (uri) found.uri = canonicalIri(uri);
  const code = (literalOf(node, 'ceterms:codedNotation') ?? literalOf(node, 'ceasn:codedNotation'))?.text;
  if (code) found.code = code;
  const name = alignmentNames.find((each) => node.properties[each]);
  if (name) {
    found.label = plainTextOf(node, name) ?? '';
    found.labels = languageMapOf(node, name);
  }
  const framework = iriOf(node, 'ceterms:framework');
  if (framework) found.framework = framework;
  const frameworkName = plainTextOf(node, 'ceterms:frameworkName') ?? literalOf(node, 'ceterms:framework')?.text;
  if (frameworkName) found.frameworkName = frameworkName;
  const weight = numberOf(node, 'ceterms:weight')?.value;
  if (weight !== undefined) found.weight = weight;
  return found;
}

/** A concept as our records name it, and whether its scheme knows it. */
export interface ConceptTerm {
  term: string;
  known: boolean;
  path: string;
}

/** Concept terms of a property (`InPerson`), read within its scheme; what is no concept keeps its label. */
export function conceptTerms(node: GraphNode, property: string, scheme: string): readonly ConceptTerm[] {
  const values = node.properties[property];
  if (!values) return none;
  const found: ConceptTerm[] = [];
  for (const value of values) {
    const term = conceptTerm(value, scheme);
    if (term) found.push(term);
  }
  return found;
}

/** The first of them alone. */
export function firstTerm(node: GraphNode, property: string, scheme: string): string | undefined {
  const values = node.properties[property];
  if (!values) return undefined;
  for (const value of values) {
    const found = conceptTerm(value, scheme);
    if (found) return found.term;
  }
  return undefined;
}

/** All of them, without their places. */
export function termNames(node: GraphNode, property: string, scheme: string): string[] {
  return conceptTerms(node, property, scheme).map(({ term }) => term);
}

function conceptTerm(value: GraphValue, scheme: string): ConceptTerm | undefined {
  const { path } = value;
  const uri = conceptUri(value);
  const named = uri ? readConcept(uri, scheme) : undefined;
  if (named) return { term: named.term, known: true, path };
  const label = conceptName(value);
  const concept = label ? readConcept(label, scheme) : undefined;
  if (concept) return { term: concept.term, known: true, path };
  const term = label || uri;
  return term ? { term, known: false, path } : undefined;
}

function conceptUri(value: GraphValue): string | undefined {
  if ('literal' in value) return undefined;
  if ('reference' in value) return value.reference;
  const uri = iriOf(value.node, 'ceterms:targetNode');
  return uri === undefined ? undefined : canonicalIri(uri);
}

function conceptName(value: GraphValue): string | undefined {
  if ('literal' in value) return String(value.literal).trim();
  if ('reference' in value) return undefined;
  const name = alignmentNames.find((each) => value.node.properties[each]);
  return name === undefined ? undefined : plainTextOf(value.node, name);
}

/** Identity key behind a value, when it points at a resource. */
export function keyOf(value: GraphValue): string | undefined {
  if ('reference' in value) return referenceKey(value.reference);
  return 'node' in value && value.node.uri ? referenceKey(value.node.uri) : undefined;
}
