import { type Credential, type KeywordField, type Label, labelsOf } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { fold } from '@credatlas/skills';
import type { QueryContext } from '../dependencies.ts';
import { KnownValues } from '../KnownValues.ts';

/** The same context, in which names that only earlier versions of some credentials use are known, too. */
export function withPastNames(
  context: QueryContext,
  { credentials, engine }: { credentials: Credential[]; engine: SearchEngine },
): QueryContext {
  const { labels, known } = context;
  const past = new KnownValues(engine);
  const named = Map.groupBy(credentials.flatMap(labelsOf).flatMap(namesOf), ({ name }) => name);
  const valuesOf = (field: KeywordField, text: string): string[] =>
    (named.get(fold(text)) ?? []).filter((each) => each.field === field).map(({ value }) => value);
  const both = (ones: string[], others: string[]): string[] => [...new Set([...ones, ...others])];
  return {
    ...context,
    labels: {
      labels: (field, values) => labels.labels(field, values),
      list: (query) => labels.list(query),
      values: async (field, text) => both(await labels.values(field, text), valuesOf(field, text)),
    },
    known: {
      all: async (field) => both(await known.all(field), await past.all(field)),
      written: async (field, text) => both(await known.written(field, text), await past.written(field, text)),
    },
  };
}

function namesOf({ field, value, label, aliases }: Label): { field: KeywordField; name: string; value: string }[] {
  return [...new Set([value, label, ...aliases].map(fold))].map((name) => ({ field, name, value }));
}
