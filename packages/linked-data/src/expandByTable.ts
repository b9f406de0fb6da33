import type { ContextTable, Term } from './ContextTable.ts';
import { asArray, isObject } from './pointer.ts';

export type Expanded = Record<string, unknown>;

/** Thrown inside this package only: the document needs the full algorithm. */
export class NeedsFullAlgorithm extends Error {}

/** Deeper nesting is left to the full algorithm and its caps. */
const maxDepth = 100;
/** What resolving against an empty base leaves alone. */
const plainRelative = /^\w[\w -]*$/;

/** JSON-LD expansion of one document by looking terms up: the answer of `jsonld.expand`, or undefined when it takes more than the table says. Linear. */
export function expandByTable(document: Record<string, unknown>, table: ContextTable): Expanded[] | undefined {
  try {
    const node = expandNode(document, { table, context: document['@context'], depth: 0, isTop: true });
    const keys = Object.keys(node);
    if (keys.length === 1 && keys[0] === '@graph') return node['@graph'] as Expanded[];
    return isDropped(node) ? [] : [node];
  } catch (error) {
    if (error instanceof NeedsFullAlgorithm) return undefined;
    throw error;
  }
}

interface At {
  table: ContextTable;
  /** The document's own: naming the same IRI again inside changes nothing. */
  context: unknown;
  depth: number;
  isTop?: boolean;
}

function expandNode(value: Record<string, unknown>, at: At): Expanded {
  if (at.depth > maxDepth) throw new NeedsFullAlgorithm();
  const node: Expanded = {};
  const inner = { table: at.table, context: at.context, depth: at.depth + 1 };
  for (const key of Object.keys(value)) {
    if (key.startsWith('@')) {
      expandKeyword(node, { key, value: value[key] }, at);
      continue;
    }
    const content = value[key];
    const term = content === null ? undefined : at.table.term(key);
    if (!term) continue;
    if (term.hasSynonym && node[term.iri] !== undefined) throw new NeedsFullAlgorithm();
    node[term.iri] = expandValues(content, term, inner);
  }
  return node;
}

function expandKeyword(node: Expanded, { key, value }: { key: string; value: unknown }, at: At): void {
  if (key === '@id' && typeof value === 'string') node['@id'] = expandId(value, at.table);
  else if (key === '@type' && value !== null) {
    const types = Array.isArray(value)
      ? value.map((type) => expandType(type, at.table))
      : [expandType(value, at.table)];
    if (types.length > 0) node['@type'] = types;
  } else if (key === '@graph' && at.isTop && typeof value === 'object' && value !== null) {
    const members = asArray(value).flatMap((member) => expandMember(member, at));
    if (Array.isArray(value) || members.length > 0) node['@graph'] = members;
  } else if (key !== '@context' || !(at.isTop || (typeof value === 'string' && value === at.context)))
    throw new NeedsFullAlgorithm();
}

function expandMember(member: unknown, at: At): Expanded[] {
  if (Array.isArray(member)) throw new NeedsFullAlgorithm();
  if (!isObject(member)) return [];
  const node = expandNode(member, { table: at.table, context: at.context, depth: at.depth + 1 });
  return isDropped(node) ? [] : [node];
}

/** JSON-LD 1.1 §5.1.2, step 19: nodes of the top level that say nothing. */
function isDropped(node: Expanded): boolean {
  const keys = Object.keys(node);
  return keys.length === 0 || (keys.length === 1 && keys[0] === '@id');
}

function expandId(value: string, table: ContextTable): string {
  const colon = value.indexOf(':');
  if (colon > 0 && value.startsWith('//', colon + 1)) return value;
  const iri = table.idOf(value);
  if (iri === value && (colon < 0 ? !plainRelative.test(value) : /\s/.test(value))) throw new NeedsFullAlgorithm();
  return iri;
}

function expandType(type: unknown, table: ContextTable): string {
  if (typeof type !== 'string') throw new NeedsFullAlgorithm();
  const iri = table.term(type)?.iri;
  // A class without a prefix is a relative address, which nothing here resolves.
  if (iri === undefined && !plainRelative.test(type)) throw new NeedsFullAlgorithm();
  return iri ?? type;
}

function expandValues(content: unknown, term: Term, at: At): unknown[] {
  if (term.coercion === 'language' && isObject(content)) return expandLanguageMap(content);
  if (!Array.isArray(content)) return [expandValue(content, term, at)];
  const values: unknown[] = [];
  for (const item of content) if (item !== null) values.push(expandValue(item, term, at));
  return values;
}

function expandValue(value: unknown, term: Term, at: At): Expanded {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) throw new NeedsFullAlgorithm();
    return '@value' in value
      ? expandValueObject(value as Expanded, at.table)
      : expandNode(value as Record<string, unknown>, at);
  }
  const { coercion } = term;
  if (typeof coercion === 'object') return { '@type': coercion.datatype, '@value': value };
  if (typeof value !== 'string') return { '@value': value };
  if (coercion === 'id') return { '@id': expandId(value, at.table) };
  return at.table.language ? { '@value': value, '@language': at.table.language } : { '@value': value };
}

function expandLanguageMap(map: Record<string, unknown>): unknown[] {
  const tags = Object.keys(map);
  if (tags.length > 1) tags.sort();
  const values: unknown[] = [];
  for (const tag of tags) {
    if (tag.startsWith('@') && tag !== '@none') throw new NeedsFullAlgorithm();
    const texts = map[tag];
    const language = tag.toLowerCase();
    for (const text of Array.isArray(texts) ? texts : [texts]) {
      if (text === null) continue;
      if (typeof text !== 'string') throw new NeedsFullAlgorithm();
      values.push(tag === '@none' ? { '@value': text } : { '@value': text, '@language': language });
    }
  }
  return values;
}

function expandValueObject(item: Expanded, table: ContextTable): Expanded {
  const { '@value': value, '@language': language, '@type': type, ...rest } = item;
  const isText = typeof value === 'string';
  if (Object.keys(rest).length > 0 || typeof value === 'object' || value === undefined) throw new NeedsFullAlgorithm();
  if (language !== undefined && (typeof language !== 'string' || type !== undefined || !isText))
    throw new NeedsFullAlgorithm();
  const datatype = typeof type === 'string' ? table.term(type)?.iri : undefined;
  if (type !== undefined && (!datatype || datatype.startsWith('_:'))) throw new NeedsFullAlgorithm();
  return {
    ...(datatype ? { '@type': datatype } : {}),
    '@value': value,
    ...(typeof language === 'string' ? { '@language': language.toLowerCase() } : {}),
  };
}
