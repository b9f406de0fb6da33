import { isReference } from '@credatlas/ctdl';
import { nearestName, type Suggestion } from '@credatlas/model';
import { sortKey, tokensOf } from '@credatlas/skills';
import type { QueryContext } from './dependencies.ts';
import { quoted } from './filterSyntax.ts';
import { listItems, parameterFault } from './parameterFault.ts';
import type { SuggestionList } from './schemas.ts';

export const suggestionKinds = ['name', 'skill', 'provider', 'occupation', 'program', 'subject'] as const;
type SuggestionKind = (typeof suggestionKinds)[number];

/**
 * Completions of what is being typed, most used first; an identifier is answered with what it identifies. Throws InvalidInputError
 * `unknown_kind`.
 */
export async function suggestions(
  context: QueryContext,
  { q, kind, size }: { q: string; kind?: string | undefined; size: number },
): Promise<SuggestionList> {
  const fields = kindsOf(kind);
  const direct = fields.includes('name') && isReference(q.trim()) ? await identified(context, q.trim()) : [];
  const found = await context.engine.suggest({ fields, tokens: tokensOf(q), size });
  const results = direct;
  for (const suggestion of found) results.push(await named(context, suggestion));
  return { results: results.slice(0, size) };
}

function kindsOf(text: string | undefined): SuggestionKind[] {
  const items = listItems(text);
  return items.length === 0 ? [...suggestionKinds] : items.map((item) => kindOf(item.text, item.position));
}

function kindOf(text: string, position: number): SuggestionKind {
  const kind = suggestionKinds.find((each) => each === text);
  if (kind) return kind;
  throw parameterFault('unknown_kind', {
    parameter: 'kind',
    position,
    detail: `There is no kind "${text}". Kinds: ${suggestionKinds.join(', ')}.`,
    suggestion: nearestName(text, suggestionKinds),
  });
}

type Result = SuggestionList['results'][number];

async function identified({ credentials }: QueryContext, identity: string): Promise<Result[]> {
  const credential = await credentials.credential(identity);
  if (!credential) return [];
  const { id, nameText } = credential;
  return [{ kind: 'name', value: sortKey(nameText), label: nameText, credentials: 1, filter: null, example: id }];
}

async function named(context: QueryContext, { field, value, documents, example }: Suggestion): Promise<Result> {
  const common = { kind: field, value, credentials: documents, example };
  if (field === 'name') return { ...common, label: await nameOf(context, value, example), filter: null };
  const label = (await context.labels.labels(field, [value])).get(value) ?? value;
  return { ...common, label, filter: `${field}:${quoted(value)}` };
}

/** The name as it is written; the value is its folded form. */
async function nameOf({ credentials }: QueryContext, value: string, example: string): Promise<string> {
  const credential = (await credentials.credentials([example])).get(example);
  return credential && sortKey(credential.nameText) === value ? credential.nameText : value;
}
