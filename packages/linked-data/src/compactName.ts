import { className } from '@credatlas/ctdl';
import { mergedContext } from './contexts.ts';

/** Namespaces that documents also use for CTDL's and schema.org's terms. */
const strayNamespaces: readonly (readonly [string, string])[] = [
  ['http://purl.org/ctdl/terms/', 'ceterms'],
  ['http://purl.org/ceterms/terms/', 'ceterms'],
  ['https://purl.org/ceterms/terms/', 'ceterms'],
  ['http://purl.org/ctdlasn/terms/', 'ceasn'],
  ['http://credreg.net/qdata/terms/', 'qdata'],
  ['http://schema.org/', 'schema'],
];

/** Term namespaces, longest first, so that the closest one names a term. */
const namespaces: readonly (readonly [string, string])[] = [
  ...Object.entries(mergedContext).flatMap(([prefix, iri]) =>
    typeof iri === 'string' && !prefix.includes(':') ? [[iri, prefix] as const] : [],
  ),
  ...strayNamespaces,
].sort(([a], [b]) => b.length - a.length);

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
