import { type GroupQuery, type GroupRow, InvalidInputError, type MergedValues, type Metric } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { z } from 'zod';
import type { QueryContext } from '../../dependencies.ts';
import { type MarketMetric, rounded } from '../metrics/MarketMetric.ts';
import type { Counting } from '../table/answerTable.ts';
import type { CountedRow, CountedTable } from '../table/CountedTable.ts';
import { countTable } from '../table/countTable.ts';
import type { GroupBy } from '../table/snapshots.ts';
import { tableSchema } from '../table/tableSchemas.ts';
import { rowClause } from './rowClause.ts';
import { shownRow } from './shownRow.ts';

/** Suppliers at the top of which the share is told, as concentration ratios commonly do. */
const topCount = 4;
/** Rows, of those shown, of which the largest suppliers are named: each is a count of its own. */
const maxNamed = 20;

const supplierSchema = z.object({
  id: z.string(),
  name: z.string(),
  n: z.int().describe('Credentials it owns or offers, with those of its parts.'),
  share: z.number(),
});
type Supplier = z.infer<typeof supplierSchema>;

export const concentrationSchema = tableSchema
  .extend({
    leaders: z
      .array(
        z.object({
          by: z.array(z.string().nullable()),
          labels: z.array(z.string()),
          suppliers: z.array(supplierSchema),
        }),
      )
      .describe('The largest suppliers of the first rows; none when small cells are suppressed.'),
  })
  .meta({ id: 'MarketConcentration' });
export type MarketConcentration = z.infer<typeof concentrationSchema>;
type Leaders = MarketConcentration['leaders'];

/**
 * How concentrated supply is in each row: the Herfindahl-Hirschman index of the providers' shares (0 to 10,000) and the share of the
 * four largest. A credential counts once for each of its owners and offerers, who count as the organization they are part of.
 */
export async function countConcentration(
  context: QueryContext,
  counting: Counting,
  { merged, isNamed }: { merged: MergedValues; isNamed: boolean },
): Promise<CountedTable & { extra: (shown: readonly CountedRow[]) => Promise<Pick<MarketConcentration, 'leaders'>> }> {
  const { groupBy, question, dimensions } = counting;
  const table = await countTable(groupBy, { question, dimensions, metrics: concentrationMetrics(merged) });
  const all = dimensions.map((_, at) => new Set(table.rows.flatMap(({ by }) => by[at] ?? [])));
  const leadersOf = async (by: CountedRow['by']): Promise<Leaders> => {
    const filter = [...question.conditions.filter, { clause: rowClause(dimensions, by, all) }];
    const rows = await suppliersOf(groupBy, { ...question.conditions, filter });
    return rows ? [{ ...(await shownRow(dimensions, by)), suppliers: await largest(context, rows, merged) }] : [];
  };
  return {
    ...table,
    extra: async (shown) => {
      const leaders: Leaders = [];
      for (const { by } of isNamed ? shown.slice(0, maxNamed) : []) leaders.push(...(await leadersOf(by)));
      return { leaders };
    },
  };
}

function concentrationMetrics(merged: MergedValues): MarketMetric[] {
  const field = 'provider' as const;
  const told = (
    name: string,
    metric: Metric,
    more: Pick<MarketMetric, 'label' | 'unit'> & { scale: number; digits: number },
  ): MarketMetric => ({
    name,
    label: more.label,
    unit: more.unit,
    needs: [metric],
    keyword: field,
    read: (cell) => {
      const value = cell.told(metric);
      return value === null || cell.stated === 0 ? null : rounded(value * more.scale, more.digits);
    },
  });
  return [
    told(
      'providers',
      { kind: 'distinct', field, merged },
      { label: 'providers', unit: 'organizations', scale: 1, digits: 0 },
    ),
    told(
      'hhi',
      { kind: 'hhi', field, merged },
      { label: 'Herfindahl-Hirschman index', unit: '0 to 10,000', scale: 10_000, digits: 1 },
    ),
    told(
      'top4',
      { kind: 'top', field, n: topCount, merged },
      { label: 'share of the four largest providers', unit: 'share from 0 to 1', scale: 1, digits: 4 },
    ),
  ];
}

/** Undefined where there are more providers than a table may have rows. */
async function suppliersOf(
  groupBy: GroupBy,
  conditions: Pick<GroupQuery, 'text' | 'filter'>,
): Promise<GroupRow[] | undefined> {
  try {
    return (await groupBy({ ...conditions, by: [{ kind: 'values', field: 'provider' }], metrics: [] })).rows;
  } catch (error) {
    if (error instanceof InvalidInputError && error.code === 'too_many_groups') return undefined;
    throw error;
  }
}

async function largest(context: QueryContext, rows: readonly GroupRow[], merged: MergedValues): Promise<Supplier[]> {
  const as = new Map(merged);
  const counts = new Map<string, number>();
  for (const { by, count } of rows) {
    const id = by[0] ?? null;
    if (id !== null) counts.set(as.get(id) ?? id, (counts.get(as.get(id) ?? id) ?? 0) + count);
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const first = [...counts].sort((a, b) => b[1] - a[1] || compareUtf8(a[0], b[0])).slice(0, topCount);
  const names = await context.labels.labels(
    'provider',
    first.map(([id]) => id),
  );
  const suppliers: Supplier[] = [];
  for (const [id, n] of first) {
    // One that only its parts supply for is named by no credential.
    const name = names.get(id) ?? (await context.credentials.organization(id))?.nameText ?? id;
    suppliers.push({ id, name, n, share: rounded(n / all, 4) });
  }
  return suppliers;
}
