import {
  type Clause,
  type Credential,
  contextKeys,
  type FacetRequest,
  firstMoment,
  nearestName,
  type TierContext,
  type TierValue,
  tiers,
} from '@credatlas/model';
import { parameterFault } from './parameterFault.ts';
import type { KnownShortlist, KnownShortlists } from './shortlists/KnownShortlists.ts';
import { vettedClause } from './shortlists/vettedTiers.ts';

/** What a judgement depends on beside the record: the day, the fields asked about, and how long an affirmation lasts. */
export interface Judgement {
  /** Milliseconds. */
  on: number;
  /** The same as a calendar day. */
  day: string;
  contexts: readonly TierContext[];
  staleAfterMonths: number;
  /** A shortlist of issuers that counts as evidence of tiers. */
  vetted?: KnownShortlist;
}

/** Filter fields whose values are derived on the day of the question. */
export type JudgedField = 'tier' | 'stale';

export const judgedValues: Readonly<Record<JudgedField, readonly string[]>> = {
  tier: tiers.filter((tier) => tier !== 'unknown'),
  stale: ['yes', 'no'],
};

/** Condition under which a credential has the value. */
export function judgedClause(field: JudgedField, value: string, judgement: Judgement): Clause {
  return field === 'tier' ? tierClause(value as TierValue, judgement) : staleClause(value, judgement);
}

export function judgedFacet(field: JudgedField, judgement: Judgement): Extract<FacetRequest, { kind: 'clauses' }> {
  const values = judgedValues[field].map((value) => ({ value, clause: judgedClause(field, value, judgement) }));
  return { name: field, kind: 'clauses', tag: field, values };
}

function tierClause(value: TierValue, judgement: Judgement): Clause {
  const plain = (tier: TierValue): Clause => plainTierClause(tier, judgement);
  const { vetted: list, contexts } = judgement;
  return list ? vettedClause(value, { list, contexts, plain }) : plain(value);
}

/** In a context a listing that covers it makes `high`, and one that does not is ignored. */
function plainTierClause(value: TierValue, { on, contexts }: Judgement): Clause {
  if (contexts.length === 0) return { op: 'held', on, roles: [`tier:${value}`] };
  const covered: Clause = { op: 'any', field: 'tier.scope', values: [...new Set(contexts.flatMap(contextKeys))] };
  const unlisted: Clause = { op: 'held', on, roles: [`unlisted:${value}`] };
  return value === 'high'
    ? { op: 'or', clauses: [covered, unlisted] }
    : { op: 'and', clauses: [unlisted, { op: 'not', clause: covered }] };
}

/** Judged in fast-moving fields only; elsewhere a dated record is not stale, and one without any date is unknown. */
function staleClause(value: string, judgement: Judgement): Clause {
  const old: Clause = {
    op: 'and',
    clauses: [
      { op: 'any', field: 'fastMoving', values: ['yes'] },
      { op: 'range', field: 'affirmed', lt: staleBefore(judgement) },
    ],
  };
  if (value === 'yes') return old;
  return {
    op: 'and',
    clauses: [
      { op: 'present', field: 'affirmed' },
      { op: 'not', clause: old },
    ],
  };
}

/** The same for one credential; undefined when it has no date to judge by. */
export function isStaleOn(
  { affirmed, isFastMoving }: Credential['freshness'],
  judgement: Judgement,
): boolean | undefined {
  const moment = affirmed === undefined ? undefined : firstMoment(affirmed);
  return moment === undefined ? undefined : isFastMoving && moment < staleBefore(judgement);
}

function staleBefore({ on, staleAfterMonths }: Judgement): number {
  return monthsFrom(on, -staleAfterMonths);
}

/** The day so many months later, in milliseconds; a day that the month does not have is its last. */
export function monthsFrom(on: number, months: number): number {
  const day = new Date(on);
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(wanted, last));
  return day.getTime();
}

/** Reads `on=` and `context=`. Throws InvalidInputError `malformed_day` or `malformed_context`. */
export function judgementOf(
  parameters: { on?: string | undefined; context?: string | undefined },
  given: { now: number; staleAfterMonths: number },
): Judgement {
  const day = parameters.on ?? new Date(given.now).toISOString().slice(0, 10);
  const on = /^\d{4}-\d{2}-\d{2}$/.test(day) ? firstMoment(day) : undefined;
  if (on === undefined || new Date(on).toISOString().slice(0, 10) !== day)
    throw parameterFault('malformed_day', {
      parameter: 'on',
      position: 0,
      detail: `"${day}" is no day.`,
      suggestion: '2026-01-31',
    });
  const { context } = parameters;
  return { on, day, contexts: context ? contextsIn(context) : [], staleAfterMonths: given.staleAfterMonths };
}

/**
 * The same, with the shortlist that `issuerList=` names as evidence. Throws InvalidInputError `unknown_shortlist`, or `not_of_issuers` for
 * a list of credentials.
 */
export async function vettedJudgement(
  judgement: Judgement,
  { lists, name }: { lists: KnownShortlists; name: string | undefined },
): Promise<Judgement> {
  if (name === undefined) return judgement;
  const vetted = await lists.find(name);
  const shown = `"${name.slice(0, 100)}"`;
  if (!vetted) {
    const suggestion = nearestName(name, await lists.names());
    const detail = `There is no shortlist ${shown}.`;
    throw parameterFault('unknown_shortlist', { parameter: 'issuerList', detail, suggestion });
  }
  if (vetted.of === 'issuers') return { ...judgement, vetted };
  const detail = `${shown} lists credentials; tiers rest on issuers.`;
  throw parameterFault('not_of_issuers', { parameter: 'issuerList', detail });
}

const kinds = ['occupation', 'industry', 'subject'] as const;
/** More fields than a question is about. */
const maxContexts = 20;

function contextsIn(text: string): TierContext[] {
  const parts = [...text.matchAll(/((?:"[^"]*"|[^|"])*)(?:\||$)/g)]
    .map((match) => ({ text: (match[1] ?? '').trim(), position: match.index }))
    .filter((part) => part.text !== '');
  if (parts.length > maxContexts || parts.length === 0)
    throw contextFault(`A context names 1 to ${maxContexts} fields.`, 0);
  return parts.map(contextOf);
}

function contextOf({ text, position }: { text: string; position: number }): TierContext {
  const [, name = '', written = ''] = /^([A-Za-z]+):(.+)$/s.exec(text) ?? [];
  const kind = kinds.find((each) => each === name);
  if (!kind) throw contextFault(`"${text}" is no field to judge in.`, position, nearestName(name, kinds));
  const value = /^"[^"]*"$/.test(written) ? written.slice(1, -1) : written;
  if (kind === 'subject') return { kind, value: value.trim().toLowerCase() };
  if (!/^(?:[a-z]+:)?\d[\d.\- ]*$/i.test(value)) throw contextFault(`"${value}" is no code.`, position);
  return { kind, value };
}

function contextFault(detail: string, position: number, nearest?: string): Error {
  return parameterFault('malformed_context', {
    parameter: 'context',
    position,
    detail,
    suggestion: nearest ? `${nearest}:…` : 'occupation:15-12|industry:52|subject:"data science"',
  });
}
