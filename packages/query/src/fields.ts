import { families, type KeywordField, type NumberField, recognitionRoles, statuses } from '@credatlas/model';

import type { JudgedField } from './judgement.ts';

/** How the values of a keyword field are written by people and looked up. */
export type KeywordReading =
  /** One of a closed list; anything else is refused. */
  | { by: 'closed'; values: readonly string[] }
  /** A concept of a scheme of CTDL's, or what documents have put in its place. */
  | { by: 'concept'; scheme: string }
  /** By value, name or alias, through the names in use. */
  | { by: 'label'; labels: KeywordField }
  /** A code or the beginning of one, or its name. */
  | { by: 'code' }
  /** A language range (RFC 4647 §3.3.1): `en` takes `en-US`. */
  | { by: 'language' }
  /** Another credential, or whatever the documents call it. */
  | { by: 'credential' }
  /** A value in use, however spelled. */
  | { by: 'spelling' };

export type FilterField =
  | { name: string; kind: 'keyword'; engine: KeywordField; reading: KeywordReading; isFacet: boolean }
  | { name: string; kind: 'number'; engine: NumberField }
  | { name: string; kind: 'money'; engine: MoneyField }
  | { name: string; kind: 'date'; engine: NumberField }
  | { name: JudgedField; kind: 'judged' }
  | { name: 'issuerList'; kind: 'shortlist' }
  | { name: 'rule'; kind: 'rule' }
  | { name: 'validOn'; kind: 'validOn' }
  | { name: 'near'; kind: 'near' };

export type MoneyField = 'cost' | 'costPerCredit' | 'costPerHour' | 'earnings' | 'earningsOverCost';

function keyword(name: KeywordField, reading: KeywordReading, isFacet = true): FilterField {
  return { name, kind: 'keyword', engine: name, reading, isFacet };
}

function named(name: KeywordField, labels: KeywordField = name): FilterField {
  return keyword(name, { by: 'label', labels });
}

function concept(name: KeywordField, scheme: string): FilterField {
  return keyword(name, { by: 'concept', scheme });
}

/** Every field of the filter grammar that is built (interface §2); what is absent here is unknown. */
export const filterFields: readonly FilterField[] = [
  keyword('family', { by: 'closed', values: families }),
  keyword('type', { by: 'spelling' }),
  // An unknown status is a missing one.
  keyword('status', { by: 'closed', values: statuses.filter((status) => status !== 'unknown') }),
  { name: 'tier', kind: 'judged' },
  { name: 'stale', kind: 'judged' },
  { name: 'issuerList', kind: 'shortlist' },
  keyword('rigor', { by: 'closed', values: ['assessed', 'attended'] }),
  keyword('source', { by: 'spelling' }),
  keyword('platform', { by: 'spelling' }),
  named('collection'),
  named('provider'),
  concept('providerType', 'ceterms:OrganizationType'),
  concept('providerSector', 'ceterms:AgentSector'),
  named('skill'),
  named('skill.requires', 'skill'),
  named('skill.assesses', 'skill'),
  named('skill.teaches', 'skill'),
  keyword('occupation', { by: 'code' }),
  keyword('program', { by: 'code' }),
  keyword('industry', { by: 'code' }),
  named('subject'),
  named('keyword'),
  keyword('language', { by: 'language' }),
  concept('delivery', 'ceterms:Delivery'),
  concept('audience', 'ceterms:Audience'),
  concept('learningMethod', 'ceterms:LearningMethod'),
  keyword('country', { by: 'spelling' }),
  keyword('region', { by: 'spelling' }),
  keyword('city', { by: 'spelling' }),
  named('recognizedBy'),
  keyword('recognition', { by: 'closed', values: recognitionRoles }),
  keyword('outcome', { by: 'spelling' }),
  keyword('outcome.withheld', { by: 'spelling' }),
  keyword('stacksInto', { by: 'credential' }, false),
  keyword('acceptsFrom', { by: 'credential' }, false),
  { name: 'level', kind: 'number', engine: 'level' },
  { name: 'credit', kind: 'number', engine: 'credit' },
  { name: 'days', kind: 'number', engine: 'days' },
  { name: 'longestDays', kind: 'number', engine: 'longestDays' },
  { name: 'hours', kind: 'number', engine: 'hours' },
  { name: 'clockHours', kind: 'number', engine: 'clockHours' },
  { name: 'completionRate', kind: 'number', engine: 'completionRate' },
  { name: 'placementRate', kind: 'number', engine: 'placementRate' },
  { name: 'completeness', kind: 'number', engine: 'completeness' },
  { name: 'cost', kind: 'money', engine: 'cost' },
  { name: 'costPerCredit', kind: 'money', engine: 'costPerCredit' },
  { name: 'costPerHour', kind: 'money', engine: 'costPerHour' },
  { name: 'earnings', kind: 'money', engine: 'earnings' },
  { name: 'earningsOverCost', kind: 'money', engine: 'earningsOverCost' },
  { name: 'effective', kind: 'date', engine: 'effective' },
  { name: 'expires', kind: 'date', engine: 'expires' },
  { name: 'updatedAt', kind: 'date', engine: 'updatedAt' },
  { name: 'firstSeen', kind: 'date', engine: 'firstSeen' },
  { name: 'rule', kind: 'rule' },
  { name: 'validOn', kind: 'validOn' },
  { name: 'near', kind: 'near' },
];

const byName = new Map(filterFields.map((field) => [field.name, field]));

export function filterField(name: string): FilterField | undefined {
  return byName.get(name);
}

/** The engine's column for a money field in a currency. */
export function moneyColumn(field: MoneyField, currency: string): NumberField {
  return `${field}.${currency}` as NumberField;
}
