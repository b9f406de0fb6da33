import { type Clause, type Code, type Credential, codePaths, type KeywordField } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import type { QueryContext } from '../dependencies.ts';

/** Those of the ids that may share a field with this one by the index, without reading any; the others do not. */
export async function sharingField(
  { engine, labels }: Pick<QueryContext, 'engine' | 'labels'>,
  own: Credential,
  ids: string[],
): Promise<Set<string>> {
  // What has no path is compared by its label, which is not indexed.
  if (ids.length === 0 || [...own.programs, ...own.occupations].some((code) => codePaths(code).length === 0))
    return new Set(ids);
  const subjects = await labels.valuesOfNames(
    'subject',
    own.subjects.map(({ label }) => fold(label)),
  );
  const clauses = [
    having('program.path', own.programs.flatMap(shortestPath)),
    having('occupation.path', own.occupations.flatMap(shortestPath)),
    having('subject', [...subjects.values()].flat()),
  ];
  return new Set(await engine.matching(ids, { op: 'or', clauses }));
}

/** Who shares any path of a code shares this one. */
function shortestPath(code: Code): string[] {
  return codePaths(code).slice(0, 1);
}

function having(field: KeywordField, values: string[]): Clause {
  return { op: 'any', field, values };
}
