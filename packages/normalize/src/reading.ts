import { canonicalIri, readConcept, referenceKey } from '@credatlas/ctdl';
import type { GraphNode, GraphValue, LanguageMap } from '@credatlas/model';

/** A text and where it stands. */
export interface Stated {
  text: string;
  language?: string;
  path: string;
}

export function literals(node: GraphNode, property: string): Stated[] {
  return (node.properties[property] ?? []).flatMap((value) =>
    'literal' in value
      ? [
          {
            text: String(value.literal).trim(),
            ...(value.language ? { language: value.language } : {}),
            path: value.path,
          },
        ]
      : [],
  );
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
  const property = namingProperties.find((each) => literals(node, each).length > 0);
  return property && textOf(node, property)?.text;
}

/** The text that English readers get: English, else without language, else the first. */
export function textOf(node: GraphNode, property: string): Stated | undefined {
  const all = literals(node, property);
  return all.find(({ language }) => language?.startsWith('en')) ?? all.find(({ language }) => !language) ?? all[0];
}

/** First text of each language; `und` where none is given. */
export function languageMapOf(node: GraphNode, property: string): LanguageMap {
  const map: LanguageMap = {};
  for (const { text, language } of literals(node, property)) map[(language ?? 'und').replace(':', '-')] ??= text;
  return map;
}

export function numberOf(node: GraphNode, property: string): { value: number; path: string } | undefined {
  const stated = literals(node, property)[0];
  const value = stated ? Number(stated.text.replace(/,/g, '')) : Number.NaN;
  return stated && Number.isFinite(value) && stated.text !== '' ? { value, path: stated.path } : undefined;
}

export function booleanOf(node: GraphNode, property: string): boolean | undefined {
  const text = literals(node, property)[0]?.text.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** IRIs, wherever they are written: as references, or as plain text. */
export function irisOf(node: GraphNode, property: string): { iri: string; path: string }[] {
  return (node.properties[property] ?? []).flatMap((value) => {
    const iri =
      'reference' in value
        ? value.reference
        : 'literal' in value
          ? String(value.literal).trim()
          : (value.node.uri ?? '');
    return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(iri) ? [{ iri, path: value.path }] : [];
  });
}

export function embedded(node: GraphNode, property: string): GraphNode[] {
  return (node.properties[property] ?? []).flatMap((value) => ('node' in value ? [value.node] : []));
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

export function alignments(node: GraphNode, property: string): Alignment[] {
  return (node.properties[property] ?? []).map(alignment);
}

function alignment(value: GraphValue): Alignment {
  if ('literal' in value) return { label: String(value.literal).trim(), path: value.path };
  if ('reference' in value) return { uri: value.reference, path: value.path };
  const { node, path } = value;
  const names = [
    'ceterms:targetNodeName',
    'ceasn:competencyLabel',
    'ceasn:competencyText',
    'skos:prefLabel',
    'ceterms:name',
  ];
  const name = names.find((each) => node.properties[each]);
  const labels = name ? languageMapOf(node, name) : undefined;
  const uri = irisOf(node, 'ceterms:targetNode')[0]?.iri;
  const code = literals(node, 'ceterms:codedNotation')[0]?.text ?? literals(node, 'ceasn:codedNotation')[0]?.text;
  const framework = irisOf(node, 'ceterms:framework')[0]?.iri;
  const frameworkName = textOf(node, 'ceterms:frameworkName')?.text ?? literals(node, 'ceterms:framework')[0]?.text;
  const weight = numberOf(node, 'ceterms:weight')?.value;
  return {
    ...(uri ? { uri: canonicalIri(uri) } : {}),
    ...(code ? { code } : {}),
    ...(name ? { label: textOf(node, name)?.text ?? '', labels: labels ?? {} } : {}),
    ...(framework ? { framework } : {}),
    ...(frameworkName ? { frameworkName } : {}),
    ...(weight === undefined ? {} : { weight }),
    path,
  };
}

/** Concept terms of a property (`InPerson`), read within its scheme; what is no concept keeps its label. */
export function conceptTerms(
  node: GraphNode,
  property: string,
  scheme: string,
): { term: string; known: boolean; path: string }[] {
  return alignments(node, property).flatMap(
    ({ uri, label, path }): { term: string; known: boolean; path: string }[] => {
      const concept = (uri && readConcept(uri, scheme)) || (label && readConcept(label, scheme));
      if (concept) return [{ term: concept.term, known: true, path }];
      const text = label || uri;
      return text ? [{ term: text, known: false, path }] : [];
    },
  );
}

/** Identity key behind a value, when it points at a resource. */
export function keyOf(value: GraphValue): string | undefined {
  if ('reference' in value) return referenceKey(value.reference);
  return 'node' in value && value.node.uri ? referenceKey(value.node.uri) : undefined;
}
