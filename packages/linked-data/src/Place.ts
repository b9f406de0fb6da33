import { canonicalIri, ctidOf, isReference, readCtid, registryIri } from '@credatlas/ctdl';
import type { ContextTable } from './ContextTable.ts';
import { asArray, isObject } from './pointer.ts';

/** What all nodes under one context share. */
export interface Part {
  table: ContextTable;
  /** IRI of the context, where it is one: naming it again inside changes nothing. */
  context?: string;
  /** Set for what jsonld.js expanded: where its objects stand in the source. */
  pointers?: WeakMap<object, string>;
  /** What relative identifiers are resolved against. */
  baseIri?: string;
}

/** A node as the document writes it, and where it stands. */
export interface Place {
  raw: Record<string, unknown>;
  /** JSON pointer into the source document. */
  pointer: string;
  part: Part;
  /** True for the object that holds the context and the graph. */
  isRoot?: boolean;
}

/** Canonical IRI of a node that has one, or the registry's for its CTID. */
export function resourceIri({ raw, part }: Place): string | undefined {
  const id = raw['@id'];
  const iri = typeof id === 'string' ? (absoluteIri(part.table.idOf(id)) ?? resolved(id, part)) : undefined;
  if (iri !== undefined) return iri;
  for (const key of part.table.ctidKeys) {
    if (raw[key] === undefined) continue;
    const value = asArray(raw[key])[0];
    const text = isObject(value) ? value['@value'] : value;
    const ctid = typeof text === 'string' ? readCtid(text).ctid : undefined;
    if (ctid) return registryIri(ctid);
  }
  return undefined;
}

/** Canonical form of an absolute IRI, a bare CTID or UUID, or a path that holds a CTID; undefined for all else. */
export function absoluteIri(id: string): string | undefined {
  if (id.startsWith('http') && isReference(id)) return canonicalIri(id);
  if (id.startsWith('_:')) return undefined;
  const ctid = ctidOf(id) ?? readCtid(id).ctid;
  if (ctid) return registryIri(ctid);
  return isReference(id) ? canonicalIri(id) : undefined;
}

/** A relative identifier against the address of its document, if that is known. */
export function resolved(id: string, { baseIri }: Part): string | undefined {
  if (baseIri === undefined || id.startsWith('_:') || /\s/.test(id) || !URL.canParse(id, baseIri)) return undefined;
  return canonicalIri(new URL(id, baseIri).href);
}

/** Canonical IRI by which others refer to a node; undefined for one that is read where it is named. */
export function referredIri(place: Place): string | undefined {
  const iri = resourceIri(place);
  return iri !== undefined && isAlignment(place) ? undefined : iri;
}

/** What a property says of something else is a value of it, even where it has an IRI. */
export function isAlignment({ raw, part }: Place): boolean {
  return asArray(raw['@type']).some(
    (type) => typeof type === 'string' && part.table.typeOf(type).name === 'ceterms:CredentialAlignmentObject',
  );
}

/** Anything but an identifier and what surrounds it: a mere reference has none. */
export function hasContent(raw: Record<string, unknown>): boolean {
  for (const key in raw) if (key !== '@id' && key !== '@graph' && key !== '@index' && key !== '@context') return true;
  return false;
}
