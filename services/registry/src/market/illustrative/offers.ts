import { concept, condition, cost, credit, duration, en, iriOf, type Node, place } from '../graph.ts';
import type { Chooser } from './Chooser.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';
import type { IllustrativeKind } from './kinds.ts';
import type { IllustrativeProvider } from './providers.ts';

const currencyOf: Readonly<Record<string, string>> = {
  Australia: 'AUD',
  Canada: 'CAD',
  Ireland: 'EUR',
  'United Kingdom': 'GBP',
};
const weeksPerMonth = 52 / 12;

/** The shapes in which issuers publish what something costs. */
const priceShapes = [
  'aggregate',
  'aggregate',
  'parts',
  'parts',
  'residency',
  'monthly',
  'free',
  'manifest',
  'required',
  'none',
] as const;
export type PriceShape = (typeof priceShapes)[number];

/** One of the shapes; those that do not fit the provider or the size of the award become a plain sum of parts. */
export function priceShapeOf({ provider, kind, choose }: IllustrativeCredential): PriceShape {
  const shape = choose.one('price shape', priceShapes);
  const fits: Partial<Record<PriceShape, boolean>> = {
    residency: provider.sector === 'Public',
    monthly: provider.sector === 'PrivateForProfit',
    free: provider.sector !== 'PrivateForProfit' && !kind.isProgramme,
    manifest: !kind.isProgramme,
    required: !kind.isProgramme,
  };
  return fits[shape] === false ? 'parts' : shape;
}

export function amountOf({ kind, choose }: IllustrativeCredential): number {
  return kind.price.from + kind.price.step * choose.below('price', kind.price.steps);
}

/** What the credential itself states; with `required` its courses and assessment do. */
export function prices(credential: IllustrativeCredential): Node {
  const { provider, choose } = credential;
  const amount = amountOf(credential);
  const estimated = (...costs: Node[]): Node => ({ 'ceterms:estimatedCost': costs });
  switch (priceShapeOf(credential)) {
    case 'aggregate':
      return estimated(
        priced(provider, 'AggregateCost', amount),
        priced(provider, 'Tuition', amount - 35),
        priced(provider, 'Application', 35),
      );
    case 'parts':
      return estimated(priced(provider, 'Tuition', amount), priced(provider, 'LearningResource', 45.5));
    case 'residency':
      return estimated(
        priced(provider, 'Tuition', amount, residency('InState')),
        priced(provider, 'Tuition', amount * 2, residency('OutOfState')),
      );
    case 'monthly': {
      const months = Math.max(1, Math.round(weeksOf(credential) / weeksPerMonth));
      const rate = Math.max(5, Math.round(amount / months / 5) * 5);
      return estimated(priced(provider, 'Tuition', rate, { 'ceterms:paymentPattern': en('per month') }));
    }
    case 'free':
      return estimated(priced(provider, 'Tuition', 0));
    case 'manifest':
      return { 'ceterms:commonCosts': [iriOf(`cost manifest ${provider.key}`)] };
    case 'required':
      return choose.chance('listed as well', 30) ? estimated(priced(provider, undefined, amount)) : {};
    case 'none':
      return {};
  }
}

export function priced(
  { country }: IllustrativeProvider,
  ...[type, price, more]: [type: string | undefined, price: number, more?: Node]
): Node {
  return cost(type, price, { 'ceterms:currency': currencyOf[country] ?? 'USD', ...more });
}

function residency(term: string): Node {
  return { 'ceterms:residencyType': [concept('Residency', 'residency', term)] };
}

function weeksOf({ kind, choose }: IllustrativeCredential): number {
  return choose.one('weeks', kind.weeks);
}

/** Calendar length and, for some, effort: exact, a range, months, or hours alone. */
export function lengthOf(credential: IllustrativeCredential): Node {
  const weeks = weeksOf(credential);
  if (credential.kind.isProgramme && weeks >= 52) {
    const months = Math.round(weeks / weeksPerMonth);
    return credential.choose.one('length shape', [
      duration({ exact: months % 12 === 0 ? `P${months / 12}Y` : `P${months}M` }),
      duration({ min: `P${months}M`, max: `P${months * 2}M` }),
    ]);
  }
  return credential.choose.one('length shape', [
    duration({ exact: `P${weeks}W` }),
    duration({ min: `P${weeks}W`, max: `P${weeks * 2}W` }),
    duration({ exact: `P${Math.max(1, Math.round(weeks / weeksPerMonth))}M`, effort: `PT${weeks * 6}H` }),
    duration({ exact: `PT${weeks * 5}H` }),
  ]);
}

/** In the unit of its kind, as a value or a range, or not stated. */
export function creditOf(kind: IllustrativeKind, choose: Chooser): Node[] {
  if (kind.credits.length === 0 || choose.chance('no credit', 20)) return [];
  const [unit, amounts] = choose.one('credit unit', kind.credits);
  const amount = choose.one('credit', amounts);
  return [credit(choose.chance('credit range', 15) ? [amount, amount * 1.25] : amount, unit)];
}

export function whereOffered({ provider, choose }: IllustrativeCredential): Node {
  const delivery =
    provider.kind === 'PrimarilyOnline'
      ? 'OnlineOnly'
      : choose.one('delivery', ['InPerson', 'OnlineOnly', 'BlendedDelivery']);
  return {
    'ceterms:learningDeliveryType': [concept('Delivery', 'deliveryType', delivery)],
    ...(delivery === 'OnlineOnly' ? {} : { 'ceterms:availableAt': [placeOf(provider)] }),
    ...(delivery === 'InPerson' ? {} : { 'ceterms:availableOnlineAt': [`https://${provider.key}.example/learn`] }),
  };
}

export function placeOf(provider: IllustrativeProvider): Node {
  const { name, city, region, country, latitude, longitude } = provider;
  return place({ name, city, region, country, latitude, longitude });
}

export function renewal(choose: Chooser): Node {
  const years = choose.one('renewal', [1, 2, 3, 5]);
  return {
    'ceterms:renewalFrequency': `P${years}Y`,
    'ceterms:renewal': [
      condition({ 'ceterms:description': en('Proof of continuing practice, or the examination again.') }),
    ],
  };
}
