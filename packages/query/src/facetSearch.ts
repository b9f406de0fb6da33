import type { KeywordField } from '@credatlas/model';
import { tokensOf } from '@credatlas/skills';
import type { QueryContext } from './dependencies.ts';
import { namedBy, namesOf } from './namesOfValues.ts';

/** Values that one search within a facet looks at; more are said to be cut. */
const maxFound = 1_000;

export type FacetSearchContext = Pick<QueryContext, 'labels' | 'records' | 'known'>;

/** The values of a field whose names hold these words, the last one as a beginning; the most used when there are too many. */
export async function valuesCalled(
  field: KeywordField,
  text: string,
  context: FacetSearchContext,
): Promise<{ values: string[]; isCut: boolean }> {
  const named = namedBy[field];
  if (named) {
    const { entries, total } = await context.labels.list({ field: named, prefix: text, limit: maxFound, offset: 0 });
    return { values: entries.map(({ value }) => value), isCut: total > entries.length };
  }
  const names = await namesOf(field, await context.known.all(field), context);
  const words = tokensOf(text);
  const found = [...names].filter(([value, name]) => holds(tokensOf(`${name} ${value}`), words));
  return { values: found.slice(0, maxFound).map(([value]) => value), isCut: found.length > maxFound };
}

function holds(tokens: readonly string[], words: readonly string[]): boolean {
  return words.every((word, at) =>
    at === words.length - 1 ? tokens.some((token) => token.startsWith(word)) : tokens.includes(word),
  );
}
