import { canonicalIri, readCtid, registryIri } from '@credatlas/ctdl';

/** The ways in which what a person wrote may be kept: as it stands, as a canonical IRI, as a CTID and its address. */
export function identityForms(text: string): string[] {
  const { ctid } = readCtid(text);
  return [...new Set([text, canonicalIri(text), ...(ctid ? [ctid, registryIri(ctid)] : [])])];
}
