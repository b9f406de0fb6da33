import { type Concept, conceptSchemes, conceptsOf, readConcept } from '@credatlas/ctdl';
import { type GraphEmbedding, type GraphValue, nearestName } from '@credatlas/model';
import { type Examination, type Examined, someOf, type Valued } from './Examination.ts';
import type { Range } from './ranges.ts';

const conceptNamespace = /^https?:\/\/(?:purl\.org\/ctdl|credreg\.net\/(?:ctdl|ctdlasn|qdata))\/vocabs\//i;
const conceptPrefixes: ReadonlySet<string> = new Set(
  conceptSchemes().flatMap(({ name }) => conceptsOf(name).map(({ curie }) => curie.slice(0, curie.indexOf(':')))),
);

/** True for what can only be meant as a concept of CTDL: in its namespace, or with one of its prefixes. */
export function isConceptIri(iri: string): boolean {
  return conceptNamespace.test(iri) || (!iri.includes('//') && conceptPrefixes.has(iri.slice(0, iri.indexOf(':'))));
}

/** An alignment object: what it points at is a concept of the property's scheme; a name alone is looked up. */
export function examineAlignment(
  { name, range, value }: Valued<GraphEmbedding>,
  examined: Examined,
  examination: Examination,
): void {
  const { properties } = value.node;
  const target = properties['ceterms:targetNode']?.[0];
  if (target) {
    const text = textOf(target);
    if (text !== undefined && isConceptIri(text))
      examineConcept({ name, range, text, pointer: target.path }, examined, examination);
    return;
  }
  const label = properties['ceterms:targetNodeName']?.[0];
  const text = label && textOf(label);
  if (!label || text === undefined) return;
  const concept = range.schemes.map((scheme) => readConcept(text, scheme)).find((each) => each !== undefined);
  examination.findings.add('concept_by_name_only', { pointer: label.path, resource: examined.resource }, () => ({
    message: `${name} names "${text}" without pointing at a concept of ${range.schemes.join(' or ')}.`,
    fix: concept ? `Add "ceterms:targetNode": "${concept.curie}".` : 'Add ceterms:targetNode with one of its concepts.',
    suggestion: concept?.curie ?? nearestConcept(text, range),
  }));
}

/** A concept by IRI or prefixed name: known, and of a scheme that the property takes. */
export function examineConcept(
  { name, range, text, pointer }: { name: string; range: Range; text: string; pointer: string },
  { resource }: Examined,
  { findings }: Examination,
): void {
  const place = { pointer, resource };
  const concept = readConcept(text);
  if (!range.takesConcepts)
    findings.add('range_violation', place, () => ({
      message: `${name} points at the concept ${text}; it takes ${someOf(range.classes, 4)}.`,
      fix: 'Point at a resource of its range.',
    }));
  else if (!concept)
    findings.add('unknown_concept', place, () => ({
      message: `${text} is no concept that the schema declares${range.schemes.length > 0 ? `; ${name} takes those of ${range.schemes.join(' or ')}` : ''}.`,
      fix: 'Check its spelling, or update the schema.',
      suggestion: nearestConcept(text.replace(/^.*[:/]/, ''), range),
    }));
  else if (range.schemes.length > 0 && !range.schemes.includes(concept.scheme))
    findings.add('concept_of_another_scheme', place, () => ({
      message: `${concept.curie} is of ${concept.scheme}; ${name} takes concepts of ${range.schemes.join(' or ')}.`,
      fix: 'Choose one of that scheme.',
      suggestion: nearestConcept(concept.term, range),
    }));
}

/** The concept of the schemes whose term or label comes nearest. */
function nearestConcept(text: string, { schemes }: Range): string | undefined {
  const names = new Map<string, Concept>();
  for (const concept of schemes.flatMap(conceptsOf))
    for (const name of [concept.label, concept.term]) if (!names.has(name)) names.set(name, concept);
  const nearest = nearestName(text, names.keys());
  return nearest === undefined ? undefined : names.get(nearest)?.curie;
}

function textOf(value: GraphValue): string | undefined {
  if ('reference' in value) return value.reference;
  return 'literal' in value ? String(value.literal) : undefined;
}
