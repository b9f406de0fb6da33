import { isBulkRow, tellBulkRow } from './bulkUpload.ts';
import { isElm, tellElm } from './elm.ts';
import { isOpenBadge, tellOpenBadge } from './openBadges.ts';
import { isObject, list, SourceNode } from './SourceNode.ts';
import { isSchemaOrg, tellSchemaOrg } from './schemaOrg.ts';
import { Translation } from './Translation.ts';

/** Nodes taken from one document; a page or a table that has more is split by its publisher. */
const maxNodes = 10_000;
/** Nesting that is followed; a mapping goes four levels down. */
const maxDepth = 32;

interface Vocabulary {
  isContext: RegExp;
  tells(node: SourceNode): boolean;
  tell(node: SourceNode, into: Translation): void;
}

const vocabularies: readonly Vocabulary[] = [
  {
    isContext: /openbadges|purl\.imsglobal\.org\/spec\/ob|www\.w3\.org\/(ns|2018)\/credentials/,
    tells: isOpenBadge,
    tell: tellOpenBadge,
  },
  { isContext: /data\.europa\.eu\/snb|europa\.eu\/.*elm/, tells: isElm, tell: tellElm },
  { isContext: /schema\.org/, tells: isSchemaOrg, tell: tellSchemaOrg },
];

/** A document of schema.org, Open Badges, ELM or a bulk-upload row told in CTDL; undefined when it is none of these. Never throws. */
export function translated(document: unknown, pointer = ''): Translation | undefined {
  if (isObject(document) && isCtdl(document)) return undefined;
  const into = new Translation();
  let told = 0;
  if (isObject(document) && isBulkRow(document)) {
    tellBulkRow(new SourceNode(document, pointer), into);
    return into;
  }
  for (const { node, context } of nodesOf(document, pointer)) {
    const vocabulary = vocabularies.find(({ isContext, tells }) => isContext.test(context) && tells(node));
    if (!vocabulary || told >= maxNodes || depthOf(node.value) > maxDepth) continue;
    vocabulary.tell(node, into);
    told += 1;
  }
  return told > 0 ? into : undefined;
}

/** The most frequent case by far, told at a glance. */
function isCtdl(document: Record<string, unknown>): boolean {
  const context = document['@context'];
  return 'decoded_resource' in document || (typeof context === 'string' && context.includes('credreg.net'));
}

/** Top-level nodes with the context they stand under: of a node, a list, or a graph. */
function nodesOf(document: unknown, pointer: string): { node: SourceNode; context: string }[] {
  if (Array.isArray(document)) return document.flatMap((each: unknown, index) => nodesOf(each, `${pointer}/${index}`));
  if (!isObject(document)) return [];
  const context = contextOf(document);
  const graph = document['@graph'];
  if (graph === undefined) return [{ node: new SourceNode(document, pointer), context }];
  return list(graph).flatMap((each, index) =>
    isObject(each)
      ? [
          {
            node: new SourceNode(each, Array.isArray(graph) ? `${pointer}/@graph/${index}` : `${pointer}/@graph`),
            context,
          },
        ]
      : [],
  );
}

/** Names of its contexts; a document without one is taken by the IRIs in its keys and types. */
function contextOf(document: Record<string, unknown>): string {
  const stated = list(document['@context']).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  if (stated.length > 0) return stated.join(' ');
  return [...Object.keys(document), ...list(document['@type'])]
    .filter((each) => String(each).includes('://'))
    .join(' ');
}

function depthOf(value: unknown): number {
  let depth = 0;
  let level: unknown[] = [value];
  while (level.length > 0 && depth <= maxDepth) {
    depth += 1;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return depth;
}
