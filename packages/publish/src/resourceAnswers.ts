import { ancestorsOf, isA, kindOf, referenceKey } from '@credatlas/ctdl';
import { NotFoundError, UnacceptableDocumentError } from '@credatlas/model';
import type { Envelope, RouteAnswer, RouteRequest } from '@credatlas/ports';
import { lastModified } from './envelopeAnswers.ts';
import type { RegistryDependencies } from './RegistryDependencies.ts';
import { ctidsOf, wholeOf } from './readParameters.ts';

type Node = Record<string, unknown>;

/** The whole graph of anything in it. */
export async function oneGraph({ envelopes }: RegistryDependencies, { path }: RouteRequest): Promise<RouteAnswer> {
  const envelope = await envelopes.envelope(path.id ?? '');
  if (!envelope) throw new NotFoundError('unknown_resource', 'Resource not found');
  return { body: envelope.decoded_resource, headers: lastModified(envelope) };
}

/** Those that exist, by their main CTID. */
export async function searchGraphs({ envelopes }: RegistryDependencies, { body }: RouteRequest): Promise<RouteAnswer> {
  const found = await Promise.all(ctidsOf(body).map((ctid) => envelopes.envelope(ctid)));
  return { body: found.flatMap((envelope) => envelope?.decoded_resource ?? []) };
}

/** One node of a graph with the graph's context; with `depth`, the blank nodes that many steps away in `@included`. */
export async function oneResource(
  { envelopes }: RegistryDependencies,
  { path, query }: RouteRequest,
): Promise<RouteAnswer> {
  const depth = wholeOf(query, 'depth', { least: 0, otherwise: 0 });
  const envelope = await envelopes.envelope(path.id ?? '');
  const node = envelope && nodeOf(envelope, path.id ?? '');
  if (!node) throw new NotFoundError('unknown_resource', 'Resource not found');
  const included = blankNodesNear(node, nodesOf(envelope), depth);
  return {
    body: {
      '@context': envelope.decoded_resource?.['@context'],
      ...node,
      ...(included.length > 0 ? { '@included': included } : {}),
    },
    headers: lastModified(envelope),
  };
}

export async function searchResources(
  { envelopes }: RegistryDependencies,
  { body }: RouteRequest,
): Promise<RouteAnswer> {
  const found = await Promise.all(
    ctidsOf(body).map(async (ctid) => {
      const envelope = await envelopes.envelope(ctid);
      return (envelope && nodeOf(envelope, ctid)) ?? [];
    }),
  );
  return { body: found.flat() };
}

/** Those of the CTIDs that exist; with `@type`, only of that class and the classes below it. */
export async function checkExistence(
  { envelopes }: RegistryDependencies,
  { body }: RouteRequest,
): Promise<RouteAnswer> {
  const wanted = wantedClass(body);
  const found = await Promise.all(
    ctidsOf(body).map(async (ctid) => {
      const envelope = await envelopes.envelope(ctid);
      const type = (envelope && nodeOf(envelope, ctid)?.['@type']) ?? undefined;
      return envelope && (!wanted || isA(String(type), wanted)) ? [ctid] : [];
    }),
  );
  return { body: found.flat() };
}

function wantedClass(body: unknown): string | undefined {
  const type = (body as Node | null)?.['@type'];
  if (type === undefined) return undefined;
  if (typeof type === 'string' && (kindOf([type]) !== 'other' || ancestorsOf(type).length > 0)) return type;
  throw new UnacceptableDocumentError('unknown_class', '@type does not have a valid value');
}

function nodesOf({ decoded_resource: document }: Envelope): Node[] {
  const nodes = document?.['@graph'];
  return Array.isArray(nodes) ? nodes.filter((node): node is Node => typeof node === 'object' && node !== null) : [];
}

function nodeOf(envelope: Envelope, identity: string): Node | undefined {
  const wanted = referenceKey(identity);
  return nodesOf(envelope).find((node) => referenceKey(String(node['@id'] ?? '')) === wanted);
}

/** Each once, nearest first. */
function blankNodesNear(from: Node, nodes: Node[], depth: number): Node[] {
  const found = new Set<Node>();
  let edge = [from];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const names = new Set(edge.flatMap(blankNames));
    edge = nodes.filter((node) => names.has(String(node['@id'])) && !found.has(node));
    for (const node of edge) found.add(node);
  }
  found.delete(from);
  return [...found];
}

function blankNames(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('_:') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(blankNames) : [];
}
