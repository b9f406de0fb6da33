import type { CtidForm } from '@credatlas/model';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ctidPattern = new RegExp(`^ce-${uuid}$`, 'i');
const uuidPattern = new RegExp(`^${uuid}$`, 'i');
const registryPath = new RegExp(`/(?:resources|graph|envelopes)/(ce-${uuid})/?$`, 'i');
/** UUID version 4 and its variant, in a CTID. */
const version4 = /^ce-.{14}4.{4}[89ab]/;

/** A CTID as published (§ CTID rules of the registry): lower-cased, `urn:ctid:` and blanks removed, a bare UUID given its `ce-`. */
export function readCtid(raw: string): { ctid?: string; form: CtidForm } {
  const trimmed = raw.trim().replace(/^urn:ctid:/i, '');
  if (trimmed === '') return { form: 'absent' };
  const text = uuidPattern.test(trimmed) ? `ce-${trimmed}` : trimmed;
  if (!ctidPattern.test(text)) return { form: 'malformed' };
  const ctid = text.toLowerCase();
  if (text !== trimmed || trimmed !== raw) return { ctid, form: 'malformed' };
  if (text !== ctid) return { ctid, form: 'uppercase' };
  return { ctid, form: version4.test(ctid) ? 'valid' : 'notV4' };
}

/** The CTID in a registry IRI, if it is one. */
export function ctidOf(iri: string): string | undefined {
  return registryPath.exec(iri)?.[1]?.toLowerCase();
}

/** Hosts whose `http:` and `https:` spellings mean the same. */
const httpsHosts =
  /^(?:www\.)?(?:purl\.org|credreg\.net|schema\.org|(?:[a-z-]+\.)?credentialengine(?:registry)?\.org)$/;
const registryHosts = /^(?:[a-z-]+\.)?credentialengineregistry\.org$/;
/** `ce-` and a UUID. */
const ctidLength = 39;
/** Forms that nearly all IRIs have already: those of the registry, and other addresses in lower case without a port. */
const canonicalRegistryIri = new RegExp(`^https://credentialengineregistry\\.org/resources/ce-${uuid}$`);
const canonicalOther = /^https:\/\/(?![^/?#]*credentialengineregistry\.org)[a-z0-9.-]+(?:[/?#]\S*)?$/;

/**
 * One spelling per resource: https where both are in use, host in lower case and without the default port, and of the registry
 * community left out, `/graph/` and `/envelopes/` read as `/resources/`, CTID in lower case. Never throws; what is no web address comes
 * back trimmed.
 */
export function canonicalIri(iri: string): string {
  if (canonicalRegistryIri.test(iri) || canonicalOther.test(iri)) return iri;
  const match = /^(https?):\/\/([^/?#]+)(.*)$/is.exec(iri.trim());
  if (!match) return iri.trim();
  const [, stated = '', address = '', rest = ''] = match;
  const scheme = stated.toLowerCase();
  const host = address.toLowerCase().replace(scheme === 'http' ? /:80$/ : /:443$/, '');
  const ctid = registryHosts.test(host) ? ctidOf(iri) : undefined;
  return `${httpsHosts.test(host) ? 'https' : scheme}://${host}${ctid ? `/resources/${ctid}` : rest}`;
}

/** What resources are matched by: the CTID wherever one is known, so that hosts and communities do not matter; else the IRI. */
export function identityKey(uri: string, ctid?: string): string {
  const known = ctid ?? ctidOf(uri);
  return known ? `ctid:${known}` : canonicalIri(uri);
}

/** The identity key of a reference as people write them: IRI, CTID, bare UUID; anything else is its own key. */
export function referenceKey(text: string): string {
  if (canonicalRegistryIri.test(text)) return `ctid:${text.slice(-ctidLength)}`;
  // No CTID holds `://`, and most references are web addresses.
  const ctid = text.includes('://') ? undefined : readCtid(text).ctid;
  return ctid ? `ctid:${ctid}` : identityKey(text);
}

/** True for what can be followed: an absolute IRI, a CTID or a bare UUID. */
export function isReference(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text) || readCtid(text).ctid !== undefined;
}

/** The registry's IRI of a CTID. */
export function registryIri(ctid: string): string {
  return `https://credentialengineregistry.org/resources/${ctid}`;
}
