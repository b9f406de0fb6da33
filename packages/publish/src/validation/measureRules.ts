import { readConcept } from '@credatlas/ctdl';
import type { GraphNode } from '@credatlas/model';
import type { Examination, Examined } from './Examination.ts';
import { daysOf, isDuration, readDate, readNumber } from './literalForms.ts';
import { conceptText } from './Neighbours.ts';

/** What the values of one node say together: order of dates and bounds, money and credit with their units, totals. */
export function examineMeasures(examined: Examined, examination: Examination): void {
  for (const pair of pairs) examineOrder(pair, examined, examination);
  examineMoney(examined, examination);
  examineCredit(examined, examination);
  examineTotal(examined, examination);
}

interface Pair {
  start: string;
  end: string;
  code: 'dates_out_of_order' | 'minimum_above_maximum';
  measure(value: string | number | boolean): number | undefined;
}

const dates = { code: 'dates_out_of_order', measure: dayNumber } as const;
const lengths = { code: 'minimum_above_maximum', measure: days } as const;
const amounts = { code: 'minimum_above_maximum', measure: readNumber } as const;
const pairs: readonly Pair[] = [
  { start: 'ceterms:startDate', end: 'ceterms:endDate', ...dates },
  { start: 'ceterms:dateEffective', end: 'ceterms:expirationDate', ...dates },
  { start: 'ceasn:dateValidFrom', end: 'ceasn:dateValidUntil', ...dates },
  { start: 'ceasn:dateCreated', end: 'ceasn:dateModified', ...dates },
  { start: 'ceterms:minimumDuration', end: 'ceterms:maximumDuration', ...lengths },
  { start: 'schema:minValue', end: 'schema:maxValue', ...amounts },
  { start: 'ceterms:lowEarnings', end: 'ceterms:highEarnings', ...amounts },
];

function examineOrder(
  { start, end, code, measure }: Pair,
  { node, resource }: Examined,
  { findings }: Examination,
): void {
  const from = literalOf(node, start);
  const to = literalOf(node, end);
  if (from === undefined || to === undefined) return;
  const [least, most] = [measure(from), measure(to)];
  if (least === undefined || most === undefined || least <= most) return;
  const pointer = node.properties[end]?.[0]?.path ?? node.path;
  findings.add(code, { pointer, resource }, () => ({
    message: `${end} is ${to}, ${code === 'dates_out_of_order' ? 'before' : 'below'} ${start}, which is ${from}.`,
    fix: 'Correct the one that is wrong.',
  }));
}

/** Whole days in order; a year or month is not compared, since it may begin and end within the other. */
function dayNumber(value: string | number | boolean): number | undefined {
  const text = String(value);
  return readDate(text) === 'day' ? Date.parse(text.slice(0, 10)) : undefined;
}

function days(value: string | number | boolean): number | undefined {
  const text = String(value);
  return isDuration(text) ? daysOf(text) : undefined;
}

/** Properties that hold money in the currency of their node. */
const moneyProperties = ['ceterms:price', 'ceterms:lowEarnings', 'ceterms:medianEarnings', 'ceterms:highEarnings'];

function examineMoney({ node, resource }: Examined, { findings }: Examination): void {
  const { properties } = node;
  if (properties['ceterms:currency'] || properties['schema:currency']) return;
  const isAmount = node.types.includes('schema:MonetaryAmount');
  const name = (isAmount ? ['schema:value', 'schema:minValue'] : moneyProperties).find((each) => properties[each]);
  if (name === undefined) return;
  const currency = isAmount ? 'schema:currency' : 'ceterms:currency';
  findings.add('price_without_currency', { pointer: properties[name]?.[0]?.path ?? node.path, resource }, () => ({
    message: `${name} is ${literalOf(node, name)}, without ${currency}.`,
    fix: `Add ${currency}, such as USD.`,
  }));
}

const creditHolders = new Set(['ceterms:creditValue', 'ceterms:transferValue']);

function examineCredit({ node, resource, heldBy }: Examined, { findings }: Examination): void {
  if (heldBy === undefined || !creditHolders.has(heldBy)) return;
  const amount = ['schema:value', 'schema:minValue', 'schema:maxValue'].find((name) => node.properties[name]);
  if (amount === undefined || node.properties['ceterms:creditUnitType']) return;
  findings.add('credit_without_unit', { pointer: node.path, resource }, () => ({
    message: `${heldBy} states ${literalOf(node, amount)} without ceterms:creditUnitType.`,
    fix: 'Add the unit, such as creditUnit:SemesterHour.',
  }));
}

interface StatedCost {
  type: string | undefined;
  amount: number;
  currency: string;
  path: string;
}

/** An aggregate beside its parts, when both are for everybody and in one currency. */
function examineTotal({ node, resource }: Examined, { findings }: Examination): void {
  const costs = (node.properties['ceterms:estimatedCost'] ?? []).map((value) =>
    'node' in value ? statedCost(value.node) : undefined,
  );
  if (costs.length < 2 || costs.some((cost) => cost === undefined)) return;
  const stated = costs.filter((cost) => cost !== undefined);
  const totals = stated.filter(({ type }) => type === 'costType:AggregateCost');
  const parts = stated.filter(({ type }) => type !== 'costType:AggregateCost');
  const [total] = totals;
  if (!total || totals.length > 1 || parts.length === 0 || new Set(parts.map(({ type }) => type)).size < parts.length)
    return;
  if (parts.some(({ type, currency }) => type === undefined || currency !== total.currency)) return;
  const sum = Math.round(parts.reduce((all, { amount }) => all + amount, 0) * 100) / 100;
  if (Math.abs(sum - total.amount) < 0.01) return;
  findings.add('costs_do_not_add_up', { pointer: total.path, resource }, () => ({
    message: `The aggregate cost is ${total.amount} ${total.currency}, but its ${parts.length} parts add up to ${sum}.`,
    fix: 'Correct the total or the part that is wrong, or add the part that is missing.',
  }));
}

/** Undefined for a cost that not everybody pays once. */
function statedCost({ properties, path }: GraphNode): StatedCost | undefined {
  const price = properties['ceterms:price']?.[0];
  const amount = price && 'literal' in price ? readNumber(price.literal) : undefined;
  const isCommon = ![
    'ceterms:residencyType',
    'ceterms:audienceType',
    'ceterms:paymentPattern',
    'ceterms:jurisdiction',
  ].some((name) => properties[name]);
  if (amount === undefined || !isCommon) return undefined;
  const type = properties['ceterms:directCostType']?.[0];
  const text = type && conceptText(type);
  const currency = properties['ceterms:currency']?.[0];
  return {
    type: text === undefined ? undefined : readConcept(text, 'ceterms:CostType')?.curie,
    amount,
    currency: currency && 'literal' in currency ? String(currency.literal) : '',
    path: price?.path ?? path,
  };
}

function literalOf(node: GraphNode, name: string): string | number | boolean | undefined {
  const value = node.properties[name]?.[0];
  return value && 'literal' in value ? value.literal : undefined;
}
