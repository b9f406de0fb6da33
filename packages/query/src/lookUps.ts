import {
  InvalidInputError,
  NotFoundError,
  type Organization,
  type SuggestionEntry,
  WithdrawnError,
} from '@credatlas/model';
import { sortKey, tokensOf } from '@credatlas/skills';
import type { z } from 'zod';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryDependencies } from './dependencies.ts';
import type { organizationListSchema, skillDetailSchema, skillListSchema, suggestionListSchema } from './schemas.ts';
import { searchCredentials } from './searchCredentials.ts';

/** The full record; throws NotFoundError, or WithdrawnError with the tombstone. */
export async function oneCredential({ credentials }: QueryDependencies, identity: string) {
  const found = await credentials.credential(identity);
  if (found) return found;
  const tombstone = await credentials.tombstone(identity);
  if (tombstone) {
    throw new WithdrawnError(
      'withdrawn',
      `The credential "${tombstone.name}" was withdrawn at its source on ${tombstone.withdrawnAt}.`,
      { ...tombstone },
    );
  }
  throw new NotFoundError(
    'unknown_credential',
    `There is no credential "${identity}". Use its CTID, its IRI or the id of a search result.`,
  );
}

type WithCredentials = Organization & { credentials: number };

export async function organizationList(
  given: QueryDependencies,
  parameters: { q?: string | undefined; size: number; after?: string | undefined },
): Promise<z.infer<typeof organizationListSchema>> {
  const { q, size } = parameters;
  const cursor = parameters.after ? readCursor(parameters.after, { q }) : undefined;
  const after = cursor?.kind === 'keyset' ? { name: String(cursor.values[0]), id: cursor.id } : undefined;
  const { organizations, total } = await given.credentials.organizations({
    ...(q ? { prefix: q } : {}),
    limit: size + 1,
    ...(after ? { after } : {}),
  });
  const page = organizations.slice(0, size);
  const last = page.at(-1);
  const results: WithCredentials[] = [];
  for (const organization of page) results.push(await withCredentials(given, organization));
  return {
    meta: { total, size, truncated: false },
    results,
    next:
      last && organizations.length > size
        ? writeCursor({ kind: 'keyset', values: [foldedName(last)], id: last.id }, { q })
        : null,
  };
}

/** As the store orders names. */
function foldedName({ nameText }: Organization): string {
  return nameText
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

async function withCredentials({ engine }: QueryDependencies, organization: Organization): Promise<WithCredentials> {
  const credentials = await engine.count({
    filter: [{ clause: { op: 'any', field: 'provider', values: [organization.id] } }],
  });
  return { ...organization, credentials };
}

export async function oneOrganization(given: QueryDependencies, identity: string): Promise<WithCredentials> {
  const organization = await given.credentials.organization(identity);
  if (!organization)
    throw new NotFoundError(
      'unknown_organization',
      `There is no organization "${identity}". Use its CTID, its IRI or the id of a search result.`,
    );
  return withCredentials(given, organization);
}

export async function skillList(
  { labels }: QueryDependencies,
  parameters: { q?: string | undefined; size: number; after?: string | undefined },
): Promise<z.infer<typeof skillListSchema>> {
  const { q, size } = parameters;
  const cursor = parameters.after ? readCursor(parameters.after, { q }) : undefined;
  const offset = cursor?.kind === 'snapshot' ? cursor.position : 0;
  const { entries, total } = await labels.list({ field: 'skill', ...(q ? { prefix: q } : {}), limit: size, offset });
  const end = offset + entries.length;
  return {
    meta: { total, size, truncated: false },
    results: entries.map(({ value, label, aliases, credentials }) => ({ key: value, label, aliases, credentials })),
    next:
      end < total && entries.length > 0
        ? writeCursor({ kind: 'snapshot', snapshot: 'skills', position: end }, { q })
        : null,
  };
}

/** One skill by key, IRI, code or label: who names it, and how. */
export async function oneSkill(given: QueryDependencies, identity: string): Promise<z.infer<typeof skillDetailSchema>> {
  const key = (await given.labels.values('skill', identity))[0];
  if (key === undefined)
    throw new NotFoundError('unknown_skill', `There is no skill "${identity}" in use. Look it up with /v1/skills?q=.`);
  const count = (
    field: 'skill' | 'skill.requires' | 'skill.assesses' | 'skill.teaches' | 'skill.inferred',
  ): Promise<number> => given.engine.count({ filter: [{ clause: { op: 'any', field, values: [key] } }] });
  const label = (await given.labels.labels('skill', [key])).get(key) ?? key;
  const quoted = `skill:"${key.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const found = await searchCredentials(given, {
    mode: 'strict',
    filter: quoted,
    facets: 'family',
    size: 5,
    currency: 'USD',
  });
  const { entries } = await given.labels.list({ field: 'skill', prefix: label, limit: 200, offset: 0 });
  const entry = entries.find(({ value }) => value === key);
  return {
    key,
    label,
    aliases: entry?.aliases ?? [],
    credentials: entry?.credentials ?? found.meta.total,
    strict: {
      total: found.meta.total,
      requires: await count('skill.requires'),
      assesses: await count('skill.assesses'),
      teaches: await count('skill.teaches'),
    },
    inferred: await count('skill.inferred'),
    families: found.facets.family ?? { buckets: [], unknown: 0, truncated: false },
    examples: found.results as z.infer<typeof skillDetailSchema>['examples'],
  };
}

const suggestionKinds = ['name', 'skill', 'provider', 'occupation', 'program', 'subject'] as const;

/** Completions of what is being typed, and direct hits for identifiers. */
export async function suggestions(
  given: QueryDependencies,
  parameters: { q: string; kind?: string | undefined; size: number },
): Promise<z.infer<typeof suggestionListSchema>> {
  const kinds = suggestionKinds.filter(
    (kind) => parameters.kind === undefined || parameters.kind.split(',').includes(kind),
  );
  if (kinds.length === 0) {
    const detail = `Kinds are ${suggestionKinds.join(', ')}.`;
    throw new InvalidInputError('invalid_parameter', detail, {
      faults: [{ code: 'invalid_parameter', parameter: 'kind', detail }],
    });
  }
  const direct = await given.credentials.credential(parameters.q.trim());
  const found = await given.engine.suggest({
    fields: [...kinds],
    tokens: tokensOf(parameters.q),
    size: parameters.size,
  });
  const results = [];
  if (direct)
    results.push({ kind: 'credential', value: direct.id, label: direct.nameText, credentials: 1, filter: null });
  for (const { field, value, documents, example } of found) {
    const label = await labelOf(given, { field, value, example });
    results.push({
      kind: field,
      value,
      label,
      credentials: documents,
      filter: field === 'name' ? null : `${field}:"${value.replaceAll('"', '\\"')}"`,
    });
  }
  return { results: results.slice(0, parameters.size) };
}

async function labelOf(
  given: QueryDependencies,
  at: { field: SuggestionEntry['field']; value: string; example: string },
): Promise<string> {
  if (at.field !== 'name') return (await given.labels.labels(at.field, [at.value])).get(at.value) ?? at.value;
  const example = (await given.credentials.credentials([at.example])).get(at.example);
  return example && sortKey(example.nameText) === at.value ? example.nameText : at.value;
}
