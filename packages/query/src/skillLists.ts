import { type KeywordField, NotFoundError, type Skill, type Summary } from '@credatlas/model';
import type { LabelEntry, SearchEngine } from '@credatlas/ports';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryContext } from './dependencies.ts';
import { quoted } from './filterSyntax.ts';
import type { ListParameters } from './organizations.ts';
import type { SkillDetail, SkillList } from './schemas.ts';
import { searchCredentials } from './searchCredentials.ts';

/** Skills by the number of credentials that name them. Throws InvalidInputError for a cursor that does not fit. */
export async function skillList({ labels, engine }: QueryContext, parameters: ListParameters): Promise<SkillList> {
  const { q, size, after } = parameters;
  const pageOf = { list: 'skills', q };
  const point = after ? readCursor(after, pageOf) : undefined;
  const offset = point?.kind === 'snapshot' ? point.position : 0;
  const { entries, total } = await labels.list({ field: 'skill', ...(q ? { prefix: q } : {}), limit: size, offset });
  const position = offset + entries.length;
  const hasMore = entries.length > 0 && position < total;
  return {
    meta: { total, size, truncated: false, warnings: [] },
    results: await withCounts(engine, entries),
    next: hasMore ? writeCursor({ kind: 'snapshot', snapshot: 'skills', position }, pageOf) : null,
  };
}

async function withCounts(engine: SearchEngine, entries: LabelEntry[]): Promise<SkillList['results']> {
  const counts = await countsOf(
    engine,
    entries.map(({ value }) => value),
  );
  return entries.map(({ value: key, label, aliases, credentials }) => ({
    key,
    label,
    aliases,
    credentials,
    stated: counts.skill?.get(key) ?? 0,
    inferred: counts['skill.inferred']?.get(key) ?? 0,
  }));
}

const skillFields = ['skill', 'skill.requires', 'skill.assesses', 'skill.teaches', 'skill.inferred'] as const;
type SkillCounts = Partial<Record<KeywordField, Map<string, number>>>;

async function countsOf(engine: SearchEngine, keys: string[]): Promise<SkillCounts> {
  const { facets } = await engine.search({
    filter: [],
    facets: skillFields.map((field) => ({
      name: field,
      kind: 'values',
      tag: '',
      field,
      size: Math.max(1, keys.length),
      only: keys,
    })),
    sort: [],
    size: 0,
  });
  return Object.fromEntries(
    skillFields.map((field) => [field, new Map(facets[field]?.buckets.map(({ value, count }) => [value, count]))]),
  );
}

/** One skill by key, IRI, code or label: who names it, and how. Throws NotFoundError. */
export async function oneSkill(context: QueryContext, identity: string): Promise<SkillDetail> {
  const { key, others } = await keyOf(context, identity);
  const counts = await countsOf(context.engine, [key]);
  const count = (field: (typeof skillFields)[number]): number => counts[field]?.get(key) ?? 0;
  const found = await searchCredentials(context, {
    mode: 'expanded',
    filter: `skill:${quoted(key)}`,
    facets: 'family',
    size: 5,
    currency: 'USD',
  });
  const skill = await statement(context, key, found.results[0]?.id);
  return {
    key,
    label: (await context.labels.labels('skill', [key])).get(key) ?? key,
    ...(skill?.uri ? { uri: skill.uri } : {}),
    ...(skill?.code ? { code: skill.code } : {}),
    ...(skill?.scheme ? { scheme: skill.scheme } : {}),
    ...(skill?.frameworkName ? { frameworkName: skill.frameworkName } : {}),
    credentials: found.meta.total,
    stated: count('skill'),
    requires: count('skill.requires'),
    assesses: count('skill.assesses'),
    teaches: count('skill.teaches'),
    inferred: count('skill.inferred'),
    families: found.facets.family ?? { buckets: [], unknown: 0, truncated: false },
    others,
    examples: found.results as Summary[],
  };
}

/** The most used of the skills that are called this; the others by their keys. */
async function keyOf({ labels, engine }: QueryContext, identity: string): Promise<{ key: string; others: string[] }> {
  const keys = await labels.values('skill', identity);
  if (keys.length === 0) {
    throw new NotFoundError(
      'unknown_skill',
      `No credential names a skill "${identity.slice(0, 200)}". Look it up with /v1/skills?q=.`,
    );
  }
  if (keys.includes(identity)) return { key: identity, others: keys.filter((key) => key !== identity) };
  const counts = (await countsOf(engine, keys)).skill;
  const [key = '', ...others] = keys.toSorted((a, b) => (counts?.get(b) ?? 0) - (counts?.get(a) ?? 0));
  return { key, others };
}

/** How one of the credentials states it. */
async function statement({ credentials }: QueryContext, key: string, id?: string): Promise<Skill | undefined> {
  const credential = id === undefined ? undefined : (await credentials.credentials([id])).get(id);
  return credential?.skills.find((skill) => skill.key === key);
}
