import { type Credential, type KeywordField, type Label, labelsOf } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { fold } from '@credatlas/skills';
import type { QueryContext } from '../dependencies.ts';
import { KnownValues } from '../KnownValues.ts';
import { screensOf } from '../rules/compileRule.ts';

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
  const names = {
    labels: {
      labels: (field: KeywordField, values: string[]) => labels.labels(field, values),
      list: (query: Parameters<typeof labels.list>[0]) => labels.list(query),
      valuesOfNames: (field: KeywordField, all: string[]) => labels.valuesOfNames(field, all),
      values: async (field: KeywordField, text: string) =>
        both(await labels.values(field, text), valuesOf(field, text)),
    },
    known: {
      all: async (field: KeywordField) => both(await known.all(field), await past.all(field)),
      written: async (field: KeywordField, text: string) =>
        both(await known.written(field, text), await past.written(field, text)),
    },
  };
  return { ...context, ...names, rules: screensOf(context.rules.all, { ...context, ...names }) };
}

function namesOf({ field, value, label, aliases }: Label): { field: KeywordField; name: string; value: string }[] {
  return [...new Set([value, label, ...aliases].map(fold))].map((name) => ({ field, name, value }));
}
