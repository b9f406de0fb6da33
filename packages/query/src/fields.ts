import type { KeywordField, NumberField } from '@credatlas/model';

/** How the values of a keyword field are written by people and looked up. */
export type KeywordReading =
  /** As it stands in the index, letter case aside. */
  | { by: 'closed'; values: readonly string[] }
  | { by: 'concept'; scheme: string }
  | { by: 'class' }
  /** By name, key or alias, through the labels in use. */
  | { by: 'label'; labels: KeywordField }
  | { by: 'code' }
  | { by: 'language' }
  | { by: 'place' }
  | { by: 'credential' }
  | { by: 'exact' };

export type FilterField =
  | { name: string; kind: 'keyword'; engine: KeywordField; reading: KeywordReading; isFacet: boolean }
  | { name: string; kind: 'number'; engine: NumberField }
  | { name: string; kind: 'money'; engine: 'cost' | 'costPerCredit' | 'costPerHour' }
  | { name: string; kind: 'date'; engine: NumberField }
  | { name: 'validOn'; kind: 'validOn' };

function keyword(name: KeywordField, reading: KeywordReading, isFacet = true): FilterField {
  return { name, kind: 'keyword', engine: name, reading, isFacet };
}

const families = [
  'badge',
  'microCredential',
  'certificate',
  'certification',
  'licence',
  'degree',
  'diploma',
  'apprenticeship',
  'qualityAssurance',
  'other',
];
const statuses = ['active', 'developing', 'probationary', 'suspended', 'ceasing', 'teachOut', 'ended'];

/** Every field of the filter grammar that is built; what is absent here is unknown. */
export const filterFields: readonly FilterField[] = [
  keyword('family', { by: 'closed', values: families }),
  keyword('type', { by: 'class' }),
  keyword('status', { by: 'closed', values: statuses }),
  keyword('source', { by: 'exact' }),
  keyword('platform', { by: 'exact' }),
  keyword('collection', { by: 'label', labels: 'collection' }),
  keyword('provider', { by: 'label', labels: 'provider' }),
  keyword('providerType', { by: 'concept', scheme: 'ceterms:OrganizationType' }),
  keyword('providerSector', { by: 'concept', scheme: 'ceterms:AgentSector' }),
  keyword('skill', { by: 'label', labels: 'skill' }),
  keyword('skill.requires', { by: 'label', labels: 'skill' }),
  keyword('skill.assesses', { by: 'label', labels: 'skill' }),
  keyword('skill.teaches', { by: 'label', labels: 'skill' }),
  keyword('occupation', { by: 'code' }),
  keyword('program', { by: 'code' }),
  keyword('industry', { by: 'code' }),
  keyword('subject', { by: 'label', labels: 'subject' }),
  keyword('keyword', { by: 'label', labels: 'keyword' }),
  keyword('language', { by: 'language' }),
  keyword('delivery', { by: 'concept', scheme: 'ceterms:Delivery' }),
  keyword('audience', { by: 'concept', scheme: 'ceterms:Audience' }),
  keyword('learningMethod', { by: 'concept', scheme: 'ceterms:LearningMethod' }),
  keyword('country', { by: 'place' }),
  keyword('region', { by: 'place' }),
  keyword('city', { by: 'exact' }),
  keyword('recognizedBy', { by: 'label', labels: 'recognizedBy' }),
  keyword('recognition', { by: 'closed', values: ['accredited', 'approved', 'recognized', 'regulated', 'registered'] }),
  keyword('stacksInto', { by: 'credential' }, false),
  keyword('acceptsFrom', { by: 'credential' }, false),
  { name: 'level', kind: 'number', engine: 'level' },
  { name: 'credit', kind: 'number', engine: 'credit' },
  { name: 'days', kind: 'number', engine: 'days' },
  { name: 'hours', kind: 'number', engine: 'hours' },
  { name: 'completeness', kind: 'number', engine: 'completeness' },
  { name: 'cost', kind: 'money', engine: 'cost' },
  { name: 'costPerCredit', kind: 'money', engine: 'costPerCredit' },
  { name: 'costPerHour', kind: 'money', engine: 'costPerHour' },
  { name: 'effective', kind: 'date', engine: 'effective' },
  { name: 'expires', kind: 'date', engine: 'expires' },
  { name: 'updatedAt', kind: 'date', engine: 'updatedAt' },
  { name: 'firstSeen', kind: 'date', engine: 'firstSeen' },
  { name: 'validOn', kind: 'validOn' },
];

export function filterField(name: string): FilterField | undefined {
  return filterFields.find((field) => field.name === name);
}

/** Sort names: every number, and these. */
export const sortNames: readonly string[] = [
  'relevance',
  'name',
  ...filterFields.flatMap((field) =>
    field.kind === 'number' || field.kind === 'money' || field.kind === 'date' ? [field.name] : [],
  ),
];

/** The engine's column for a money field in a currency. */
export function moneyColumn(field: 'cost' | 'costPerCredit' | 'costPerHour', currency: string): NumberField {
  return `${field}.${currency}` as NumberField;
}
