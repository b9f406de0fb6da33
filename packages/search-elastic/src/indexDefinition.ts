import { createHash } from 'node:crypto';
import {
  keywordFields,
  type NumberField,
  numberFields,
  type SuggestionEntry,
  type TextField,
  textFields,
} from '@credatlas/model';
import type { estypes } from '@elastic/elasticsearch';

/** What a document of the index is: a credential, a term in use with its stem, or the one that says how far the index has followed. */
export type Kind = 'credential' | 'term' | 'state';

export const suggestionFields: readonly SuggestionEntry['field'][] = [
  'name',
  'skill',
  'provider',
  'occupation',
  'program',
  'subject',
];

const moments = new Set<string>(['affirmed', 'effective', 'expires', 'updatedAt', 'firstSeen']);

/** Money in cents and moments are whole; everything else may have a fraction. */
export function isWhole(field: NumberField): boolean {
  return field.startsWith('cost.') || moments.has(field);
}

/** A field that all words of the weighted text fields are copied to: whether a word occurs anywhere is one look then. */
export const anyText = 'text.any';

export const textPath = (field: TextField): string => `text.${field}`;
export const keywordPath = (field: string): string => `keywords.${field}`;
export const numberPath = (field: string): string => `numbers.${field}`;

/**
 * Strict and bounded: a field for each field of the model and no other, whatever publishers write. Tokens come from our own analysis,
 * so that the built-in whitespace analyzer only splits them again; its values keep 100 positions apart, so no phrase spans two.
 */
export function indexMappings(): estypes.MappingTypeMapping {
  const keyword: estypes.MappingProperty = { type: 'keyword' };
  const words = { type: 'text', analyzer: 'whitespace', norms: false, index_options: 'docs' } as const;
  const text = textFields.map((field): [string, estypes.MappingProperty] => [
    field,
    field === 'inferredSkills' ? words : { type: 'text', analyzer: 'whitespace', copy_to: anyText },
  ]);
  const numbers = numberFields.map((field): [string, estypes.MappingProperty] => [
    field,
    { type: isWhole(field) ? 'long' : 'double' },
  ]);
  return {
    dynamic: 'strict',
    properties: {
      kind: keyword,
      id: keyword,
      seq: { type: 'long' },
      sortName: keyword,
      text: { properties: { ...Object.fromEntries(text), any: words } },
      keywords: objectOf(keywordFields.map((field) => [field, keyword])),
      numbers: objectOf(numbers),
      recognitions: {
        type: 'nested',
        properties: { agents: keyword, role: keyword, from: { type: 'long' }, to: { type: 'long' } },
      },
      points: { type: 'geo_point' },
      located: { type: 'byte' },
      suggest: objectOf(suggestionFields.map((field) => [field, keyword])),
      suggestTokens: objectOf(
        suggestionFields.map((field) => [field, { ...words, index_prefixes: { min_chars: 1, max_chars: 8 } }]),
      ),
      term: keyword,
      stem: keyword,
    },
  };
}

/** Tells one mapping from another: an index that was followed with another one is followed again from the beginning. */
export function mappingForm(): string {
  return createHash('sha256').update(JSON.stringify(indexMappings())).digest('hex').slice(0, 16);
}

/** `skill` and `skill.teaches` stand side by side: dots are part of the name. */
function objectOf(fields: [string, estypes.MappingProperty][]): estypes.MappingObjectProperty {
  return { type: 'object', subobjects: false, properties: Object.fromEntries(fields) };
}

/** One shard, so that scores, totals and counts are exact; a replica as soon as there is a second node. */
export const servingSettings: estypes.IndicesIndexSettings = {
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  translog: { durability: 'request' },
};

/** While a generation is filled nobody reads it, and a crash means to begin again. */
export const fillingSettings: estypes.IndicesIndexSettings = {
  auto_expand_replicas: 'false',
  number_of_replicas: 0,
  refresh_interval: '-1',
  translog: { durability: 'async' },
};

export const fixedSettings: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  // Long enough that a change sent again after an outage cannot bring back what was deleted meanwhile.
  gc_deletes: '10m',
};
