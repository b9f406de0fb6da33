import { readConcept, referenceKey } from '@credatlas/ctdl';
import type { GraphEmbedding, GraphLiteral, GraphReference } from '@credatlas/model';
import { examineAlignment, examineConcept, isConceptIri } from './conceptRules.ts';
import { type Examination, type Examined, knownResource, someOf, type Valued } from './Examination.ts';
import { examineRegistryIri } from './identityRules.ts';
import { type Range, takesTypes } from './ranges.ts';

/** A node where the property takes nodes, of a class it takes. */
export function examineNodeValue(valued: Valued<GraphEmbedding>, examined: Examined, examination: Examination): void {
  const { name, range, value } = valued;
  const { types } = value.node;
  const takesNodes = !range.literal && (range.takesAnything || range.classes.length > 0);
  if (!takesNodes || !takesTypes(range, types))
    examination.findings.add('range_violation', placeOf(value, examined), () => ({
      message: `${name} holds ${types.length > 0 ? `a ${types.join(', ')}` : 'a node'}; it takes ${takes(range)}.`,
      fix: 'Give it a value of its range, or correct the class of the node.',
      ...agedSeverity(name),
    }));
  else if (range.schemes.length > 0) examineAlignment(valued, examined, examination);
}

/** What is pointed at: a page, a concept, or a resource that is judged when it is described here or nearby. */
export function examineReference(valued: Valued<GraphReference>, examined: Examined, examination: Examination): void {
  const { name, range, value } = valued;
  const { reference } = value;
  const { findings, isResolved } = examination;
  const place = placeOf(value, examined);
  if (reference.startsWith('_:') || range.takesAnything) return;
  if (range.literal) {
    findings.add('range_violation', place, () => ({
      message: `${name} points at ${reference}; it takes ${takes(range)}.`,
      fix: 'State the value itself.',
    }));
    return;
  }
  examineRegistryIri({ iri: reference, ...place }, findings);
  if (range.takesAddresses) examineAddress(valued, examined, examination);
  if (range.classes.length === 0 || range.takesAddresses) return;
  if (isConceptIri(reference)) {
    examineConcept({ name, range, text: reference, pointer: value.path }, examined, examination);
    return;
  }
  const known = knownResource(examination, referenceKey(reference));
  if (!known)
    findings.add('reference_outside_document', place, () => ({
      message: `${reference} is described ${isResolved ? 'neither in this document nor in its neighbours' : 'outside this document'}; whether it exists and is of ${takes(range)} cannot be judged.`,
      fix: 'Give the document that describes it as a neighbour (--resolve).',
    }));
  else if (!takesTypes(range, known.types))
    findings.add('range_violation', place, () => ({
      message: `${name} points at ${reference}, which is ${known.types.join(', ')}; it takes ${takes(range)}.`,
      fix: 'Point at a resource of its range.',
      ...agedSeverity(name),
    }));
  else if (known.ended !== undefined)
    findings.add('reference_to_ended', place, () => ({
      message: `${name} points at ${reference}, which is no longer offered: ${known.ended}.`,
      fix: 'Point at what took its place, or say that this has ended too.',
    }));
}

/** Text where only an IRI or a node can stand. */
export function examineTextReference(valued: Valued<GraphLiteral>, examined: Examined, examination: Examination): void {
  const { name, range, value } = valued;
  if (range.takesAnything) return;
  const text = String(value.literal);
  if (/^https?:\/\/\S+$/.test(text)) {
    examination.findings.add('reference_as_text', placeOf(value, examined), () => ({
      message: `${text} stands in ${name} as text: the @context of the document does not say that it is an IRI.`,
      fix: `Write {"@id": "${text}"}, or use the @context that the registry publishes.`,
    }));
    return;
  }
  examination.findings.add('relative_reference', placeOf(value, examined), () => {
    const concept = range.schemes.map((scheme) => readConcept(text, scheme)).find((each) => each !== undefined);
    return {
      message: `"${text}" stands in ${name} as text, where a reference to ${takes(range)} belongs.`,
      fix: concept
        ? `Point at ${concept.curie}.`
        : range.takesConcepts
          ? 'Give a ceterms:CredentialAlignmentObject with the text as ceterms:targetNodeName.'
          : 'Give its absolute IRI, or describe it as a node.',
      suggestion: concept?.curie,
    };
  });
}

/** The QData schema that is held is older than CTDL's, so what it declares may have grown since. */
export function agedSeverity(name: string): { severity?: 'warning' } {
  return name.startsWith('qdata:') ? { severity: 'warning' } : {};
}

/** Properties whose values only identify: any scheme will do, and nobody opens them. */
const identifiers = new Set([
  'ceasn:derivedFrom',
  'ceasn:identifier',
  'ceterms:framework',
  'ceterms:geoURI',
  'ceterms:sameAs',
  'ceterms:source',
  'ceterms:targetNode',
]);

function examineAddress({ name, value }: Valued<GraphReference>, examined: Examined, { findings }: Examination): void {
  if (identifiers.has(name)) return;
  const { reference } = value;
  const place = placeOf(value, examined);
  const isHttp = /^https?:/i.test(reference);
  if (!isHttp)
    findings.add('address_not_http', place, () => ({
      message: `${name} is ${reference.slice(0, 100)}, which is no web page.`,
      fix: 'Give an address that begins with https://.',
    }));
  else if (!URL.canParse(reference) || !/^(?:[^.]+\.)+[^.]+$/.test(new URL(reference).hostname))
    findings.add('malformed_address', place, () => ({
      message: `${name} is ${reference}, which has no host that others can reach.`,
      fix: 'Give the full address, such as https://example.edu/welding.',
    }));
}

function placeOf(value: { path: string }, { resource }: Examined): { pointer: string; resource: string } {
  return { pointer: value.path, resource };
}

/** What a property takes, in words. */
function takes({ literal, classes, takesAddresses }: Range): string {
  if (literal) return `a ${literal === 'text' ? 'text' : `literal (${literal})`}`;
  return takesAddresses && classes.length === 0 ? 'an address' : someOf(classes, 4);
}
