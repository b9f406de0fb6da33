import type { Store } from '@credatlas/store-sqlite';

/** A second count of the faults that plain JSON shows, written without any of the code it checks: a visitor and regular expressions. */
type Counts = Record<string, number>;

type Json = Record<string, unknown>;

/** Codes that this count knows; others need the vocabulary. */
export const countedCodes = [
  'missing_context',
  'malformed_ctid',
  'uppercase_ctid',
  'ctid_not_version_4',
  'ctid_and_iri_disagree',
  'language_map_in_array',
] as const;

/** Both counts side by side, the codes of this one only: what the store shows, and what its documents show. */
export async function bothCounts(
  store: Pick<Store, 'records' | 'credentials'>,
): Promise<[shown: Counts, counted: Counts]> {
  const counted: Counts = {};
  for await (const { text, mediaType, deletedAt } of store.records.changedRecords(0))
    if (mediaType !== 'text/turtle' && mediaType !== 'application/n-quads' && !deletedAt) countIssues(text, counted);
  const { issuesByCode } = await store.credentials.counts();
  const known = issuesByCode.filter(({ code }) => (countedCodes as readonly string[]).includes(code));
  return [Object.fromEntries(known.map(({ code, count }) => [code, count])), counted];
}

const lowerUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The registry's IRIs, and the bare identifiers that old documents have in their place. */
const identifier = /(?:\/(?:resources|graph|envelopes)\/ce-|^ce-|^)([0-9a-f]{8}-[0-9a-f-]{27})\/?$/i;

/** Adds what one document shows. */
function countIssues(text: string, counts: Counts): void {
  const document = contentOf(JSON.parse(text));
  const parts = Array.isArray(document) ? document.filter(isJson) : isJson(document) ? [document] : [];
  const add = (code: string, by = 1): void => {
    counts[code] = (counts[code] ?? 0) + by;
  };
  if (parts.some((part) => part['@context'] === undefined && hasPrefixes(part))) add('missing_context');
  for (const part of parts) for (const node of topNodes(part)) countCtid(node, add);
  const maps = parts.map((part) => languageMapsInArrays(part)).reduce((sum, each) => sum + each, 0);
  if (maps > 0) add('language_map_in_array', maps);
}

/** Envelopes wrap what they carry; their JWT form holds it in the middle of three parts. */
function contentOf(document: unknown): unknown {
  if (!isJson(document)) return document;
  if (typeof document.decoded_resource === 'object' && document.decoded_resource) return document.decoded_resource;
  if (!('resource' in document) || !('envelope_id' in document || 'envelope_type' in document)) return document;
  if (typeof document.resource !== 'string') return document.resource;
  const [, payload = ''] = document.resource.split('.');
  return JSON.parse(
    document.resource.trimStart().startsWith('{') ? document.resource : Buffer.from(payload, 'base64url').toString(),
  );
}

function topNodes(part: Json): Json[] {
  const graph = part['@graph'];
  return [part, ...(Array.isArray(graph) ? graph : [graph]).filter(isJson)];
}

function hasPrefixes(part: Json): boolean {
  return topNodes(part).some((node) => Object.keys(node).some((key) => !key.startsWith('@') && !key.includes('://')));
}

function countCtid(node: Json, add: (code: string) => void): void {
  const stated = textOf(node['ceterms:ctid']);
  if (stated === undefined) return;
  const bare = stated.trim();
  const uuid = bare
    .toLowerCase()
    .replace(/^urn:ctid:/, '')
    .replace(/^ce-/, '');
  const inIri = identifier.exec(String(node['@id'] ?? ''))?.[1]?.toLowerCase();
  if (!lowerUuid.test(uuid)) add('malformed_ctid');
  else {
    if (bare.toLowerCase() !== `ce-${uuid}`) add('malformed_ctid');
    else if (bare !== `ce-${uuid}`) add('uppercase_ctid');
    else if (uuid[14] !== '4' || !/[89ab]/.test(uuid[19] ?? '')) add('ctid_not_version_4');
    if (inIri && inIri !== uuid) add('ctid_and_iri_disagree');
  }
}

function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  return isJson(first) && typeof first['@value'] === 'string' ? first['@value'] : undefined;
}

/** Lists whose members are objects of language tags and texts only. */
function languageMapsInArrays(value: unknown): number {
  if (Array.isArray(value)) return value.filter(isLanguageMap).length + value.map(languageMapsInArrays).reduce(sum, 0);
  return isJson(value)
    ? Object.entries(value)
        .map(([key, each]) => (key === '@context' ? 0 : languageMapsInArrays(each)))
        .reduce(sum, 0)
    : 0;
}

function isLanguageMap(value: unknown): boolean {
  const keys = isJson(value) ? Object.keys(value) : [];
  return keys.length > 0 && keys.every((key) => /^[a-z]{2,3}([-:_][a-z0-9]{2,8})*$/i.test(key));
}

function sum(one: number, other: number): number {
  return one + other;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
