import { type Credential, isStated, type Skill } from '@credatlas/model';
import type { Coverage } from './schemas.ts';
import type { WantedSkill } from './wantedSkills.ts';

type Covered = Coverage['results'][number]['covered'][number];

const relations = ['assesses', 'requires', 'teaches', 'recommends', 'aligned'] as const;
const confidences = ['linked', 'codeOnly', 'labelOnly', 'inferred'] as const;
export type Relation = (typeof relations)[number];

/** Which statements count: relations beside the usual three when asked for, inferred ones in expanded mode. */
export interface Counted {
  relations: readonly Relation[];
  mode: 'strict' | 'expanded';
}

/** Whether a statement counts for coverage. */
function counts(skill: Skill, { relations: wanted, mode }: Counted): boolean {
  if (wanted.length === 0) return isStated(skill) || (mode === 'expanded' && skill.confidence === 'inferred');
  return wanted.some((relation) => relation === skill.relation) && skill.confidence !== 'inferred';
}

/** For each skill that the credential covers its strongest statement: assessed before required before taught, linked before named. */
export function coveredSkills(credential: Credential, wanted: readonly WantedSkill[], counted: Counted): Covered[] {
  return wanted.flatMap(({ keys, label, asked }): Covered[] => {
    const statements = credential.skills
      .map((skill, index) => ({ skill, index }))
      .filter(({ skill }) => (keys.includes(skill.key) || isNarrower(skill, keys, counted)) && counts(skill, counted))
      .sort((a, b) => compare(strength(a.skill), strength(b.skill)) || a.index - b.index);
    const [best] = statements;
    if (!best) return [];
    const { skill, index } = best;
    return [
      {
        skill: { key: skill.key, label },
        asked,
        label: skill.label,
        relation: skill.relation,
        confidence: skill.confidence,
        via: skill.via,
        path: credential.sourcePaths[`/skills/${index}`] ?? null,
        statements: statements.length,
      },
    ];
  });
}

/** In expanded mode a narrower skill satisfies a broader one, by what it states. */
function isNarrower(
  { broader = [], confidence }: Skill,
  keys: readonly string[],
  { relations: wanted, mode }: Counted,
): boolean {
  return (
    mode === 'expanded' && wanted.length === 0 && confidence !== 'inferred' && broader.some((key) => keys.includes(key))
  );
}

/** What is only inferred comes last. */
function strength({ relation, confidence }: Skill): number {
  if (confidence === 'inferred') return Number.POSITIVE_INFINITY;
  return relations.indexOf(relation as Relation) * confidences.length + confidences.indexOf(confidence);
}

/** Infinity less itself is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
