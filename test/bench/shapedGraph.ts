import type { RawDocument } from './pipeline.ts';

/** A framework whose competencies lie in a tree, one whose competencies lie beside one another, and a credential whose conditions are all inlined. */
export const shapes = ['tree', 'flat', 'inline'] as const;
export type Shape = (typeof shapes)[number];

/** Children of a node of the tree; frameworks of registries have some three levels. */
const branching = 20;

/** A document of so many nodes; `nth` tells it from others of its shape. */
export function shapedGraph(shape: Shape, nodes: number, nth: number): RawDocument {
  const iri = (index: number): string => {
    const hex = (nth * 1_000_000 + index).toString(16).padStart(12, '0');
    return `https://credentialengineregistry.org/resources/ce-00000000-0000-4000-8000-${hex}`;
  };
  const indexes = Array.from({ length: nodes }, (_, index) => index);
  const graph = shape === 'inline' ? [inlined(iri(0), nodes)] : framework(shape, { indexes, iri });
  const uri = iri(0).replace('/resources/', '/graph/');
  const document = { '@context': 'https://credreg.net/ctdlasn/schema/context/json', '@id': uri, '@graph': graph };
  return { uri, bytes: Buffer.from(JSON.stringify(document)) };
}

function framework(
  shape: 'tree' | 'flat',
  { indexes, iri }: { indexes: number[]; iri: (index: number) => string },
): unknown[] {
  const childrenOf = (index: number): number[] =>
    shape === 'tree'
      ? indexes.slice(index * branching + 1, (index + 1) * branching + 1)
      : index === 0
        ? indexes.slice(1)
        : [];
  return indexes.map((index) => ({
    '@id': iri(index),
    '@type': index === 0 ? 'ceasn:CompetencyFramework' : 'ceasn:Competency',
    'ceterms:ctid': iri(index).replace(/^.*\//, ''),
    [index === 0 ? 'ceasn:name' : 'ceasn:competencyText']: { en: `Uses tool ${index} safely and explains each step.` },
    [index === 0 ? 'ceasn:hasTopChild' : 'ceasn:hasChild']: childrenOf(index).map(iri),
    ...(index === 0 ? {} : { 'ceasn:isPartOf': [iri(0)] }),
  }));
}

function inlined(iri: string, nodes: number): unknown {
  return {
    '@id': iri,
    '@type': 'ceterms:Certificate',
    'ceterms:ctid': iri.replace(/^.*\//, ''),
    'ceterms:name': { en: 'Certificate of many conditions' },
    'ceterms:requires': Array.from({ length: nodes }, (_, index) => ({
      '@type': 'ceterms:ConditionProfile',
      'ceterms:name': { en: `Condition ${index}` },
      'ceterms:description': { en: `Pass unit ${index} with a grade that counts.` },
    })),
  };
}
