import { ctidOf, readCtid } from '@credatlas/ctdl';
import type { GraphNode } from '@credatlas/model';
import type { Examination, Examined } from './Examination.ts';

/** CTID grammar, and that it is the last segment of the IRI (`ctdl-model` §3.2). */
export function examineIdentity({ node, resource }: Examined, { findings }: Examination): void {
  examineRegistryIri({ iri: node.uri ?? '', pointer: node.path, resource }, findings);
  const stated = node.properties['ceterms:ctid']?.[0];
  if (!stated || 'node' in stated) return;
  const raw = String('literal' in stated ? stated.literal : stated.reference);
  const { ctid, form } = readCtid(raw);
  const place = { pointer: stated.path, resource };
  if (form === 'malformed')
    findings.add('malformed_ctid', place, () => ({
      message: `"${raw}" is no CTID.`,
      fix: ctid ? `Write ${ctid}.` : 'Write "ce-" and a lower-case UUID of version 4; the registry mints them too.',
      suggestion: ctid,
    }));
  if (form === 'uppercase')
    findings.add('uppercase_ctid', place, () => ({
      message: `The CTID "${raw}" has capital letters.`,
      fix: `Write ${ctid}.`,
      suggestion: ctid,
    }));
  if (ctid && form !== 'malformed' && readCtid(ctid).form === 'notV4')
    findings.add('ctid_not_version_4', place, () => ({
      message: `The UUID of the CTID ${raw} is of version ${raw[17]}, not 4, or of another variant.`,
      fix: 'Keep it if it is published already; mint new ones as version 4.',
    }));
  const inIri = lastCtid(node.uri ?? '');
  if (ctid && inIri && ctid !== inIri)
    findings.add('ctid_and_iri_disagree', place, () => ({
      message: `The CTID ${ctid} is not the one in the IRI of its resource, ${inIri}.`,
      fix: 'Give both the same CTID.',
    }));
}

function lastCtid(iri: string): string | undefined {
  return ctidOf(iri) ?? readCtid(iri.replace(/^.*\//, '')).ctid;
}

const registryAddress =
  /^https?:\/\/(?:[a-z-]+\.)?credentialengineregistry\.org\/(?:[\w-]+\/)?(?:resources|graph)\/([^/?#]*)/i;

/** An IRI of the registry whose last segment is no CTID leads nowhere. */
export function examineRegistryIri(
  { iri, pointer, resource }: { iri: string; pointer: string; resource: string },
  findings: Examination['findings'],
): void {
  const tail = registryAddress.exec(iri)?.[1];
  if (tail === undefined || readCtid(tail).ctid) return;
  findings.add('malformed_registry_iri', { pointer, resource }, () => ({
    message: `"${tail}" in ${iri} is no CTID.`,
    fix: "End the IRI in the resource's CTID.",
  }));
}

/** Two resources of one document with the same CTID. */
export function examineDuplicates(nodes: readonly GraphNode[], { findings }: Examination): void {
  const first = new Map<string, GraphNode>();
  for (const node of nodes) {
    const stated = node.properties['ceterms:ctid']?.[0];
    const ctid = stated && 'literal' in stated ? readCtid(String(stated.literal)).ctid : undefined;
    if (!stated || ctid === undefined) continue;
    const known = first.get(ctid);
    if (!known) first.set(ctid, node);
    else
      findings.add('duplicate_ctid', { pointer: stated.path, resource: node.uri }, () => ({
        message: `${ctid} is the CTID of ${known.uri} too, at ${known.path || 'the top'}.`,
        fix: 'Give each resource a CTID of its own, or merge the two.',
      }));
  }
}
