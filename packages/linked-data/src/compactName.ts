import { className } from '@credatlas/ctdl';
import { mergedContext } from './contexts.ts';

/** Namespaces that documents also use for CTDL's terms. */
const strayCtdlNamespaces: readonly (readonly [string, string])[] = [
  ['http://purl.org/ctdl/terms/', 'ceterms'],
  ['http://purl.org/ceterms/terms/', 'ceterms'],
  ['https://purl.org/ceterms/terms/', 'ceterms'],
  ['http://purl.org/ctdlasn/terms/', 'ceasn'],
  ['http://credreg.net/qdata/terms/', 'qdata'],
];

/** Term namespaces, longest first, so that the closest one names a term. */
const namespaces: readonly (readonly [string, string])[] = [
  ...Object.entries(mergedContext).flatMap(([prefix, iri]) =>
    typeof iri === 'string' && !prefix.includes(':') ? [[iri, prefix] as const] : [],
  ),
  ...strayCtdlNamespaces,
  ['http://schema.org/', 'schema'] as const,
].sort(([a], [b]) => b.length - a.length);

/** The namespaces in which documents write CTDL's own terms. */
export const ctdlNamespaces: readonly string[] = namespaces
  .filter(([, prefix]) => prefix === 'ceterms')
  .map(([namespace]) => namespace);

/** Compact name of a property or class (`ceterms:name`); IRIs outside the known namespaces stay whole. */
export function compactName(iri: string): string {
  const found = namespaces.find(([namespace]) => iri.startsWith(namespace) && iri.length > namespace.length);
  return found ? `${found[1]}:${iri.slice(found[0].length)}` : iri;
}

export function compactType(iri: string): string {
  return className(compactName(iri));
}

/** True for names in CTDL's own namespaces, where an unknown one is worth a note. */
export function isCtdlName(name: string): boolean {
  return /^(ceterms|ceasn|qdata|asn):/.test(name);
}

/** True for an IRI of a CTDL term that is written with another namespace than the vocabulary's. */
export function isStrayCtdlIri(iri: string): boolean {
  return strayCtdlNamespaces.some(([namespace]) => iri.startsWith(namespace));
}
