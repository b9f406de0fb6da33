import { amountOf, type Credential } from '@credatlas/model';
import {
  type AskedSkills,
  askedSkills,
  type SkillQuestion,
  withCovered,
  withSupply,
} from '../coverage/skillQuestion.ts';
import type { QueryContext } from '../dependencies.ts';
import { parameterFault } from '../parameterFault.ts';
import { BundleSearch, centsIn, type FoundBundle } from './BundleSearch.ts';
import type { Bundles } from './schemas.ts';

export interface BundleQuestion extends SkillQuestion {
  objective: Bundles['meta']['objective'];
}

/** Up to so many skills the best bundle is found exactly (interface §4). */
const mostExact = 8;
/** Up to so many a good one is, with a bound. */
const mostSkills = 64;

/**
 * The cheapest, the shortest or the fewest credentials that together cover all of the skills, within a filter; what lacks the value of
 * the objective is left out and counted. Exact to 8 skills, to 64 with a bound. Throws InvalidInputError naming the parameter.
 */
export async function findBundles(context: QueryContext, question: BundleQuestion): Promise<Bundles> {
  const asked = await askedSkills(context, question);
  const n = asked.wanted.length;
  if (n > mostSkills) {
    const detail = `${n} different skills are asked for; bundles are made for up to ${mostSkills}.`;
    throw parameterFault('too_many_skills', { parameter: question.skills ? 'skills' : 'text', detail });
  }
  const search = new BundleSearch(context, asked, question.objective);
  const { uncovered, candidates, leftOut, seq } = await search.survey();
  const found: FoundBundle =
    uncovered.length > 0
      ? { ids: undefined, isOptimal: true, bound: undefined, isCut: false }
      : n <= mostExact
        ? await search.exact()
        : await search.greedy();
  const credentials = await context.credentials.credentials(found.ids ?? []);
  const taken = (found.ids ?? []).flatMap((id) => credentials.get(id) ?? []);
  return {
    meta: {
      objective: question.objective,
      currency: question.currency,
      n,
      mode: question.mode,
      on: asked.judgement.day,
      snapshot: seq,
      candidates,
      leftOut,
      truncated: found.isCut,
      warnings: asked.warnings.list(),
    },
    recognized: await withSupply(context, asked),
    unrecognized: asked.unrecognized,
    unrecognizedText: asked.unrecognizedText,
    uncovered,
    bundles: taken.length > 0 ? [bundleOf(taken, asked)] : [],
    optimal: found.isOptimal,
    bound: found.bound === undefined ? null : written(found.bound, question),
  };
}

function written(value: number, { objective, currency }: BundleQuestion): NonNullable<Bundles['bound']> {
  return objective === 'cost' ? { amount: amountOf(Math.ceil(value - 1e-6)), currency } : value;
}

function bundleOf(taken: readonly Credential[], asked: AskedSkills): Bundles['bundles'][number] {
  const { currency } = asked.question;
  const credentials = taken.map((credential) => {
    const { missing: _, ...summary } = withCovered(credential, asked);
    return summary;
  });
  const cost = total(taken.map((credential) => centsIn(credential, currency)));
  return {
    credentials,
    cost: cost === undefined ? null : { amount: amountOf(cost), currency },
    days: total(taken.map(({ durationDays }) => durationDays)) ?? null,
    covers: asked.wanted.map(({ label, asked: [first] }) => ({
      skill: label,
      credentials: credentials
        .filter(({ covered }) => covered.some(({ asked: names }) => names[0] === first))
        .map(({ id }) => id),
    })),
  };
}

/** Undefined when any is missing: the unknown is never nothing. */
function total(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
