import { conceptLabel } from '@credatlas/ctdl';
import {
  amountOf,
  type Credential,
  type Credit,
  centsOf,
  isStated,
  type Money,
  type Offering,
  type Outcome,
  type Party,
  type SearchableCurrency,
} from '@credatlas/model';
import { tiedCredentials } from './comparedPathways.ts';

/** One row of a comparison. */
export interface Measure {
  field: string;
  /** Undefined: missing. */
  read(credential: Credential, currency: SearchableCurrency): unknown;
  /** Why it is missing. */
  absent(credential: Credential, currency: SearchableCurrency): string;
}

const always = (): string => 'none is stated';

export const measures: readonly Measure[] = [
  {
    field: 'provider',
    read: ({ provider }) => provider?.name ?? provider?.uri,
    absent: () => 'no owner and no offerer is stated',
  },
  { field: 'family', read: ({ family }) => family, absent: always },
  { field: 'types', read: ({ types }) => filled(types), absent: always },
  { field: 'status', read: ({ status }) => (status === 'unknown' ? undefined : status), absent: always },
  { field: 'level', read: levelOf, absent: () => 'neither its type nor a stated level has a rank' },
  {
    field: 'rigor',
    read: ({ rigor }) => (rigor && rigor.state !== 'unknown' ? rigorOf(rigor) : undefined),
    absent: () => 'neither an assessment nor a course that it requires is stated',
  },
  { field: 'skills', read: (credential) => statedKeys(credential).size || undefined, absent: noSkills },
  { field: 'creditStated', read: ({ credit }) => filled(credit.map(amountStated)), absent: always },
  { field: 'credit', read: ({ creditSemesterHours }) => creditSemesterHours, absent: noCredit },
  { field: 'cost', read: costOf, absent: noCost },
  {
    field: 'costPerCredit',
    read: (credential, currency) => perUnit(credential, currency, credential.creditSemesterHours),
    absent: () => 'needs a cost and credit in semester hours, both above zero',
  },
  {
    field: 'costPerHour',
    read: (credential, currency) => perUnit(credential, currency, credential.effortHours),
    absent: () => 'needs a cost and stated effort in hours, both above zero',
  },
  {
    field: 'durationDays',
    read: ({ durationDays }) => durationDays,
    absent: ({ effortHours }) =>
      effortHours === undefined ? 'no duration is stated' : 'only effort in hours is stated',
  },
  { field: 'effortHours', read: ({ effortHours }) => effortHours, absent: () => 'no effort in hours is stated' },
  { field: 'delivery', read: ({ delivery }) => filled(delivery), absent: always },
  {
    field: 'places',
    read: ({ places }) =>
      filled(places.map(({ city, region, country }) => [city, region, country].filter(Boolean).join(', '))),
    absent: always,
  },
  {
    field: 'schedule',
    read: ({ offerings = [] }) => filled(offerings.slice(0, maxOfferings).map(scheduleOf)),
    absent: () => 'no course that it requires says when it is held',
  },
  { field: 'languages', read: ({ languages }) => filled(languages), absent: always },
  {
    field: 'recognition',
    read: ({ recognition }) =>
      filled(recognition.map(({ role, agent }) => ({ role, agent: agent?.name ?? agent?.uri ?? null }))),
    absent: always,
  },
  {
    field: 'outcomes',
    read: ({ outcomes }) => filled(outcomes.slice(0, maxOutcomes).map(outcomeOf)),
    absent: () => 'none is published',
  },
  { field: 'leadsTo', read: (credential) => filled(tiedCredentials(credential, 'out').map(nameOf)), absent: always },
  { field: 'acceptsFrom', read: (credential) => filled(tiedCredentials(credential, 'in').map(nameOf)), absent: always },
  { field: 'renewal', read: ({ renewal }) => renewal, absent: always },
  { field: 'expires', read: ({ dates }) => dates.expires, absent: always },
  { field: 'updatedAt', read: ({ provenance }) => provenance.updatedAt, absent: always },
  { field: 'completeness', read: ({ completeness }) => completeness.share, absent: always },
];

/** Offerings of one credential in a comparison. */
const maxOfferings = 10;

function scheduleOf({ of, start, end, timing, frequency, offered, delivery, listings }: Offering): object {
  const lists = { timing, frequency, offered, delivery, listings };
  const told = Object.entries(lists).filter(([, values]) => values.length > 0);
  return {
    of: of.name ?? of.uri ?? null,
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...Object.fromEntries(told),
  };
}

function rigorOf({ state, assessments, proctored, methods }: NonNullable<Credential['rigor']>): object {
  return {
    state,
    assessments,
    ...(proctored === undefined ? {} : { proctored }),
    ...(methods.length > 0 ? { methods } : {}),
  };
}

function amountStated({ via: _via, subjects: _subjects, ...amount }: Credit): object {
  return amount;
}

/** Outcomes of one credential in a comparison; a data set has hundreds. */
const maxOutcomes = 10;

function outcomeOf({ text: _text, dataset: _dataset, source: _source, points: _points, ...figures }: Outcome): object {
  return figures;
}

function nameOf({ id, uri, name }: Party): object {
  return { id: id ?? uri ?? null, name: name ?? uri ?? null };
}

/** Keys of the skills that statements name. */
export function statedKeys({ skills }: Pick<Credential, 'skills'>): Set<string> {
  return new Set(skills.filter(isStated).map(({ key }) => key));
}

export function costOf(
  { totalCosts }: Credential,
  currency: SearchableCurrency,
): (Money & { basis: string }) | undefined {
  const cost = totalCosts.find((each) => each.currency === currency);
  return cost && { amount: cost.amount, currency: cost.currency, basis: cost.basis };
}

function levelOf({ educationRank, levels }: Credential): { rank: number; labels: string[] } | undefined {
  return educationRank ? { rank: educationRank, labels: [...new Set(levels.map(({ label }) => label))] } : undefined;
}

export function perUnit(
  credential: Credential,
  currency: SearchableCurrency,
  units: number | undefined,
): Money | undefined {
  const cents = centsOf(costOf(credential, currency)?.amount ?? '');
  return cents && units ? { amount: amountOf(Math.round(cents / units)), currency } : undefined;
}

function noSkills({ skills }: Credential): string {
  const inferred = new Set(skills.filter(({ confidence }) => confidence === 'inferred').map(({ key }) => key)).size;
  return inferred === 0
    ? 'none is stated in its record or in what it requires'
    : `none is stated; ${inferred} ${inferred === 1 ? 'is' : 'are'} only inferred, from its occupations or from looser wording`;
}

function noCredit({ credit }: Credential): string {
  const units = [...new Set(credit.flatMap(({ unit }) => unit ?? []))];
  return units.length === 0
    ? 'none is stated'
    : `stated only in ${units.map(conceptLabel).join(', ')}, which cannot be compared`;
}

function noCost({ totalCosts, costs }: Credential, currency: SearchableCurrency): string {
  const others = totalCosts.map((cost) => cost.currency);
  if (others.length > 0) return `stated only in ${others.join(', ')}, not in ${currency}`;
  return costs.length === 0 ? 'none is stated' : 'what is stated of prices makes no total';
}

/** Undefined for none: missing. */
export function filled<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? [...new Set(values)] : undefined;
}
