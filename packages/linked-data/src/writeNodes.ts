import type { GraphLiteral, GraphNode, GraphValue } from '@credatlas/model';
import { DataFactory, type Quad, type Quad_Object, type Quad_Subject, Writer } from 'n3';
import { mergedContext } from './contexts.ts';

/** Formats that say the same of stored nodes. */
export type NodeFormat = 'application/ld+json' | 'text/turtle' | 'application/n-quads';

const namespaces = new Map(
  Object.entries({ schema: 'https://schema.org/', ...mergedContext }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].includes(':'),
  ),
);

/**
 * Nodes as a document of their own, which needs no context from elsewhere: of one an object, of several an array. `blanks` begins the
 * names of blank nodes, so that documents with different ones can be joined.
 */
export function writeNodes(nodes: readonly GraphNode[], format: NodeFormat, blanks = 'b'): string {
  if (format === 'application/ld+json') {
    const documents = nodes.map(jsonLd);
    return JSON.stringify(documents.length === 1 ? documents[0] : documents);
  }
  const quads = new QuadList(blanks);
  for (const node of nodes) quads.add(node);
  if (format === 'application/n-quads') return new Writer({ format }).quadsToString(quads.list);
  return turtle(quads.list);
}

function turtle(quads: Quad[]): string {
  const iris = new Writer({ format: 'application/n-quads' }).quadsToString(quads);
  const used = [...namespaces].filter(([, namespace]) => iris.includes(`<${namespace}`));
  let text = '';
  const write = (piece: string, _encoding: string, done?: () => void): void => {
    text += piece;
    done?.();
  };
  const writer = new Writer({ write, end: (done?: () => void) => done?.() } as never, {
    prefixes: Object.fromEntries(used),
  });
  writer.addQuads(quads);
  writer.end();
  return text;
}

/** A node with just the prefixes that it uses as its context. */
function jsonLd(node: GraphNode): object {
  const used = new Set<string>();
  const named = (name: string): string => {
    const prefix = prefixOf(name);
    if (prefix) used.add(prefix);
    return name;
  };
  const written = (each: GraphNode): object => ({
    ...(each.uri ? { '@id': each.uri } : {}),
    ...(each.types.some(isName) ? { '@type': each.types.filter(isName).map(named) } : {}),
    ...Object.fromEntries(propertiesOf(each).map(([name, values]) => [named(name), values.map(termOf)])),
  });
  const termOf = (value: GraphValue): object => {
    if ('node' in value) return written(value.node);
    if ('reference' in value)
      return isIri(value.reference) ? { '@id': value.reference } : { '@value': value.reference };
    const { literal, language, datatype } = value;
    if (language) return { '@value': String(literal), '@language': language };
    return datatype && datatype !== 'xsd:string'
      ? { '@value': String(literal), '@type': named(datatype) }
      : { '@value': literal };
  };
  const content = written(node);
  const context = Object.fromEntries([...used].sort().map((prefix) => [prefix, namespaces.get(prefix)!]));
  return { '@context': context, ...content };
}

/** The same statements as quads of the default graph. */
class QuadList {
  readonly list: Quad[] = [];
  readonly #blanks: string;
  #named = 0;

  constructor(blanks: string) {
    this.#blanks = blanks;
  }

  add(node: GraphNode): Quad_Subject {
    const subject = node.uri
      ? DataFactory.namedNode(node.uri)
      : DataFactory.blankNode(`${this.#blanks}${this.#named++}`);
    const say = (property: string, object: Quad_Object): void =>
      void this.list.push(DataFactory.quad(subject, DataFactory.namedNode(property), object));
    for (const type of node.types.filter(isName)) say(rdfType, DataFactory.namedNode(wholeIri(type)));
    for (const [name, values] of propertiesOf(node))
      for (const value of values) say(wholeIri(name), this.#object(value));
    return subject;
  }

  #object(value: GraphValue): Quad_Object {
    if ('node' in value) return this.add(value.node) as Quad_Object;
    if ('literal' in value) return literalOf(value);
    return isIri(value.reference) ? DataFactory.namedNode(value.reference) : DataFactory.literal(value.reference);
  }
}

const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

/** Numbers and truth values without a datatype become what JSON-LD makes of them (JSON-LD 1.1 API §8.6). */
function literalOf({ literal, language, datatype }: GraphLiteral): Quad_Object {
  if (language) return DataFactory.literal(String(literal), language);
  if (datatype) return DataFactory.literal(String(literal), DataFactory.namedNode(wholeIri(datatype)));
  if (typeof literal === 'boolean') return DataFactory.literal(String(literal), DataFactory.namedNode(`${xsd}boolean`));
  if (typeof literal === 'string') return DataFactory.literal(literal);
  if (Number.isInteger(literal)) return DataFactory.literal(String(literal), DataFactory.namedNode(`${xsd}integer`));
  const double = literal.toExponential(15).replace(/(\d)0*e\+?/, '$1E');
  return DataFactory.literal(double, DataFactory.namedNode(`${xsd}double`));
}

function prefixOf(name: string): string | undefined {
  const [, prefix] = /^([\w-]+):(?!\/\/)/.exec(name) ?? [];
  return prefix !== undefined && namespaces.has(prefix) ? prefix : undefined;
}

function wholeIri(name: string): string {
  const prefix = prefixOf(name);
  return prefix === undefined ? name : namespaces.get(prefix)! + name.slice(prefix.length + 1);
}

function propertiesOf({ properties }: GraphNode): [string, GraphValue[]][] {
  return Object.entries(properties).filter(([name]) => isName(name));
}

/** What a document calls by no IRI says nothing in RDF. */
function isName(name: string): boolean {
  return isIri(wholeIri(name));
}

/** RDF has no other references (RFC 3987, as N-Quads writes it). */
function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(text);
}
