import {
  type Clause,
  type Credential,
  isStated,
  issuersOf,
  partyKey,
  type SearchableCurrency,
  type TaggedClause,
} from '@credatlas/model';
import { statedKeys } from '../compare/measures.ts';
import { compileFilter } from '../compileFilter.ts';
import { leadsOnly } from '../conditions.ts';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { judgementOf, vettedJudgement } from '../judgement.ts';
import { summaryOf } from '../summaryOf.ts';
import { stemQuery } from '../textQuery.ts';
import { Warnings } from '../Warnings.ts';
import { differences, tellingWords } from './likeness.ts';
import { mostAlike } from './mostAlike.ts';
import type { SimilarList } from './schemas.ts';

export interface SimilarQuestion {
  filter?: string | undefined;
  size: number;
  currency: SearchableCurrency;
  on?: string | undefined;
  context?: string | undefined;
  issuerList?: string | undefined;
}

/** Candidates of each kind that are compared in full: by skills, by words of the name. */
const mostCandidates = 100;
/** Skills by which candidates are looked for: more tell no better. */
const mostSkills = 40;
/** Share of the skills that a candidate by skills has at least. */
const leastShare = 0.25;

/**
 * Equivalents from other providers, most alike first, then by id, each with why and with what differs. Records about the same
 * credential are not among them. Throws NotFoundError, WithdrawnError, or InvalidInputError naming the parameter.
 */
export async function findSimilar(
  context: QueryContext,
  identity: string,
  question: SimilarQuestion,
): Promise<SimilarList> {
  const own = await findCredential(context, identity);
  const warnings = new Warnings();
  const { currency, size } = question;
  const plain = judgementOf(question, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: context.lists, name: question.issuerList });
  const clauses = await compileFilter(question.filter, { ...context, currency, mode: 'strict', judgement, warnings });
  const filter = [...clauses, leadsOnly, ...ofOthers(own)];
  const { ids, isCut } = await candidates(context, own, filter);
  const same = await sameAs(context, own.id, ids);
  const others = ids.filter((id) => !same.has(id));
  const { found, looked } = await mostAlike(context, others, { own, size, on: judgement.on });
  return {
    meta: {
      of: { id: own.id, name: own.nameText },
      looked,
      size,
      on: judgement.day,
      currency,
      truncated: isCut,
      warnings: warnings.list(),
    },
    results: found.map(({ other, score, parts }) => ({
      ...summaryOf(other, { currency, judgement }),
      likeness: score,
      because: parts.map((part) => ({ ...part, detail: part.detail() })),
      skillsCompared: comparedSkills(own, other),
      differences: differences(own, other, currency),
    })),
  };
}

/** Not itself, and nothing of those who stand behind it. */
function ofOthers(own: Credential): TaggedClause[] {
  const values = issuersOf(own).flatMap((issuer) => partyKey(issuer) ?? []);
  const isTheirs: Clause = { op: 'any', field: 'provider', values };
  return values.length > 0 ? [{ clause: { op: 'not', clause: isTheirs } }] : [];
}

async function candidates(
  { engine, vocabulary }: QueryContext,
  own: Credential,
  filter: TaggedClause[],
): Promise<{ ids: string[]; isCut: boolean }> {
  const skills = [...statedKeys(own)].slice(0, mostSkills).map((key) => [key]);
  const min = Math.max(1, Math.ceil(skills.length * leastShare));
  const bySkill =
    skills.length > 0
      ? await engine.coverage({ skills, fields: ['skill'], min, filter, size: mostCandidates })
      : { hits: [], total: 0 };
  const units = tellingWords(own).map((token) => ({ tokens: [token], phrase: false, variants: [] }));
  const text = units.length > 0 && (await stemQuery(units, { vocabulary, warnings: new Warnings(0) }));
  const byName = text
    ? await engine.search({ text, filter, facets: [], sort: [], size: mostCandidates })
    : { hits: [], total: 0 };
  const ids = [...new Set([...bySkill.hits, ...byName.hits].map(({ id }) => id))].filter((id) => id !== own.id);
  return { ids, isCut: bySkill.total > bySkill.hits.length || byName.total > byName.hits.length };
}

/** Those of the ids that are records about the same credential. */
async function sameAs({ identities }: QueryContext, own: string, ids: string[]): Promise<Set<string>> {
  const leads = await identities.leads([own, ...ids]);
  const lead = leads.get(own) ?? own;
  return new Set(ids.filter((id) => id === lead || (leads.has(id) && leads.get(id) === lead)));
}

function comparedSkills(own: Credential, other: Credential): SimilarList['results'][number]['skillsCompared'] {
  const [here, there] = [labelsOf(own), labelsOf(other)];
  const pick = (from: Map<string, string>, isWanted: (key: string) => boolean) =>
    [...from].filter(([key]) => isWanted(key)).map(([key, label]) => ({ key, label }));
  return {
    shared: pick(here, (key) => there.has(key)),
    onlyHere: pick(here, (key) => !there.has(key)),
    onlyThere: pick(there, (key) => !here.has(key)),
  };
}

function labelsOf({ skills }: Credential): Map<string, string> {
  return new Map(skills.filter(isStated).map(({ key, label }) => [key, label]));
}
