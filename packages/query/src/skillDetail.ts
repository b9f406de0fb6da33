import { type KeywordField, NotFoundError, type Skill, type Summary, type TaggedClause } from '@credatlas/model';
import type { QueryContext } from './dependencies.ts';
import { facetPlans } from './facetPlans.ts';
import { identityForms } from './identityForms.ts';
import { type Judgement, judgementOf } from './judgement.ts';
import { labelledFacets } from './labelledFacets.ts';
import type { CredentialList, SkillDetail } from './schemas.ts';
import { countsOfSkills } from './skillLists.ts';
import { summaryOf } from './summaryOf.ts';

/** Skills named most often beside it, and providers of each relation. */
const mostListed = 10;
/** Credentials whose statements are read for the identities that were put together. */
const mostRead = 200;
const examples = 5;
const relations = ['teaches', 'assesses', 'requires'] as const;

/** One skill by key, IRI, code or label: who names it, and how. Throws NotFoundError. */
export async function oneSkill(context: QueryContext, identity: string): Promise<SkillDetail> {
  const { key, others } = await keyOf(context, identity);
  const judgement = judgementOf({}, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const counts = await countsOfSkills(context.engine, [key]);
  const count = (field: KeywordField): number => counts[field]?.get(key) ?? 0;
  const stated = await facetsOf(context, { names: `family,tier,region,skill:${mostListed + 1}`, judgement }, [
    having('skill', key),
  ]);
  const { statements, ids, total } = await statementsOf(context, key);
  const [first] = statements;
  const credentials = await context.credentials.credentials(ids.slice(0, examples));
  return {
    key,
    label: (await labelsOf(context, [key]))[0]!.label,
    ...pick(first, ['uri', 'code', 'scheme', 'frameworkName']),
    credentials: total,
    stated: count('skill'),
    requires: count('skill.requires'),
    assesses: count('skill.assesses'),
    teaches: count('skill.teaches'),
    inferred: count('skill.inferred'),
    families: stated.family!,
    tiers: stated.tier!,
    regions: stated.region!,
    providers: await providersOf(context, key, judgement),
    related: relatedIn(stated.skill!, key),
    broader: await labelsOf(context, [...new Set(statements.flatMap(({ broader = [] }) => broader))]),
    narrower: count('skill.broader'),
    merged: mergedIn(statements),
    read: Math.min(total, mostRead),
    others,
    examples: [...credentials.values()].map((each): Summary => summaryOf(each, { currency: 'USD', judgement })),
  };
}

/** The most used of the skills that are called this; the others by their keys. */
async function keyOf(
  { labels, engine, skillsIn }: QueryContext,
  identity: string,
): Promise<{ key: string; others: string[] }> {
  const concept = skillsIn.named(identity);
  const keys = new Set<string>();
  for (const form of [...identityForms(identity), ...(concept ? [concept.key] : [])])
    for (const key of await labels.values('skill', form)) keys.add(key);
  if (keys.size === 0) {
    throw new NotFoundError(
      'unknown_skill',
      `No credential names a skill "${identity.slice(0, 200)}". Look it up with /v1/skills?q=.`,
    );
  }
  if (keys.has(identity)) return { key: identity, others: [...keys].filter((key) => key !== identity) };
  const counts = (await countsOfSkills(engine, [...keys])).skill;
  const [key = '', ...others] = [...keys].toSorted((a, b) => (counts?.get(b) ?? 0) - (counts?.get(a) ?? 0));
  return { key, others };
}

function having(field: KeywordField, key: string): TaggedClause {
  return { clause: { op: 'any', field, values: [key] } };
}

async function facetsOf(
  context: QueryContext,
  { names, judgement }: { names: string; judgement: Judgement },
  filter: TaggedClause[],
): Promise<CredentialList['facets']> {
  const plans = await facetPlans(names, { ...context, currency: 'USD', judgement });
  const { facets } = await context.engine.search({
    filter,
    facets: plans.map(({ request }) => request),
    sort: [],
    size: 0,
  });
  return labelledFacets(facets, plans, context);
}

async function providersOf(
  context: QueryContext,
  key: string,
  judgement: Judgement,
): Promise<SkillDetail['providers']> {
  const found: Partial<SkillDetail['providers']> = {};
  for (const relation of relations) {
    const asked = { names: `provider:${mostListed}`, judgement };
    found[relation] = (await facetsOf(context, asked, [having(`skill.${relation}`, key)])).provider!;
  }
  return found as SkillDetail['providers'];
}

/** What the credentials that name it say of it, stated or inferred. */
async function statementsOf(
  { engine, credentials }: QueryContext,
  key: string,
): Promise<{ statements: Skill[]; ids: string[]; total: number }> {
  const clauses = [having('skill', key).clause, having('skill.inferred', key).clause];
  const { hits, total } = await engine.search({
    filter: [{ clause: { op: 'or', clauses } }],
    facets: [],
    sort: [],
    size: mostRead,
  });
  const ids = hits.map(({ id }) => id);
  const found = await credentials.credentials(ids);
  const statements = ids.flatMap((id) => found.get(id)?.skills.filter((skill) => skill.key === key) ?? []);
  return { statements, ids, total };
}

/** Skills that are stated beside it, by credentials that state both. */
function relatedIn({ buckets }: CredentialList['facets'][string], key: string): SkillDetail['related'] {
  return buckets
    .filter(({ value }) => value !== key)
    .slice(0, mostListed)
    .map(({ value, label, count }) => ({ key: value, label, credentials: count }));
}

/** What else it is known by, and why that is the same; the most frequent first. */
function mergedIn(statements: readonly Skill[]): SkillDetail['merged'] {
  const known = new Map<string, SkillDetail['merged'][number]>();
  for (const { merged, label } of statements) {
    if (!merged) continue;
    const id = `${merged.key}\n${merged.because}`;
    known.set(id, { ...merged, label, statements: (known.get(id)?.statements ?? 0) + 1 });
  }
  return [...known.values()].sort((a, b) => b.statements - a.statements || (a.key < b.key ? -1 : 1));
}

async function labelsOf({ labels }: QueryContext, keys: string[]): Promise<SkillDetail['broader']> {
  const known = await labels.labels('skill', keys);
  return keys.map((key) => ({ key, label: known.get(key) ?? key }));
}

function pick<K extends keyof Skill>(skill: Skill | undefined, names: readonly K[]): Partial<Pick<Skill, K>> {
  return Object.fromEntries(
    names.flatMap((name) => (skill?.[name] === undefined ? [] : [[name, skill[name]]])),
  ) as Partial<Pick<Skill, K>>;
}
