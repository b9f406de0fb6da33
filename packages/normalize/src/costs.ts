import { amountOf, type Cost, centsOf, type TotalCost } from '@credatlas/model';
import { type CurrencyNames, readCurrency } from './currencies.ts';
import { some, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { type Part, requiredParts, sumOfAll } from './parts.ts';
import { firstTerm, iriOf, literalOf, plainTextOf, termNames } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

type Relation = Cost['relation'];

/** Every stated cost, and what is stated for each course and assessment alone. */
export interface StatedCosts {
  all: Traced<Cost>[];
  own: Cost[];
  ofPart: ReadonlyMap<Part, Cost[]>;
}

/** Costs of the credential, its conditions and cost manifests, and of the courses and assessments it requires or recommends. */
export function costsOf(
  view: JoinView,
  given: { conditions: StatedCondition[]; parts: Part[]; currencies: CurrencyNames },
): StatedCosts {
  const { currencies } = given;
  const all = [...costsAt(view, view.root, { relation: 'own', currencies })];
  for (const { kind, spot } of given.conditions)
    if (kind === 'requires') all.push(...costsAt(view, spot, { relation: 'own', currencies }));
  const own = all.map(({ value }) => value);
  const ofPart = new Map<Part, Cost[]>();
  for (const part of given.parts) {
    const relation = partRelation(part);
    if (!relation) continue;
    const costs = costsAt(view, part.spot, { relation, currencies });
    ofPart.set(
      part,
      costs.map(({ value }) => value),
    );
    all.push(...costs);
  }
  return { all, own, ofPart };
}

/** What one can do without is as good as recommended; what leads to the credential is a way there, not a cost of it. */
function partRelation({ relation, isAlternative }: Part): Exclude<Relation, 'own'> | undefined {
  if (relation === 'leadsTo') return undefined;
  return isAlternative ? 'recommends' : relation;
}

export function costsAt(
  view: JoinView,
  spot: Spot,
  given: { relation: Relation; currencies: CurrencyNames },
): Traced<Cost>[] {
  const found: Traced<Cost>[] = [];
  for (const holder of [spot, ...view.follow(spot, 'ceterms:commonCosts')]) {
    for (const each of view.follow(holder, 'ceterms:estimatedCost')) {
      const value = costAt(view, { ...each, walked: holder.walked }, given);
      found.push({ value, at: view.at(each, each.node.path) });
    }
  }
  return found;
}

function costAt(view: JoinView, spot: Spot, given: { relation: Relation; currencies: CurrencyNames }): Cost {
  const { node } = spot;
  const rawCurrency = literalOf(node, 'ceterms:currency');
  const currency = rawCurrency && readCurrency(rawCurrency.text, given.currencies);
  if (rawCurrency && !currency) {
    view.report(spot, {
      code: 'unknown_currency',
      stated: rawCurrency,
      message: `"${rawCurrency.text}" is no currency; the price counts in none. Write the ISO 4217 code.`,
    });
  }
  const text = (property: string): string | undefined => plainTextOf(node, property);
  const cost = stated({
    type: firstTerm(node, 'ceterms:directCostType', 'ceterms:CostType'),
    name: text('ceterms:name'),
    amount: priceOf(view, spot),
    currency,
    rawCurrency: rawCurrency?.text === currency ? undefined : rawCurrency?.text,
    audiences: some(termNames(node, 'ceterms:audienceType', 'ceterms:Audience')),
    residency: some(termNames(node, 'ceterms:residencyType', 'ceterms:Residency')),
    period:
      text('ceterms:paymentPattern') ?? firstTerm(node, 'ceterms:paymentPatternType', 'ceterms:ScheduleFrequency'),
    text: text('ceterms:description'),
    url: iriOf(node, 'ceterms:costDetails'),
    start: text('ceterms:startDate'),
    end: text('ceterms:endDate'),
  }) as Cost;
  cost.relation = given.relation;
  cost.via = view.via(spot);
  return cost;
}

function priceOf(view: JoinView, spot: Spot): string | undefined {
  const price = literalOf(spot.node, 'ceterms:price');
  if (!price) return undefined;
  const plain = price.text.replace(/[$€£,\s]/g, '');
  if (centsOf(plain) !== undefined && !plain.startsWith('-')) return plain;
  const asNumber = Number(plain);
  if (Number.isFinite(asNumber) && asNumber >= 0 && plain !== '') return amountOf(Math.round(asNumber * 100));
  view.report(spot, {
    code: 'unreadable_price',
    stated: price,
    message: `"${price.text}" is no price; it counts as missing. Write a plain number.`,
  });
  return undefined;
}

/** What an ordinary learner pays in all, per currency, by the rule of the reference §4. */
export function totalCosts(costs: StatedCosts, duration: Length, parts: Part[]): TotalCost[] {
  const currencies = [...new Set(costs.all.flatMap(({ value }) => value.currency ?? []))].sort();
  return currencies.flatMap((currency) => {
    const own = priced(costs.own, currency);
    const total = own.length > 0 ? ownTotal(own, duration) : partsTotal(costs, { currency, parts });
    return total ? [{ currency, ...total }] : [];
  });
}

interface Length {
  days?: number | undefined;
  hours?: number | undefined;
}

function priced(costs: readonly Cost[] | undefined, currency: string): Cost[] {
  return (costs ?? []).filter((cost) => cost.currency === currency && cost.amount !== undefined);
}

type Total = Omit<TotalCost, 'currency'>;

function ownTotal(costs: Cost[], duration: Length): Total | undefined {
  if (costs.length === 0) return undefined;
  const aggregates = costs.filter(({ type }) => type === 'AggregateCost');
  if (aggregates.length > 0)
    return written(lowestAndHighest(aggregates.map((cost) => centsIn(cost, duration))), 'aggregate');
  const byType = Map.groupBy(costs, ({ type, name }) => type ?? `named ${name ?? ''}`);
  const ranges = [...byType.values()].map((same) => lowestAndHighest(same.map((cost) => centsIn(cost, duration))));
  if (ranges.some((range) => range === undefined)) return undefined;
  const least = ranges.reduce((sum, range) => sum + (range?.least ?? 0), 0);
  const most = ranges.reduce((sum, range) => sum + (range?.most ?? 0), 0);
  const hasPeriods = costs.some(({ period }) => periodOf(period) !== undefined);
  return written({ least, most }, hasPeriods ? 'periods' : 'sum');
}

/** Only when each required course and assessment has a price; a programme without one costs what all its parts do. */
function partsTotal(costs: StatedCosts, given: { currency: string; parts: Part[] }): Total | undefined {
  const centsOfPart = (part: Part): number | undefined => {
    const total = ownTotal(priced(costs.ofPart.get(part), given.currency), {});
    return total && centsOf(total.amount);
  };
  const cents = sumOfAll(
    requiredParts(given.parts).map(
      ({ part, within }) => centsOfPart(part) ?? sumOfAll(within.map((inner) => centsOfPart(inner))),
    ),
  );
  return cents === undefined ? undefined : { amount: amountOf(cents), basis: 'requiredParts' };
}

function lowestAndHighest(cents: (number | undefined)[]): { least: number; most: number } | undefined {
  const known = cents.filter((each): each is number => each !== undefined);
  return known.length === 0 ? undefined : { least: Math.min(...known), most: Math.max(...known) };
}

function written(range: { least: number; most: number } | undefined, basis: Total['basis']): Total | undefined {
  if (!range) return undefined;
  const differs = range.most > range.least;
  return {
    amount: amountOf(range.least),
    ...(differs
      ? { max: amountOf(range.most), note: 'lowest of several prices for different residency or audience' }
      : {}),
    basis,
  };
}

/** A price per period counts as many times as the stated duration holds periods; without a duration nobody can tell. */
function centsIn(cost: Cost, duration: Length): number | undefined {
  const cents = centsOf(cost.amount ?? '');
  const period = periodOf(cost.period);
  if (cents === undefined || period === undefined) return cents;
  const length = period.unit === 'days' ? duration.days : duration.hours;
  return length === undefined ? undefined : cents * Math.max(1, Math.ceil(length / period.length - 0.01));
}

const periods: readonly (readonly [RegExp, { unit: 'days' | 'hours'; length: number }])[] = [
  [/\b(hourly|per hour|an hour|\/ ?h(ou)?r)\b/i, { unit: 'hours', length: 1 }],
  [/\b(weekly|per week|a week|\/ ?week)\b/i, { unit: 'days', length: 7 }],
  [/\b(monthly|per month|a month|each month|\/ ?month)\b/i, { unit: 'days', length: 30.4375 }],
  [/\b(quarterly|per quarter|a quarter)\b/i, { unit: 'days', length: 91.3125 }],
  [/\b(annually|annual|yearly|per year|a year|per annum|\/ ?year)\b/i, { unit: 'days', length: 365.25 }],
];

function periodOf(text: string | undefined): { unit: 'days' | 'hours'; length: number } | undefined {
  return text === undefined ? undefined : periods.find(([pattern]) => pattern.test(text))?.[1];
}
