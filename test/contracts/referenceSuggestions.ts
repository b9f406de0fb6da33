import type { Suggestion, SuggestionEntry } from '@credatlas/model';
import { byBytes } from './expectations.ts';
import type { ReferenceSearch } from './ReferenceSearch.ts';

/** What completes a beginning, as plainly as can be: all documents are looked at for every value. */
export function referenceSuggestions(
  { documents }: Pick<ReferenceSearch, 'documents'>,
  { fields, tokens, size }: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number },
): Suggestion[] {
  const all = [...documents.values()];
  const fits = (own: string[]): boolean =>
    tokens.length > 0 &&
    tokens.slice(0, -1).every((token) => own.includes(token)) &&
    own.some((token) => token.startsWith(tokens.at(-1)!));
  const found = fields.flatMap((field) => {
    const entries = all.flatMap(({ suggestions }) => suggestions.filter((entry) => entry.field === field));
    const values = new Set(entries.filter((entry) => fits(entry.tokens)).map(({ value }) => value));
    return [...values].map((value): Suggestion => {
      const having = all.filter(({ keywords }) => keywords[field]?.includes(value)).map(({ id }) => id);
      return { field, value, documents: having.length, example: having.sort(byBytes)[0]! };
    });
  });
  return found.sort((a, b) => b.documents - a.documents || byBytes(a.value, b.value)).slice(0, size);
}
