import {
  amountOf,
  type Credential,
  centsOf,
  InvalidInputError,
  isStated,
  NotFoundError,
  type SearchableCurrency,
  type Skill,
} from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { QueryDependencies } from './dependencies.ts';
import type { Comparison } from './schemas.ts';
import { summaryOf } from './summaryOf.ts';

const maxCompared = 10;

/** Side by side, a row per measure; a missing value is null and the row says why. Throws InvalidInputError and NotFoundError. */
export async function compareCredentials(
  given: QueryDependencies,
  parameters: { ids: string; currency: SearchableCurrency },
): Promise<Comparison> {
  const ids = [
    ...new Set(
      parameters.ids
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  ];
  if (ids.length < 2 || ids.length > maxCompared) throw tooFewOrMany(ids.length);
  const credentials: Credential[] = [];
  for (const id of ids) {
    const credential = await given.credentials.credential(id);
    if (!credential)
      throw new NotFoundError(
        'unknown_credential',
        `There is no credential "${id}". Use an id, CTID or IRI from a search.`,
        { faults: [{ code: 'unknown_credential', parameter: 'ids', detail: `There is no credential "${id}".` }] },
      );
    credentials.push(credential);
  }
  const rows = measures.map((measure) => rowOf(measure, credentials, parameters.currency));
  return {
    credentials: credentials.map((credential) => summaryOf(credential, parameters.currency)),
    rows,
    skills: skillsOf(credentials),
    pathways: pathwaysOf(credentials),
    dominated: dominated(credentials, parameters.currency),
    missing: credentials.map(({ id }, index) => ({
      id,
      fields: rows.filter(({ values }) => values[index] === null).map(({ field }) => field),
    })),
  };
}

function tooFewOrMany(count: number): InvalidInputError {
  const detail = `Two to ${maxCompared} different ids are compared, not ${count}.`;
  return new InvalidInputError('invalid_parameter', detail, {
    faults: [{ code: 'invalid_parameter', parameter: 'ids', detail, suggestion: 'ids=a,b' }],
  });
}

interface Measure {
  field: string;
  read(credential: Credential, currency: SearchableCurrency): unknown;
  /** Why a value is missing, for the row's note. */
  absent: string;
}

const measures: readonly Measure[] = [
  { field: 'provider', read: ({ provider }) => provider?.name, absent: 'no owner or offerer is stated' },
  { field: 'family', read: ({ family }) => family, absent: '' },
  { field: 'types', read: ({ types }) => types, absent: '' },
  { field: 'status', read: ({ status }) => (status === 'unknown' ? undefined : status), absent: 'no status is stated' },
  {
    field: 'level',
    read: ({ educationRank, levels }) =>
      educationRank ? { rank: educationRank, labels: levels.map(({ label }) => label) } : undefined,
    absent: 'neither the type nor a stated level gives a rank',
  },
  {
    field: 'skills',
    read: (credential) => new Set(credential.skills.filter(isStated).map(({ key }) => key)).size || undefined,
    absent: 'no skill is stated in the record or in what it requires',
  },
  {
    field: 'rigor',
    read: ({ rigor }) => (rigor && rigor.state !== 'unknown' ? rigor : undefined),
    absent: 'no assessment or course is stated',
  },
  {
    field: 'recognition',
    read: ({ recognition }) =>
      nonEmpty(recognition.map(({ role, agent }) => ({ role, agent: agent?.name ?? agent?.uri ?? null }))),
    absent: 'no recognition is stated',
  },
  {
    field: 'credit',
    read: ({ creditSemesterHours }) => creditSemesterHours,
    absent: 'no credit is stated in semester or quarter hours',
  },
  { field: 'cost', read: costOf, absent: 'no total cost in this currency can be told' },
  {
    field: 'costPerCredit',
    read: (credential, currency) => perUnit(credential, currency, credential.creditSemesterHours),
    absent: 'needs both cost and credit above zero',
  },
  {
    field: 'costPerHour',
    read: (credential, currency) => perUnit(credential, currency, credential.effortHours),
    absent: 'needs both cost and stated effort above zero',
  },
  { field: 'durationDays', read: ({ durationDays }) => durationDays, absent: 'no calendar duration is stated' },
  { field: 'effortHours', read: ({ effortHours }) => effortHours, absent: 'no effort in hours is stated' },
  { field: 'delivery', read: ({ delivery }) => nonEmpty(delivery), absent: 'no delivery is stated' },
  {
    field: 'places',
    read: ({ places }) =>
      nonEmpty(places.map(({ city, region, country }) => [city, region, country].filter(Boolean).join(', '))),
    absent: 'no place is stated',
  },
  { field: 'renewal', read: ({ renewal }) => renewal, absent: 'no renewal is stated' },
  { field: 'expires', read: ({ dates }) => dates.expires, absent: 'no expiry is stated' },
  { field: 'updatedAt', read: ({ provenance }) => provenance.updatedAt, absent: '' },
  { field: 'completeness', read: ({ completeness }) => completeness.share, absent: '' },
];

function nonEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}

