import { type Credential, isStated, tierOn } from '@credatlas/model';

/** What market tables mean, as plainly as can be, over credentials as the store holds them. */

type Values = (credential: Credential) => (string | undefined)[];

const band =
  (edges: number[], of: (credential: Credential) => number | undefined): Values =>
  (credential) => {
    const value = of(credential);
    if (value === undefined) return [];
    const from = edges.filter((edge) => edge <= value).at(-1);
    return [`${from ?? ''}..${edges.find((edge) => edge > value) ?? ''}`];
  };

const costOf = ({ totalCosts }: Credential): number | undefined => {
  const total = totalCosts.find(({ currency }) => currency === 'USD');
  return total && Number(total.amount);
};
const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7) || '1') / 3)}`;
const categories: Record<string, string> = {
  badge: 'badges',
  microCredential: 'micro-credentials',
  degree: 'degrees',
  certification: 'certifications',
  licence: 'licenses',
  certificate: 'certificates',
  apprenticeship: 'certificates',
};

/** `on`: the day of the question, in milliseconds. */
export const referenceDimensions = (on: number): Record<string, Values> => ({
  family: ({ family }) => [family],
  region: ({ places }) => places.map(({ region }) => region),
  providerSector: ({ provider }) => [provider?.sector],
  delivery: ({ delivery }) => delivery,
  skill: ({ skills }) => skills.filter(isStated).map(({ key }) => key),
  'occupation.2': ({ occupations }) => occupations.map(({ code }) => code?.slice(0, 2)),
  level: ({ educationRank }) => [educationRank === 0 ? undefined : String(educationRank)],
  tier: ({ tier }) => [tierOn(tier, on).value].filter((value) => value !== 'unknown'),
  'effective.year': ({ dates }) => [dates.effective?.slice(0, 4)],
  'effective.quarter': ({ dates }) => [dates.effective && quarterOf(dates.effective)],
  'cost.bands(0|500|2000)': band([0, 500, 2000], costOf),
  'classification:2025': ({ family }) => [categories[family]],
});

const fields: Record<string, (credential: Credential, on: number) => number | undefined> = {
  cost: costOf,
  days: ({ durationDays }) => durationDays,
  credit: ({ creditSemesterHours }) => creditSemesterHours,
  costPerCredit: (credential) => {
    const [cost, credit] = [costOf(credential), credential.creditSemesterHours];
    return cost && credit ? cost / credit : undefined;
  },
  completeness: ({ completeness }) => completeness.share,
  age: ({ provenance }, on) => (on + 86_400_000 - Date.parse(provenance.updatedAt)) / 86_400_000,
};

export const referenceMetrics = [
  'count',
  'providers',
  'distinct:skill',
  ...['sum', 'mean', 'min', 'max', 'median', 'p10', 'p97.5', 'share'].flatMap((word) =>
    Object.keys(fields).map((field) => `${word}:${field}`),
  ),
  'share:skill',
  'percent:row',
  'percent:column',
  'percent:total',
];

interface Told {
  value: number | null;
  unknown: number;
}

function statistic(word: string, numbers: number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  if (word === 'sum') return sum;
  if (word === 'mean') return sum / sorted.length;
  if (word === 'min') return sorted[0]!;
  if (word === 'max') return sorted.at(-1)!;
  const h = ((sorted.length - 1) * (word === 'median' ? 50 : Number(word.slice(1)))) / 100;
  const [low, high] = [sorted[Math.floor(h)]!, sorted[Math.ceil(h)]!];
  return low + (high - low) * (h - Math.floor(h));
}

const providersOf = ({ owners, offerers }: Credential): string[] =>
  [...owners, ...offerers].map(({ id, uri, name }) => id ?? uri ?? name ?? '');
const skillsOf = ({ skills }: Credential): string[] => skills.filter(isStated).map(({ key }) => key);

function told(metric: string, members: Credential[], parts: Record<string, number> & { on: number }): Told {
  const [word = '', of = ''] = metric.split(':');
  const n = members.length;
  if (word === 'count') return { value: n, unknown: 0 };
  if (word === 'percent') return { value: (100 * n) / parts[of]!, unknown: 0 };
  if (word === 'providers' || word === 'distinct' || metric === 'share:skill') {
    const valuesOf = word === 'providers' ? providersOf : skillsOf;
    const stated = members.filter((member) => valuesOf(member).length > 0);
    const distinct = new Set(stated.flatMap(valuesOf)).size;
    return { value: word === 'share' ? stated.length / n : distinct || null, unknown: n - stated.length };
  }
  const numbers = members.flatMap((member) => fields[of]!(member, parts.on) ?? []);
  return {
    value: word === 'share' ? (n === 0 ? null : numbers.length / n) : statistic(word, numbers),
    unknown: n - numbers.length,
  };
}

export interface ReferenceRow {
  by: (string | null)[];
  n: number;
  told: Told[];
}

export function referenceTable(
  credentials: Credential[],
  { by, metrics, on }: { by: string[]; metrics: string[]; on: number },
): ReferenceRow[] {
  const dimensions = by.map((name) => referenceDimensions(on)[name]!);
  const keysOf = (credential: Credential, own: Values[]): string[] => {
    let keys: (string | null)[][] = [[]];
    for (const dimension of own) {
      const values = [...new Set(dimension(credential).filter((value) => value !== undefined && value !== ''))];
      keys = keys.flatMap((key) =>
        (values.length > 0 ? values : [null]).map((value) => [...key, value as string | null]),
      );
    }
    return keys.map((key) => JSON.stringify(key));
  };
  const membersOf = (own: Values[]): Map<string, Credential[]> => {
    const groups = new Map<string, Credential[]>();
    for (const credential of credentials)
      for (const key of keysOf(credential, own)) groups.set(key, [...(groups.get(key) ?? []), credential]);
    return groups;
  };
  const last = by.length - 1;
  const [inRow, inColumn] = last < 1 ? [dimensions, []] : [dimensions.slice(0, last), dimensions.slice(last)];
  const [rows, columns] = [membersOf(inRow), membersOf(inColumn)];
  return [...membersOf(dimensions)].map(([key, members]) => {
    const values = JSON.parse(key) as (string | null)[];
    const parts = {
      on,
      row: rows.get(JSON.stringify(values.slice(0, inRow.length)))!.length,
      column: columns.get(JSON.stringify(values.slice(values.length - inColumn.length)))!.length,
      total: credentials.length,
    };
    return { by: values, n: members.length, told: metrics.map((metric) => told(metric, members, parts)) };
  });
}
