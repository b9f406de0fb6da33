import type { Status } from '@credatlas/model';
import { conceptSchemes as schemes } from './generated/conceptSchemes.ts';
import { concepts } from './generated/concepts.ts';

export interface Concept {
  /** `ceterms:AudienceLevel` */
  scheme: string;
  /** `BachelorsDegreeLevel` */
  term: string;
  /** `audLevel:BachelorsDegreeLevel` */
  curie: string;
  label: string;
  /** `stable` or `unstable`. */
  status: string;
  broader?: string;
  /** Concepts of other vocabularies that mean the same. */
  equivalents?: readonly string[];
}

export interface ConceptScheme {
  /** `ceterms:AudienceLevel` */
  name: string;
  label: string;
  status: string;
}

/** Concepts as handbook samples misspell them → as the schemes have them. */
const misspelt: ReadonlyMap<string, string> = new Map([['creditUnit:DegreeeCredit', 'creditUnit:DegreeCredit']]);
const byCurie: ReadonlyMap<string, Concept> = new Map(Object.keys(concepts).map((curie) => [curie, conceptOf(curie)]));
/** By the IRI that GraphReader writes for it. */
const byIri: ReadonlyMap<string, Concept> = new Map(
  [...byCurie.values()].map((concept) => [`https://purl.org/ctdl/vocabs/${concept.curie.replace(':', '/')}`, concept]),
);
const bySpelling = Map.groupBy(byCurie.values(), ({ curie }) => squeezed(curie));
const byName = Map.groupBy(
  [...byCurie.values()].flatMap((concept) =>
    [...new Set([squeezed(concept.term), squeezed(concept.label)])].map((name) => ({ name, concept })),
  ),
  ({ name }) => name,
);
const byScheme = Map.groupBy(byCurie.values(), ({ scheme }) => scheme);

const vocabularyIri =
  /^https?:\/\/(?:purl\.org\/ctdl|credreg\.net\/(?:ctdl|ctdlasn|qdata))\/vocabs\/([^/]+)\/([^/?#]+)$/i;

/**
 * A concept as documents write it: prefixed name, IRI, or its term or label in any case, with or without blanks. A name is looked up in
 * the scheme when one is given; without, it must mean one concept only.
 */
export function readConcept(text: string, scheme?: string): Concept | undefined {
  const stated = byCurie.get(text) ?? byIri.get(text);
  if (stated) return stated;
  const match = vocabularyIri.exec(text.trim());
  const curie = match ? `${match[1]}:${match[2]}` : text.trim();
  const known = byCurie.get(misspelt.get(curie) ?? curie) ?? (match && bySpelling.get(squeezed(curie))?.[0]);
  if (known) return known;
  const named = (byName.get(squeezed(curie.replace(/^[^:\s]+:/, ''))) ?? []).map(({ concept }) => concept);
  if (scheme !== undefined) return named.find((concept) => concept.scheme === scheme);
  return named.length === 1 && !curie.includes(':') ? named[0] : undefined;
}

/** All concept schemes, in byte order of their names. */
export function conceptSchemes(): ConceptScheme[] {
  return Object.entries(schemes).map(([name, { label, status }]) => ({ name, label, status }));
}

/** Concepts of a scheme in the order of their terms. */
export function conceptsOf(scheme: string): Concept[] {
  return byScheme.get(scheme) ?? [];
}

/** A readable name of a concept's prefixed name, or of its bare term (`InPerson` → `In Person`). */
export function conceptLabel(curieOrTerm: string): string {
  const label = byCurie.get(curieOrTerm)?.label;
  return label || curieOrTerm.replace(/^.*:/, '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

/** The audience levels that mean one education rank; the skill stages and divisions do not (`ctdl-model` §2.2). */
const audienceRanks: ReadonlyMap<string, number> = new Map([
  ['SecondaryLevel', 3],
  ['UpperSecondary', 3],
  ['AssociatesDegreeLevel', 5],
  ['BachelorsDegreeLevel', 6],
  ['MastersDegreeLevel', 7],
  ['DoctoralDegreeLevel', 8],
]);

export function audienceRankOf(term: string): number | undefined {
  return audienceRanks.get(term);
}

const statusOfTerm: ReadonlyMap<string, Status> = new Map([
  ['active', 'active'],
  ['developing', 'developing'],
  ['probationary', 'probationary'],
  ['suspended', 'suspended'],
  ['ceasing', 'ceasing'],
  ['teachout', 'teachOut'],
  ['ceased', 'ended'],
  ['deprecated', 'ended'],
]);

/** Status of a CredentialStatus or LifeCycleStatus concept, however written. */
export function statusOf(text: string): Status {
  return statusOfTerm.get(squeezed(text.replace(/^.*[:/]/, ''))) ?? 'unknown';
}

function conceptOf(curie: string): Concept {
  const { scheme, label, status, broader, equivalents } = concepts[curie]!;
  const term = curie.slice(curie.indexOf(':') + 1);
  // Some published concepts name their scheme as what they lie under.
  const above = broader?.find((name) => Object.hasOwn(concepts, name));
  return {
    scheme,
    term,
    curie,
    label,
    status,
    ...(above ? { broader: above } : {}),
    ...(equivalents ? { equivalents } : {}),
  };
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
