import {
  type Credential,
  InvalidInputError,
  measuredOutcome,
  NotFoundError,
  nearestName,
  type OutcomeMeasure,
  outcomeMeasureNames,
} from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { type Judgement, judgementOf, vettedJudgement } from '../judgement.ts';
import { type Judged, judgeRecords, verdictOfAll } from './judgeRecords.ts';
import { publishedAs } from './publishedAs.ts';
import type { Rule } from './Rule.ts';
import type { CompiledRule } from './Screens.ts';
import type { CredentialRules, MissingField, RuleResults } from './schemas.ts';

/** Throws NotFoundError `unknown_rule` naming the nearest. */
export function ruleNamed({ rules }: Pick<QueryContext, 'rules'>, name: string): Rule {
  const rule = rules.all.find(({ id }) => id === name);
  if (rule) return rule;
  const names = rules.all.map(({ id }) => id);
  const nearest = nearestName(name, names);
  const detail = `There is no rule "${name.slice(0, 100)}". Rules: ${names.join(', ')}.`;
  throw new NotFoundError('unknown_rule', detail, {
    faults: [{ code: 'unknown_rule', detail, ...(nearest ? { suggestion: nearest } : {}) }],
  });
}

/** How each of these credentials fares by a rule: clause by clause, with what is missing. */
export async function judgedCredentials(
  { engine }: Pick<QueryContext, 'engine'>,
  compiled: CompiledRule,
  credentials: ReadonlyMap<string, Credential>,
): Promise<Map<string, Pick<RuleResults['results'][number], 'verdict' | 'clauses' | 'missing'>>> {
  const judged = await judgeRecords(engine, compiled, [...credentials.keys()]);
  return new Map(
    [...judged].map(([id, own]) => {
      const missingOf = ({ missing }: Judged) => missing.map((field) => missingField(field, credentials.get(id)!));
      const clauses = own.map((each, at) => ({
        id: compiled.clauses[at]!.clause.id,
        verdict: each.verdict,
        missing: missingOf(each),
      }));
      const fields = [...new Map(clauses.flatMap(({ missing }) => missing).map((each) => [each.field, each])).values()];
      return [id, { verdict: verdictOfAll(own), clauses, missing: fields }];
    }),
  );
}

/** Measures that a field is made from. */
const measures: Readonly<Record<string, OutcomeMeasure>> = {
  ...Object.fromEntries(outcomeMeasureNames.map((name) => [name, name])),
  earningsOverCost: 'earnings',
};

function missingField(field: string, { outcomes }: Credential): MissingField {
  const measure = measures[field];
  const withheld = measure !== undefined && measuredOutcome(outcomes, { measure }) === 'withheld';
  return { field, withheld, publish: publishedAs(field) };
}

/**
 * How one credential fares by rules on a day, and what it must still publish to be judged. Throws NotFoundError, WithdrawnError, and
 * InvalidInputError `not_a_credential` for a course or assessment.
 */
export async function credentialRules(
  context: QueryContext,
  identity: string,
  { on, rule, issuerList }: { on?: string | undefined; rule?: string | undefined; issuerList?: string | undefined },
): Promise<CredentialRules> {
  const chosen = rule === undefined ? context.rules.all : [ruleNamed(context, rule)];
  const judgement = await judgementFor(context, { on, issuerList });
  const credential = await findCredential(context, identity);
  const { id, nameText: name, provider, kind } = credential;
  if (kind !== 'credential')
    throw new InvalidInputError('not_a_credential', `"${name}" is no credential (${kind}); rules screen credentials.`);
  const rules: CredentialRules['rules'] = [];
  for (const each of chosen) {
    const compiled = await context.rules.compiled(each, judgement);
    const own = (await judgedCredentials(context, compiled, new Map([[id, credential]]))).get(id)!;
    rules.push({
      ...{ id: each.id, version: each.version, title: each.title, notJudged: each.notJudged },
      ...own,
      clauses: own.clauses.map((judged, at) => {
        const { label, source, because } = each.clauses[at]!;
        return { label, source, ...(because === undefined ? {} : { because }), ...judged };
      }),
    });
  }
  return {
    meta: { on: judgement.day, snapshot: (await context.engine.info()).seq },
    credential: { id, name, provider: provider?.name ?? null },
    rules,
  };
}

async function judgementFor(
  context: QueryContext,
  parameters: { on?: string | undefined; context?: string | undefined; issuerList?: string | undefined },
): Promise<Judgement> {
  const given = { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths };
  return vettedJudgement(judgementOf(parameters, given), { lists: context.lists, name: parameters.issuerList });
}
