import type { Credential, Issue, Organization, Resource, StoredResource } from '@credatlas/model';
import { RecordExtractor } from './extractRecord.ts';
import { Joiner } from './Joiner.ts';
import { tierRules } from './tier/TierPolicy.ts';

export interface NormalizedDocument {
  /** Credentials, courses and assessments. */
  credentials: Credential[];
  organizations: Organization[];
  issues: Issue[];
  refused?: { code: string; reason: string };
}

/** Normalizes one document by itself: joins reach only what it holds. Never throws for what a document holds. */
export async function normalizeDocument(text: string, given: { uri: string; at: string }): Promise<NormalizedDocument> {
  const source = 'document';
  const graph = await new RecordExtractor().extract({ source, key: given.uri, text });
  const resources = graph.resources.map((resource) => stored(resource, { ...given, issues: graph.issues }));
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const joiner = new Joiner(
    {
      resources: async (_source, keys) =>
        new Map(keys.flatMap((key) => (byKey.has(key) ? [[key, byKey.get(key)!]] : []))),
      holders: async (keys) =>
        new Map(keys.flatMap((key) => (byKey.has(key) ? [[key, [{ source, kind: byKey.get(key)!.kind }]]] : []))),
      referrers: async (_source, keys) =>
        resources.flatMap(({ key, references }) =>
          references
            .filter((reference) => keys.includes(reference.key))
            .map(({ property, key: target }) => ({ target, property, source, key })),
        ),
    },
    tierRules(),
  );
  const answer: NormalizedDocument = {
    credentials: [],
    organizations: [],
    issues: graph.issues,
    ...(graph.refused ? { refused: graph.refused } : {}),
  };
  for (const { joined } of await joiner.join(resources)) {
    if (joined.kind === 'credential') answer.credentials.push(joined.credential);
    if (joined.kind === 'organization') answer.organizations.push(joined.organization);
  }
  return answer;
}

function stored(resource: Resource, given: { uri: string; at: string; issues: Issue[] }): StoredResource {
  const record = {
    key: given.uri,
    uri: given.uri,
    mediaType: 'application/ld+json',
    contentHash: '',
    run: 0,
    fetchedAt: given.at,
    firstSeenAt: given.at,
  };
  return { ...resource, issues: given.issues, record };
}
