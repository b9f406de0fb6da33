import { identityKey } from '@credatlas/ctdl';
import { type NodeFormat, writeNodes } from '@credatlas/linked-data';
import { type GraphNode, UnsupportedMediaError } from '@credatlas/model';
import type { Form, GraphReader, RouteAnswer, RouteRequest } from '@credatlas/ports';

export interface Graphs {
  graphs: Pick<GraphReader, 'resources'>;
}

/** A resource as a source states it. */
export interface ResourceOfSource {
  source: string;
  /** Identity key. */
  key: string;
}

/** What names a resource in summaries and lists. */
export interface Named {
  source: string;
  ctid?: string | null | undefined;
  uri: string;
}

export function namedResource({ source, ctid, uri }: Named): ResourceOfSource {
  return { source, key: identityKey(uri, ctid ?? undefined) };
}

export const graphFormats = [
  { format: 'jsonld', mediaType: 'application/ld+json' },
  { format: 'ttl', mediaType: 'text/turtle' },
  { format: 'nq', mediaType: 'application/n-quads' },
] as const satisfies { format: string; mediaType: NodeFormat }[];

/**
 * JSON-LD, Turtle and N-Quads of what a route answers about, in the terms of CTDL whatever vocabulary it was published in. A resource
 * without a stored graph is left out of a list; alone it is a 406.
 */
export function graphForms(
  given: Graphs,
  resources: (request: RouteRequest, inJson: () => Promise<RouteAnswer>) => Promise<readonly ResourceOfSource[]>,
  { isList }: { isList: boolean },
): Form[] {
  return graphFormats.map(({ format, mediaType }) => ({
    format,
    mediaType,
    answer: async (request, inJson) => {
      const nodes = await nodesOf(given, await resources(request, inJson));
      if (nodes.length === 0 && !isList)
        throw new UnsupportedMediaError('not_acceptable', 'No graph is stored of this. There is: application/json.');
      return {
        body: isList && mediaType === 'application/ld+json' ? jsonLdArray(nodes) : writeNodes(nodes, mediaType),
      };
    },
  }));
}

/** The same of lists without an end, in pieces; `batches` holds what identifies each as JSON. */
export async function* graphPieces(
  given: Graphs,
  batches: AsyncIterable<string[]>,
  mediaType: NodeFormat,
): AsyncIterable<string> {
  const isJson = mediaType === 'application/ld+json';
  let written = 0;
  if (isJson) yield '[';
  for await (const texts of batches) {
    const nodes = await nodesOf(
      given,
      texts.map((text) => namedResource(JSON.parse(text) as Named)),
    );
    // Blank nodes of one batch are named apart from those of every other.
    if (!isJson) yield writeNodes(nodes, mediaType, `b${written}x`);
    else yield nodes.map((node, at) => `${written + at > 0 ? ',' : ''}\n${writeNodes([node], mediaType)}`).join('');
    written += nodes.length;
  }
  if (isJson) yield '\n]\n';
}

function jsonLdArray(nodes: readonly GraphNode[]): string {
  return `[${nodes.map((node) => `\n${writeNodes([node], 'application/ld+json')}`).join(',')}\n]\n`;
}

/** What the sources state of each, in the order given; those that nothing is stored of are left out. */
async function nodesOf({ graphs }: Graphs, resources: readonly ResourceOfSource[]): Promise<GraphNode[]> {
  const keysBySource = Map.groupBy(resources, ({ source }) => source);
  const nodes = new Map<ResourceOfSource, GraphNode>();
  for (const [source, own] of keysBySource) {
    const found = await graphs.resources(
      source,
      own.map(({ key }) => key),
    );
    for (const each of own) if (found.has(each.key)) nodes.set(each, found.get(each.key)!.node);
  }
  return resources.flatMap((each) => nodes.get(each) ?? []);
}