function rowOf(
  { field, read, absent }: Measure,
  credentials: Credential[],
  currency: SearchableCurrency,
): Comparison['rows'][number] {
  const values = credentials.map((credential) => read(credential, currency) ?? null);
  const missing = values.flatMap((value, index) => (value === null ? [credentials[index]?.id ?? ''] : []));
  return { field, values, note: missing.length > 0 ? `Missing for ${missing.join(', ')}: ${absent}.` : null };
}

function costOf(
  { totalCosts }: Credential,
  currency: SearchableCurrency,
): { amount: string; currency: string; basis: string } | undefined {
  const cost = totalCosts.find((each) => each.currency === currency);
  return cost && { amount: cost.amount, currency: cost.currency, basis: cost.basis };
}

function perUnit(
  credential: Credential,
  currency: SearchableCurrency,
  units: number | undefined,
): { amount: string; currency: string } | undefined {
  const cents = centsOf(costOf(credential, currency)?.amount ?? '');
  return cents && units ? { amount: amountOf(Math.round(cents / units)), currency } : undefined;
}

/** Stated skills by identity: what all have, what only one has, and who says what about each. */
function skillsOf(credentials: Credential[]): Comparison['skills'] {
  const byCredential = credentials.map((credential) =>
    Map.groupBy(credential.skills.filter(isStated), ({ key }) => key),
  );
  const keys = [...new Set(byCredential.flatMap((skills) => [...skills.keys()]))];
  const matrix = keys.map((key) => ({
    key,
    label: byCredential.map((skills) => skills.get(key)?.[0]?.label).find((label) => label !== undefined) ?? key,
    statements: byCredential.map((skills) => statementOf(skills.get(key))),
  }));
  matrix.sort((a, b) => countOf(b.statements) - countOf(a.statements) || compareUtf8(a.label, b.label));
  const named = (rows: typeof matrix): { key: string; label: string }[] =>
    rows.map(({ key, label }) => ({ key, label }));
  return {
    shared: named(matrix.filter(({ statements }) => countOf(statements) === credentials.length)),
    only: Object.fromEntries(
      credentials.map(({ id }, index) => [
        id,
        named(matrix.filter(({ statements }) => statements[index] && countOf(statements) === 1)),
      ]),
    ),
    matrix,
  };
}

function countOf(statements: unknown[]): number {
  return statements.filter((statement) => statement !== null).length;
}

const strength = ['linked', 'codeOnly', 'labelOnly', 'inferred'];

function statementOf(skills: Skill[] | undefined): { relations: string[]; confidence: string } | null {
  if (!skills) return null;
  const confidence = skills
    .map((skill) => skill.confidence)
    .sort((a, b) => strength.indexOf(a) - strength.indexOf(b))[0];
  return {
    relations: [...new Set(skills.map(({ relation }) => relation))].sort(),
    confidence: confidence ?? 'inferred',
  };
}

function pathwaysOf(credentials: Credential[]): Comparison['pathways'] {
  const compared = new Set(credentials.map(({ id }) => id));
  return credentials.flatMap(({ id, edges }) =>
    edges.map(({ relation, target, credit }) => ({
      from: id,
      relation,
      to: target,
      isCompared: compared.has(target.id ?? ''),
      credit: credit ?? [],
    })),
  );
}

/** One that costs no more, lasts no longer, gives no less credit and covers at least the same skills, and is better in one, dominates. */
function dominated(credentials: Credential[], currency: SearchableCurrency): Comparison['dominated'] {
  const profiles = credentials.map((credential) => ({
    id: credential.id,
    cost: centsOf(costOf(credential, currency)?.amount ?? ''),
    days: credential.durationDays,
    credit: credential.creditSemesterHours,
    skills: new Set(credential.skills.filter(isStated).map(({ key }) => key)),
  }));
  return profiles.flatMap((worse) => {
    for (const better of profiles) {
      const because = better === worse ? undefined : reasons(better, worse);
      if (because && because.length > 0) return [{ id: worse.id, by: better.id, because }];
    }
    return [];
  });
}

interface Profile {
  cost: number | undefined;
  days: number | undefined;
  credit: number | undefined;
  skills: Set<string>;
}

/** Where `better` is better; undefined when it is worse somewhere or a measure cannot be compared. */
function reasons(better: Profile, worse: Profile): string[] | undefined {
  if (better.skills.size === 0 || !worse.skills.isSubsetOf(better.skills)) return undefined;
  const because = better.skills.size > worse.skills.size ? ['skills'] : [];
  for (const [field, sign] of [
    ['cost', 1],
    ['days', 1],
    ['credit', -1],
  ] as const) {
    const [a, b] = [better[field], worse[field]];
    // Missing on one side only: nobody can tell which is better.
    if ((a === undefined) !== (b === undefined)) return undefined;
    if (a === undefined || b === undefined) continue;
    if ((a - b) * sign > 0) return undefined;
    if (a !== b) because.push(field);
  }
  return because;
}
