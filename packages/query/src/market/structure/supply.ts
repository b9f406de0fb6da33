import {
  type Clause,
  type GroupRow,
  InvalidInputError,
  type KeywordField,
  type Metric,
  maxGroups,
} from '@credatlas/model';
import { z } from 'zod';
import type { MarketDimension } from '../dimensions/MarketDimension.ts';
import { rounded } from '../metrics/MarketMetric.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedTable } from '../table/CountedTable.ts';
import { countsWhere } from '../table/countsWhere.ts';
import { overlappingOf } from '../table/countTable.ts';
import { type MarketTable, tableSchema } from '../table/tableSchemas.ts';
import type { ProfileSkill } from './skillProfile.ts';

const columns = [
  { name: 'providers', label: 'providers of these', unit: 'different values' },
  { name: 'assessed', label: 'of these, those that assess it', unit: 'credentials' },
  { name: 'inferred', label: 'further ones for which it is only inferred', unit: 'credentials' },
  { name: 'share', label: 'share of the credentials looked at', unit: 'share from 0 to 1' },
  { name: 'among', label: 'credentials looked at, whatever they state', unit: 'credentials' },
  { name: 'noSkills', label: 'of these, those that state no skill at all', unit: 'credentials' },
];
const distinctProviders: Metric = { kind: 'distinct', field: 'provider' };

export const supplySchema = tableSchema
  .extend({
    profile: z.array(z.object({ name: z.string(), label: z.string(), keys: z.array(z.string()) })),
    unrecognized: z.array(z.string()).describe('Skills of the profile that no credential names.'),
    missing: z.array(z.string()).describe('Skills of the profile that none of the credentials looked at states.'),
  })
  .meta({ id: 'MarketSupply' });
export type MarketSupply = z.infer<typeof supplySchema>;

/** How far the market supplies a profile of skills: each with the credentials that state it, also where there is none. */
export async function countSupply(
  counting: Counting,
  profile: readonly ProfileSkill[],
): Promise<CountedTable & { extra: () => Promise<Omit<MarketSupply, keyof MarketTable>> }> {
  const { groupBy, question, dimensions } = counting;
  const stated = skillDimension(profile, (keys) => any('skill', keys));
  const by = [stated, ...dimensions].map(({ engine }) => engine);
  const supply = await groupBy({ ...question.conditions, by, metrics: [distinctProviders] });
  const supplied = new Map(supply.rows.map((row) => [JSON.stringify(row.by), row]));
  const countedBy = (dimension: MarketDimension) =>
    countsWhere(groupBy, { question, dimensions: [dimension, ...dimensions] });
  const assessed = await countedBy(skillDimension(profile, (keys) => any('skill.assesses', keys)));
  const inferred = await countedBy(skillDimension(profile, inferredOnly));
  const groups = await groupBy({ ...question.conditions, by: by.slice(1), metrics: [] });
  const silent = await countsWhere(groupBy, counting, { op: 'missing', field: 'skill' });
  const places: GroupRow[] = dimensions.length > 0 ? groups.rows : [{ by: [], ...groups.totals }];
  if (places.length * profile.length > maxGroups) throw tooMany(places.length * profile.length);
  const rows = profile.flatMap(({ name }) =>
    places.map((place) => {
      const row = [name, ...place.by];
      const own = supplied.get(JSON.stringify(row));
      const n = own?.count ?? 0;
      const share = place.count === 0 ? null : rounded(n / place.count, 4);
      const noSkills = dimensions.length > 0 ? silent.at(place.by) : silent.total;
      const told = [own?.values[0] ?? 0, assessed.at(row), inferred.at(row), share];
      return { by: row, n, values: [...told, place.count, noSkills], unknown: columns.map(() => 0) };
    }),
  );
  const isStated = new Set(rows.flatMap(({ by: [name], n }) => (n > 0 ? [name] : [])));
  return {
    dimensions: [stated, ...dimensions],
    columns,
    rows,
    totals: {
      n: groups.totals.count,
      values: [null, null, null, null, groups.totals.count, silent.total],
      unknown: columns.map(() => 0),
    },
    overlapping: await overlappingOf(groupBy, {
      question,
      dimensions: [stated, ...dimensions],
      rows: supply.rows,
      total: supply.totals.count,
    }),
    sort: [...dimensions.map(({ name }) => name), 'n', 'skill'].join(),
    extra: async () => ({
      profile: [...profile],
      unrecognized: profile.filter(({ keys }) => keys.length === 0).map(({ name }) => name),
      missing: profile.filter(({ name }) => !isStated.has(name)).map(({ name }) => name),
    }),
  };
}

function skillDimension(profile: readonly ProfileSkill[], clauseOf: (keys: string[]) => Clause): MarketDimension {
  const labels = new Map(profile.map(({ name, label }) => [name, { value: name, label }]));
  return {
    name: 'skill',
    label: 'skill of the profile',
    isMultiple: true,
    engine: { kind: 'clauses', values: profile.map(({ name, keys }) => ({ value: name, clause: clauseOf(keys) })) },
    order: profile.map(({ name }) => name),
    shown: async () => labels,
  };
}

function inferredOnly(keys: string[]): Clause {
  return { op: 'and', clauses: [any('skill.inferred', keys), { op: 'not', clause: any('skill', keys) }] };
}

function any(field: KeywordField, values: string[]): Clause {
  return { op: 'any', field, values };
}

function tooMany(rows: number): InvalidInputError {
  return new InvalidInputError(
    'too_many_groups',
    `The profile has ${rows} rows over these dimensions; at most ${maxGroups} are counted. Take fewer skills or dimensions.`,
  );
}
