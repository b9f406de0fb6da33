import type { KeywordField } from '@credatlas/model';
import type { LabelEntry, SearchEngine } from '@credatlas/ports';
import { readCursor, writeCursor } from './cursor.ts';
import type { QueryContext } from './dependencies.ts';
import type { ListParameters } from './organizations.ts';
import type { SkillList } from './schemas.ts';

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
  const counts = await countsOfSkills(
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

const skillFields = [
  'skill',
  'skill.requires',
  'skill.assesses',
  'skill.teaches',
  'skill.inferred',
  'skill.broader',
] as const;
type SkillCounts = Partial<Record<KeywordField, Map<string, number>>>;

/** How many credentials have each of the skills, by each relation. */
export async function countsOfSkills(engine: SearchEngine, keys: string[]): Promise<SkillCounts> {
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
