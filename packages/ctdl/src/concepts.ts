import type { Status } from '@credatlas/model';
import { concepts } from './generated/concepts.ts';

export interface Concept {
  /** `ceterms:AudienceLevel` */
  scheme: string;
  /** `BachelorsDegreeLevel` */
  term: string;
  /** `audLevel:BachelorsDegreeLevel` */
  curie: string;
  label: string;
  broader?: string;
}

const vocabularyIri = /^https?:\/\/purl\.org\/ctdl\/vocabs\/([^/]+)\/([^/?#]+)$/i;

/** A concept as documents write it: prefixed name, IRI, or (within a scheme when given) its term or label in any case. */
export function readConcept(text: string, scheme?: string): Concept | undefined {
  const match = vocabularyIri.exec(text.trim());
  const curie = match ? `${match[1]}:${match[2]}` : text.trim();
  if (concepts[curie]) return concept(curie);
  const plain = squeezed(curie.replace(/^[^:\s]+:/, ''));
  if (!scheme || plain === '') return undefined;
  const found = conceptsOf(scheme).find(({ term, label }) => squeezed(term) === plain || squeezed(label) === plain);
  return found;
}

/** Concepts of a scheme in the order of their terms. */
export function conceptsOf(scheme: string): Concept[] {
  return Object.keys(concepts)
    .filter((curie) => concepts[curie]?.scheme === scheme)
    .map(concept);
}

/** A readable name of a concept's prefixed name, or of its bare term (`InPerson` → `In Person`). */
export function conceptLabel(curieOrTerm: string): string {
  return concepts[curieOrTerm]?.label || curieOrTerm.replace(/^.*:/, '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

/** Education rank of the audience levels that mean one; the skill stages and divisions do not. */
export function audienceRankOf(term: string): number | undefined {
  const ranks: Record<string, number> = {
    SecondaryLevel: 3,
    UpperSecondary: 3,
    AssociatesDegreeLevel: 5,
    BachelorsDegreeLevel: 6,
    MastersDegreeLevel: 7,
    DoctoralDegreeLevel: 8,
  };
  return ranks[term];
}

const statusOfTerm: Readonly<Record<string, Status>> = {
  active: 'active',
  developing: 'developing',
  probationary: 'probationary',
  suspended: 'suspended',
  ceasing: 'ceasing',
  teachout: 'teachOut',
  ceased: 'ended',
  deprecated: 'ended',
};

/** Status of a CredentialStatus or LifeCycleStatus concept, however written. */
export function statusOf(text: string): Status {
  return statusOfTerm[squeezed(text.replace(/^.*[:/]/, ''))] ?? 'unknown';
}

function concept(curie: string): Concept {
  const facts = concepts[curie]!;
  const broader = facts.broader?.[0];
  return {
    scheme: facts.scheme,
    term: curie.slice(curie.indexOf(':') + 1),
    curie,
    label: facts.label,
    ...(broader ? { broader } : {}),
  };
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
