import type { Clause, CoverageCursor, CoverageQuery, KeywordField } from '@credatlas/model';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryContext } from '../dependencies.ts';
import { type Judgement, judgementOf, vettedJudgement } from '../judgement.ts';
import { parameterFault } from '../parameterFault.ts';
import { type Conditions, conditionsOf, type SearchParameters } from '../searchCredentials.ts';
import { summaryOf } from '../summaryOf.ts';
import { textUnits } from '../textQuery.ts';
import { Warnings } from '../Warnings.ts';
import { coveredSkills, type Relation } from './coveredSkills.ts';
import type { Coverage } from './schemas.ts';
import type { TextSkills } from './TextSkills.ts';
import { type WantedSkill, wantedSkills } from './wantedSkills.ts';

export interface CoverageQuestion
  extends Pick<
    SearchParameters,
    'q' | 'mode' | 'filter' | 'size' | 'after' | 'currency' | 'on' | 'context' | 'issuerList' | 'unit'
  > {
  skills?: string[] | undefined;
  text?: string | undefined;
  min?: number | undefined;
  share?: number | undefined;
  relation: readonly Relation[];
}

/**
 * Credentials that cover at least `min` of the skills, or a share of them, within a filter: most covered first, then most assessed, then
 * most linked, then id. What is not recognized counts among the skills, and nothing covers it. Throws InvalidInputError naming the
 * parameter.
 */
export async function findCoverage(
  context: QueryContext & { skillsIn: TextSkills },
  question: CoverageQuestion,
): Promise<Coverage> {
  const warnings = new Warnings();
  const wanted = await wantedSkills(context, { skills: question.skills ?? [], text: question.text });
  const min = leastOf(question, wanted.length);
  const plain = judgementOf(question, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: question.issuerList });
  const recognized = wanted.filter(({ keys }) => keys.length > 0);
  const pageOf = { ...question, size: undefined, after: undefined, on: judgement.day };
  const asked = { context, question, judgement, recognized, min };
  const { mode, size, after } = question;
  const query = await engineQuery({ ...asked, mode, warnings });
  const answer = await context.engine.coverage({ ...query, size, ...(after ? { after: pointIn(after, pageOf) } : {}) });
  const otherMode = mode === 'strict' ? 'expanded' : 'strict';
  const other = await context.engine.coverage({
    ...(await engineQuery({ ...asked, mode: otherMode, warnings: new Warnings(0) })),
    size: 1,
  });
  return {
    meta: {
      total: answer.total,
      totals:
        mode === 'strict'
          ? { strict: answer.total, expanded: other.total }
          : { strict: other.total, expanded: answer.total },
      mode,
      n: wanted.length,
      min,
      size,
      on: judgement.day,
      snapshot: answer.seq,
      truncated: false,
      warnings: warnings.list(),
    },
    recognized: await withSupply(context, recognized, query.fields),
    unrecognized: wanted.filter(({ keys }) => keys.length === 0).flatMap(({ asked: [text] }) => text ?? []),
    results: await results(
      asked,
      wanted,
      answer.hits.map(({ id }) => id),
    ),
    next: answer.next ? writeCursor({ kind: 'keyset', values: answer.next.counts, id: answer.next.id }, pageOf) : null,
  };
}

interface Asked {
  context: QueryContext;
  question: CoverageQuestion;
  judgement: Judgement;
  recognized: WantedSkill[];
  min: number;
}

/** A share is rounded up; one skill is enough unless more are asked for. */
function leastOf({ min, share }: CoverageQuestion, n: number): number {
  if (n === 0) {
    const detail = 'Name skills like skills=welding|blueprint reading, or give a text that mentions some.';
    throw parameterFault('no_skills', { parameter: 'skills', detail });
  }
  if (min !== undefined && share !== undefined)
    throw parameterFault('min_and_share', { parameter: 'share', detail: 'Give min or share, not both.' });
  const least = min ?? (share === undefined ? 1 : Math.ceil(share * n - 1e-9));
  if (least > n)
    throw parameterFault('min_too_large', { parameter: 'min', detail: `Only ${n} different skills are asked for.` });
  return Math.max(least, 1);
}

type EngineQuery = Omit<CoverageQuery, 'size' | 'after'> & Conditions;

async function engineQuery(
  given: Asked & { mode: SearchParameters['mode']; warnings: Warnings },
): Promise<EngineQuery> {
  const { context, question, judgement, recognized, min, mode, warnings } = given;
  const { filter, currency, unit = 'credential', relation } = question;
  const units = textUnits(question.q, warnings);
  const conditions = await conditionsOf(context, { units, filter, currency, mode, judgement, unit, warnings });
  return { ...conditions, skills: recognized.map(({ keys }) => keys), fields: fieldsOf(relation, mode), min };
}

function fieldsOf(relations: readonly Relation[], mode: SearchParameters['mode']): KeywordField[] {
  if (relations.length > 0) return relations.map((relation) => `skill.${relation}` as const);
  return mode === 'strict' ? ['skill'] : ['skill', 'skill.inferred'];
}

function pointIn(after: string, pageOf: unknown): CoverageCursor {
  const point = readCursor(after, pageOf);
  const counts = point.kind === 'keyset' ? point.values.map(Number) : [];
  const [covered = 0, assessed = 0, linked = 0] = counts;
  return { counts: [covered, assessed, linked], id: point.kind === 'keyset' ? point.id : '' };
}

/** How many credentials cover each of the skills at all. */
async function withSupply(
  { engine }: QueryContext,
  recognized: WantedSkill[],
  fields: KeywordField[],
): Promise<Coverage['recognized']> {
  const clauseOf = ({ keys }: WantedSkill): Clause => ({
    op: 'or',
    clauses: fields.map((field) => ({ op: 'any', field, values: keys })),
  });
  const values = recognized.map((skill, at) => ({ value: String(at), clause: clauseOf(skill) }));
  const facets = [{ name: 'skills', kind: 'clauses' as const, tag: '', values }];
  const answer = await engine.search({ filter: [], facets, sort: [], size: 0 });
  const counts = new Map(answer.facets.skills?.buckets.map(({ value, count }) => [value, count]));
  return recognized.map((skill, at) => ({ ...skill, credentials: counts.get(String(at)) ?? 0 }));
}

async function results(
  { context, question, judgement }: Asked,
  wanted: WantedSkill[],
  ids: string[],
): Promise<Coverage['results']> {
  const { currency, relation: relations, mode } = question;
  const credentials = await context.credentials.credentials(ids);
  return ids.flatMap((id) => {
    const credential = credentials.get(id);
    if (!credential) return [];
    const covered = coveredSkills(credential, wanted, { relations, mode });
    const has = new Set(covered.map(({ asked: [first] }) => first));
    const missing = wanted.filter(({ asked: [first] }) => !has.has(first!));
    return [
      {
        ...summaryOf(credential, { currency, judgement }),
        covered,
        missing: missing.map(({ label, asked }) => ({ label, asked })),
      },
    ];
  });
}
