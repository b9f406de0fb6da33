import type { Clause, CoverageQuery, Credential, KeywordField } from '@credatlas/model';
import { type Conditions, conditionsOf } from '../conditions.ts';
import type { QueryContext } from '../dependencies.ts';
import { wordsIn } from '../identified.ts';
import { type Judgement, judgementOf, vettedJudgement } from '../judgement.ts';
import { parameterFault } from '../parameterFault.ts';
import type { SearchParameters } from '../searchCredentials.ts';
import { summaryOf } from '../summaryOf.ts';
import { Warnings } from '../Warnings.ts';
import { coveredSkills, type Relation } from './coveredSkills.ts';
import type { Coverage } from './schemas.ts';
import { mentionsIn, type TextMention } from './textMentions.ts';
import { type TextPart, unrecognizedText } from './unrecognizedText.ts';
import { type WantedSkill, wantedSkills } from './wantedSkills.ts';

/** What asks for skills, within a filter. */
export interface SkillQuestion
  extends Pick<SearchParameters, 'q' | 'mode' | 'filter' | 'currency' | 'on' | 'context' | 'issuerList' | 'unit'> {
  skills?: string[] | undefined;
  text?: string | undefined;
  relation: readonly Relation[];
}

export type SkillConditions = Conditions & Pick<CoverageQuery, 'skills' | 'fields'>;

/** A question as it is understood. */
export interface AskedSkills {
  question: SkillQuestion;
  /** Each different skill once, in the order asked; those without keys are known by no name. */
  wanted: WantedSkill[];
  recognized: WantedSkill[];
  unrecognized: string[];
  /** Parts of the text in which no skill was recognised. */
  unrecognizedText: TextPart[];
  judgement: Judgement;
  warnings: Warnings;
  /** What the engine is asked; skills in the order of `recognized`. */
  conditions: SkillConditions;
}

/** Throws InvalidInputError naming the parameter; `no_skills` where none are asked for. */
export async function askedSkills(context: QueryContext, question: SkillQuestion): Promise<AskedSkills> {
  const warnings = new Warnings();
  const { skills = [], text } = question;
  const { mentions, passedOver } = await readText(context, text, warnings);
  const wanted = await wantedSkills(context, { skills, text, mentions });
  if (wanted.length === 0) {
    const isText = text !== undefined && skills.length === 0;
    const detail = isText
      ? 'No skill is recognised in the text. Name some, like skills=welding|blueprint reading.'
      : 'Name skills like skills=welding|blueprint reading, or give a text that mentions some.';
    throw parameterFault('no_skills', { parameter: isText ? 'text' : 'skills', detail });
  }
  const plain = judgementOf(question, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: question.issuerList });
  const recognized = wanted.filter(({ keys }) => keys.length > 0);
  const unrecognized = wanted.filter(({ keys }) => keys.length === 0).flatMap(({ asked: [text] }) => text ?? []);
  const asked = { question, wanted, recognized, unrecognized, unrecognizedText: passedOver, judgement, warnings };
  return { ...asked, conditions: await conditionsIn(question.mode, context, asked) };
}

/** Skills taken from one text, and parts of it that are shown. */
const mostMentions = 50;
const mostParts = 500;

async function readText(
  context: QueryContext,
  text: string | undefined,
  warnings: Warnings,
): Promise<{ mentions: TextMention[]; passedOver: TextPart[] }> {
  if (text === undefined) return { mentions: [], passedOver: [] };
  const mentions = await mentionsIn(context, text);
  const parts = unrecognizedText(text, { mentions, skillsIn: context.skillsIn });
  const distinct = [...new Map(mentions.toReversed().map((each) => [each.keys.join(' '), each])).values()].reverse();
  if (distinct.length > mostMentions)
    warnings.add(`The text mentions ${distinct.length} skills; the first ${mostMentions} count.`);
  if (parts.length > mostParts)
    warnings.add(`No skill was recognised in ${parts.length} parts of the text; the first ${mostParts} are shown.`);
  return { mentions: distinct.slice(0, mostMentions), passedOver: parts.slice(0, mostParts) };
}

/** The same question in a mode. */
export async function conditionsIn(
  mode: SearchParameters['mode'],
  context: QueryContext,
  given: Pick<AskedSkills, 'question' | 'recognized' | 'judgement' | 'warnings'>,
): Promise<SkillConditions> {
  const { question, recognized, judgement, warnings } = given;
  const { filter, currency, unit = 'credential', relation } = question;
  const words = await wordsIn(context, question.q, warnings);
  const conditions = await conditionsOf(context, { ...words, filter, currency, mode, judgement, unit, warnings });
  return { ...conditions, skills: recognized.map(({ keys }) => keys), fields: fieldsOf(relation, mode) };
}

function fieldsOf(relations: readonly Relation[], mode: SearchParameters['mode']): KeywordField[] {
  if (relations.length > 0) return relations.map((relation) => `skill.${relation}` as const);
  return mode === 'strict' ? ['skill'] : ['skill', 'skill.inferred', 'skill.broader'];
}

/** Holds of documents that cover a skill. */
export function skillClause(keys: string[], fields: readonly KeywordField[]): Clause {
  return { op: 'or', clauses: fields.map((field) => ({ op: 'any', field, values: keys })) };
}

/** How many credentials cover each of the recognized skills at all. */
export async function withSupply({ engine }: QueryContext, asked: AskedSkills): Promise<Coverage['recognized']> {
  const { recognized, conditions } = asked;
  const values = recognized.map(({ keys }, at) => ({
    value: String(at),
    clause: skillClause(keys, conditions.fields),
  }));
  const facets = [{ name: 'skills', kind: 'clauses' as const, tag: '', values }];
  const answer = await engine.search({ filter: [], facets, sort: [], size: 0 });
  const counts = new Map(answer.facets.skills?.buckets.map(({ value, count }) => [value, count]));
  return recognized.map((skill, at) => ({ ...skill, credentials: counts.get(String(at)) ?? 0 }));
}

/** The summary of a credential with what it covers, by its strongest statements, and what it misses. */
export function withCovered(credential: Credential, asked: AskedSkills): Coverage['results'][number] {
  const { question, wanted, judgement } = asked;
  const covered = coveredSkills(credential, wanted, { relations: question.relation, mode: question.mode });
  const has = new Set(covered.map(({ asked: [first] }) => first));
  const missing = wanted.filter(({ asked: [first] }) => !has.has(first!));
  return {
    ...summaryOf(credential, { currency: question.currency, judgement }),
    covered,
    missing: missing.map(({ label, asked: names }) => ({ label, asked: names })),
  };
}
