import { isBulkRow, tellBulkRow } from './bulkUpload.ts';
import { isElm, tellElm } from './elm.ts';
import { isOpenBadge, tellOpenBadge } from './openBadges.ts';
import { escapedStep, isObject, list, SourceNode } from './SourceNode.ts';
import { isSchemaOrg, mayHoldMore, tellSchemaOrg } from './schemaOrg.ts';
import { Translation } from './Translation.ts';

/** Nodes taken from one document; a page or a table that has more is split by its publisher. */
const maxNodes = 10_000;
/** Nesting that is followed; a mapping goes four levels down. */
const maxDepth = 32;

interface Vocabulary {
  isContext: RegExp;
  tells(node: SourceNode): boolean;
  tell(node: SourceNode, into: Translation): void;
  /** Whether a node that is told may hold others that are not told with it. */
  mayHoldMore?(node: SourceNode): boolean;
}

const vocabularies: readonly Vocabulary[] = [
  {
    isContext: /openbadges|purl\.imsglobal\.org\/spec\/ob|www\.w3\.org\/(ns|2018)\/credentials/,
    tells: isOpenBadge,
    tell: tellOpenBadge,
  },
  { isContext: /data\.europa\.eu\/snb|europa\.eu\/.*elm/, tells: isElm, tell: tellElm },
  { isContext: /schema\.org/, tells: isSchemaOrg, tell: tellSchemaOrg, mayHoldMore },
];

/**
 * A document of schema.org, Open Badges, ELM or a bulk-upload row told in CTDL; undefined when it is none of these. What stands inside
 * nodes of no concern (a web page, a list) is found. `base`: the document's address. Never throws.
 */
export function translated(document: unknown, base?: string): Translation | undefined {
  if (isObject(document) && isCtdl(document)) return undefined;
  const into = new Translation(base);
  if (isObject(document) && isBulkRow(document)) {
    tellBulkRow(new SourceNode(document, ''), into);
    return into;
  }
  let told = 0;
  const waiting = [{ value: document, pointer: '', context: '' }];
  for (let next = waiting.pop(); next && told < maxNodes; next = waiting.pop()) {
    const { value, pointer } = next;
    const context = isObject(value) ? contextOf(value) || next.context : next.context;
    if (isObject(value)) {
      if (isCtdlNode(value)) continue;
      const node = new SourceNode(value, pointer);
      const vocabulary = vocabularies.find(({ isContext, tells }) => isContext.test(context) && tells(node));
      if (vocabulary && depthOf(value) <= maxDepth) {
        vocabulary.tell(node, into);
        told += 1;
      }
      if (vocabulary && !vocabulary.mayHoldMore?.(node)) continue;
    }
    // The last first, so that the first comes off first.
    for (const [key, inner] of heldBy(value).reverse())
      waiting.push({ value: inner, pointer: `${pointer}/${escapedStep(key)}`, context });
  }
  if (told === 0) return undefined;
  into.settle();
  return into;
}

/** What may hold nodes: lists and objects, but no context. */
function heldBy(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).filter(([key, each]) => key !== '@context' && typeof each === 'object' && each !== null)
    : [];
}

/** The most frequent case by far, told at a glance. */
function isCtdl(document: Record<string, unknown>): boolean {
  const named = list(document['@context']).filter((each) => typeof each === 'string');
  return 'decoded_resource' in document || (named.length > 0 && named.every((each) => each.includes('credreg.net')));
}

/** What a CTDL node holds is CTDL's to tell. */
function isCtdlNode(node: Record<string, unknown>): boolean {
  return Object.keys(node).some((key) => /^(?:ceterms|ceasn|qdata):/.test(key));
}

/** Names of its contexts; a document without one is taken by the IRIs in its keys and types. */
function contextOf(document: Record<string, unknown>): string {
  const stated = list(document['@context']).flatMap((each) => (isObject(each) ? Object.values(each) : [each]));
  if (stated.length > 0) return stated.filter((each) => typeof each === 'string').join(' ');
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
