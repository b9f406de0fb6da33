import { concept, condition, cost, credit, duration, en, iriOf, type Node, place } from '../graph.ts';
import type { Chooser } from './Chooser.ts';
import type { IllustrativeProvider } from './providers.ts';

const currencyOf: Readonly<Record<string, string>> = { Canada: 'CAD', Australia: 'AUD', Ireland: 'EUR' };

/** Price in one of the shapes that issuers publish. */
export function prices(provider: IllustrativeProvider, choose: Chooser): Node {
  const amount = 100 + choose.below('price', 60) * 50;
  const currency = currencyOf[provider.country] ?? 'USD';
  const priced = (type: string | undefined, price: number, more: Node = {}): Node =>
    cost(type, price, { 'ceterms:currency': currency, ...more });
  switch (choose.below('price shape', 7)) {
    case 0:
      return {
        'ceterms:estimatedCost': [
          priced('AggregateCost', amount),
          priced('Tuition', amount - 60),
          priced('Application', 60),
        ],
      };
    case 1:
      return { 'ceterms:estimatedCost': [priced('Tuition', amount), priced('LearningResource', 45.5)] };
    case 2: {
      const resident = (term: string): Node => ({ 'ceterms:residencyType': [concept('Residency', 'residency', term)] });
      return {
        'ceterms:estimatedCost': [
          priced('Tuition', amount, resident('InState')),
          priced('Tuition', amount * 2, resident('OutOfState')),
        ],
      };
    }
    case 3:
      return {
        'ceterms:estimatedCost': [
          priced('Tuition', 49 + choose.below('rate', 10) * 10, { 'ceterms:paymentPattern': en('per month') }),
        ],
      };
    case 4:
      return { 'ceterms:estimatedCost': [priced('Tuition', 0)] };
    case 5:
      return { 'ceterms:commonCosts': [iriOf(`cost manifest ${provider.key}`)] };
    default:
      return {};
  }
}

/** Calendar length and, for some, effort. */
export function lengthOf(choose: Chooser): Node {
  const weeks = choose.one('weeks', [2, 4, 6, 8, 10, 12, 16, 26, 52]);
  const shapes: Node[] = [
    duration({ exact: `P${weeks}W` }),
    duration({ min: `P${weeks}W`, max: `P${weeks * 2}W` }),
    duration({ exact: `P${Math.max(1, Math.round(weeks / 4.35))}M`, effort: `PT${weeks * 6}H` }),
    duration({ exact: `PT${weeks * 5}H` }),
  ];
  return choose.one('length shape', shapes);
}

export function creditOf(choose: Chooser): Node[] {
  const amount = 1 + choose.below('credit', 12);
  const shapes: Node[][] = [
    [credit(amount, 'SemesterHour')],
    [credit(amount * 1.5, 'QuarterHour')],
    [credit([amount, amount + 2], 'SemesterHour')],
    [credit(amount, 'ContinuingEducationUnit')],
    [credit(amount * 15, 'ClockHour')],
    [],
  ];
  return choose.one('credit shape', shapes);
}

export function whereOffered(provider: IllustrativeProvider, choose: Chooser): Node {
  const delivery =
    provider.kind === 'PrimarilyOnline'
      ? 'OnlineOnly'
      : choose.one('delivery', ['InPerson', 'OnlineOnly', 'BlendedDelivery']);
  return {
    'ceterms:learningDeliveryType': [concept('Delivery', 'deliveryType', delivery)],
    ...(delivery === 'InPerson'
      ? { 'ceterms:availableAt': [placeOf(provider)] }
      : { 'ceterms:availableOnlineAt': [`https://${provider.key}.example/learn`] }),
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
