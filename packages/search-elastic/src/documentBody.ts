import { createHash } from 'node:crypto';
import type { Coordinates, SearchDocument, SuggestionEntry } from '@credatlas/model';
import { maxTokenLength, maxValueLength, numberFields } from '@credatlas/model';
import type { Kind } from './indexDefinition.ts';

/** Bytes of an `_id` at most (Elasticsearch). */
const maxKeyBytes = 512;
/** Before the first and after the last day: an open start or end, so that a range looks at one field only. */
export const always = { from: -8_640_000_000_000_000, to: 8_640_000_000_000_000 };
/** Parts a value from its label's tokens in the suggestion fields; lower than any character of a value. */
const separator = '\u0000';

/** The document's key in the index. */
export function keyOf(kind: Kind, name: string): string {
  return shortened(`${kind}:${name}`, maxKeyBytes / 4);
}

/** As it is indexed and asked for: one that is longer than the port takes keeps its beginning and gets a hash, half a character is replaced. */
export function keywordOf(value: string): string {
  return shortened(value, maxValueLength);
}

export function tokenOf(token: string): string {
  return shortened(token, maxTokenLength);
}

function shortened(text: string, maxLength: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= maxLength) return whole;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `${whole.slice(0, maxLength - hash.length - 1).toWellFormed()}#${hash}`;
}

/** A value that can be completed with the tokens it is found by, as one keyword: `value NUL token token`. */
export function suggestionKeyword({ value, tokens }: SuggestionEntry): string {
  return keywordOf([value, ...[...new Set(tokens)].sort()].join(separator));
}

export function suggestionOf(keyword: string): { value: string; tokens: string[] } {
  const [value = '', ...tokens] = keyword.split(separator);
  return { value, tokens };
}

/** A document as it is sent. Every value fits the mapping, whatever the publisher wrote: what cannot be a number or a place is left out. */
export function documentBody(document: SearchDocument): Record<string, unknown> {
  const { id, seq, text, keywords, numbers, recognitions, sortName } = document;
  const points = (document.points ?? []).filter(isOnEarth).map(({ latitude, longitude }) => [longitude, latitude]);
  const stated = numberFields.filter((field) => Number.isFinite(numbers[field]));
  return {
    kind: 'credential' satisfies Kind,
    id: keywordOf(id),
    seq,
    ...(sortName === '' ? {} : { sortName: keywordOf(sortName) }),
    text: mapValues(text, (values) => values.map((tokens) => tokens.map(tokenOf).join(' '))),
    keywords: mapValues(keywords, (values) => values.map(keywordOf)),
    numbers: Object.fromEntries(stated.map((field) => [field, numbers[field]])),
    recognitions: recognitions.map(({ agents, role, from, to }) => ({
      agents: agents.map(keywordOf),
      role: keywordOf(role),
      from: from ?? always.from,
      to: to ?? always.to,
    })),
    ...(points.length > 0 ? { points, located: 1 } : {}),
    ...suggestionsBody(document.suggestions),
  };
}

function suggestionsBody(entries: SuggestionEntry[]): Record<string, unknown> {
  const byField = Object.groupBy(entries, ({ field }) => field);
  return {
    suggest: mapValues(byField, (own) => own.map(suggestionKeyword)),
    suggestTokens: mapValues(byField, (own) => own.flatMap(({ tokens }) => tokens.map(tokenOf))),
  };
}

function mapValues<V, W>(given: Partial<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, change(value)]])),
  );
}

function isOnEarth({ latitude, longitude }: Coordinates): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
