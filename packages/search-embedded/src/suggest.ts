import type { Suggestion, SuggestionEntry } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { LiveSegment, SuggestionIndex } from './Segment.ts';
import { lowerBound } from './sortedSearch.ts';

/** Values of one field whose label holds every token, the last one as a beginning; counted by live documents. */
export function suggestionsIn(
  segments: readonly LiveSegment[],
  field: SuggestionEntry['field'],
  tokens: readonly string[],
): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const live of segments) {
    const [index, keywords] = [live.segment.suggestions[field], live.segment.keywords[field]];
    if (!index || !keywords) continue;
    for (const ordinal of valuesWith(index, tokens)) {
      const value = keywords.values[ordinal] ?? '';
      for (let at = keywords.offsets[ordinal] ?? 0; at < (keywords.offsets[ordinal + 1] ?? 0); at++) {
        const document = keywords.documents[at] ?? 0;
        if (live.deleted[document]) continue;
        const id = live.segment.ids[document] ?? '';
        const known = found.get(value);
        if (!known) found.set(value, { field, value, documents: 1, example: id });
        else {
          known.documents += 1;
          if (compareUtf8(id, known.example) < 0) known.example = id;
        }
      }
    }
  }
  return [...found.values()];
}

function valuesWith(index: SuggestionIndex, tokens: readonly string[]): Set<number> {
  return tokens
    .map((token, position) => valuesAt(index, token, position === tokens.length - 1))
    .reduce((a, b) => a.intersection(b), valuesAt(index, tokens.at(-1) ?? '', true));
}

function valuesAt(index: SuggestionIndex, token: string, isPrefix: boolean): Set<number> {
  const values = new Set<number>();
  for (let at = lowerBound(index.tokens, token); at < index.tokens.length; at++) {
    const own = index.tokens[at] ?? '';
    if (isPrefix ? !own.startsWith(token) : own !== token) break;
    values.add(index.values[at] ?? 0);
  }
  return values;
}
