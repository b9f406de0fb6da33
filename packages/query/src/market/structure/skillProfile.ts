import type { GroupRow } from '@credatlas/model';
import { compileFilter } from '../../compileFilter.ts';
import type { QueryContext } from '../../dependencies.ts';
import { quoted } from '../../filterSyntax.ts';
import { parameterFault } from '../../parameterFault.ts';
import { Warnings } from '../../Warnings.ts';
import type { MarketQuestion } from '../table/marketQuestion.ts';
import type { GroupBy } from '../table/snapshots.ts';

/** Skills of a profile at most; an occupation's table has some tens. */
const maxSkills = 100;

export interface ProfileSkill {
  /** As it is asked for. */
  name: string;
  label: string;
  /** Keys that it goes by here; none: no credential names it. */
  keys: string[];
}

/**
 * The skills that an occupation asks for: those of a list (keys, IRIs, codes or labels, joined by `|`), or those that occupation tables
 * attach to the credentials of an occupation. Throws InvalidInputError `malformed_profile`.
 */
export async function skillProfile(
  context: QueryContext,
  asked: { skills?: string | undefined; occupation?: string | undefined },
  { question, groupBy }: { question: MarketQuestion; groupBy: GroupBy },
): Promise<ProfileSkill[]> {
  const { skills, occupation } = asked;
  if (skills !== undefined && occupation !== undefined)
    throw malformed('occupation', 'Give either skills or an occupation, not both.');
  if (skills === undefined && occupation === undefined)
    throw malformed('skills', 'Give skills or an occupation.', 'data analysis|welding');
  return occupation === undefined
    ? listedSkills(context, skills!)
    : occupationSkills(context, occupation, { question, groupBy });
}

async function listedSkills({ labels }: QueryContext, text: string): Promise<ProfileSkill[]> {
  const names = [...text.matchAll(/((?:"[^"]*"|[^|"])+)/g)].map(([name]) => name.trim().replace(/^"(.*)"$/, '$1'));
  const distinct = [...new Set(names.filter((name) => name !== ''))];
  if (distinct.length === 0 || distinct.length > maxSkills)
    throw malformed(
      'skills',
      `A profile has 1 to ${maxSkills} skills, not ${distinct.length}.`,
      'data analysis|welding',
    );
  const profile: ProfileSkill[] = [];
  for (const name of distinct) {
    // O*NET writes its elements as 2.A.1.a.
    const forms = /^\d\.[A-Z]\.\d/i.test(name) ? [name, `onet:${name}`] : [name];
    const keys = [...new Set((await Promise.all(forms.map((form) => labels.values('skill', form)))).flat())];
    const known = await labels.labels('skill', keys);
    profile.push({ name, keys, label: known.get(keys[0] ?? '') ?? name });
  }
  return profile;
}

async function occupationSkills(
  context: QueryContext,
  occupation: string,
  { question, groupBy }: { question: MarketQuestion; groupBy: GroupBy },
): Promise<ProfileSkill[]> {
  const filter = await compileFilter(`occupation:${quoted(occupation)}`, { ...question, warnings: new Warnings(0) });
  const { rows } = await groupBy({ filter, by: [{ kind: 'values', field: 'skill.inferred' }], metrics: [] });
  const keys = rows.flatMap(({ by: [key] }: GroupRow) => key ?? []).slice(0, maxSkills);
  if (keys.length === 0)
    throw malformed(
      'occupation',
      `No table of skills is known for "${occupation.slice(0, 60)}". Give skills= instead.`,
    );
  const labels = await context.labels.labels('skill', keys);
  return keys.map((key) => ({ name: key, keys: [key], label: labels.get(key) ?? key }));
}

function malformed(parameter: string, detail: string, suggestion?: string): Error {
  return parameterFault('malformed_profile', { parameter, detail, suggestion });
}
