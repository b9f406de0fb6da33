import { canonicalIri, readCtid, registryIri } from '@credatlas/ctdl';
import { skillKey } from '@credatlas/skills';

/** The ways in which what a person wrote may be kept: as it stands, as a canonical IRI, as a CTID and its address, as the key of a skill. */
export function identityForms(text: string): string[] {
  const { ctid } = readCtid(text);
  const skill = skillKey({ uri: text });
  return [
    ...new Set([text, canonicalIri(text), ...(ctid ? [ctid, registryIri(ctid)] : []), ...(skill ? [skill.key] : [])]),
  ];
}
