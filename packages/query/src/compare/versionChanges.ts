import type { Credential } from '@credatlas/model';
import type { Compared } from './comparedOnes.ts';
import type { Comparison } from './schemas.ts';

type Field = Comparison['changes'][number]['fields'][number];

/** More is another credential. */
const maxFields = 200;

/** What says where a record comes from and how it was read, not what the credential is. */
const aside: ReadonlySet<string> = new Set(['id', 'provenance', 'sourcePaths', 'issues']);

/** Between each version of a credential and the next newer one that is compared. */
export function versionChanges(compared: readonly Compared[]): Comparison['changes'] {
  const versions = [...Map.groupBy(compared, ({ of }) => of).values()];
  return versions.flatMap((all) => {
    const ordered = all.toSorted((a, b) => (a.seq ?? Number.POSITIVE_INFINITY) - (b.seq ?? Number.POSITIVE_INFINITY));
    return ordered.slice(1).map((newer, index) => changesBetween(ordered[index]!.credential, newer.credential));
  });
}

function changesBetween(before: Credential, after: Credential): Comparison['changes'][number] {
  const fields: Field[] = [];
  for (const name of namesOf(before, after)) {
    if (fields.length > maxFields) break;
    if (!aside.has(name)) differences(fields, `/${name}`, [valueAt(before, name), valueAt(after, name)]);
  }
  const truncated = fields.length > maxFields;
  return { from: before.id, to: after.id, fields: fields.slice(0, maxFields), truncated };
}

/** Lists by what left and what came, objects field by field; `path` is a JSON pointer into the record. */
function differences(found: Field[], path: string, [before, after]: readonly [unknown, unknown]): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (Array.isArray(before) || Array.isArray(after)) {
    const [left, came] = [difference(before, after), difference(after, before)];
    for (const each of left) found.push({ path, before: each, after: null });
    for (const each of came) found.push({ path, before: null, after: each });
  } else if (isObject(before) && isObject(after)) {
    for (const name of namesOf(before, after))
      differences(found, `${path}/${name}`, [valueAt(before, name), valueAt(after, name)]);
  } else found.push({ path, before: before ?? null, after: after ?? null });
}

function difference(one: unknown, other: unknown): unknown[] {
  const known = new Set((Array.isArray(other) ? other : []).map((each) => JSON.stringify(each)));
  return (Array.isArray(one) ? one : []).filter((each) => !known.has(JSON.stringify(each)));
}

function namesOf(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function valueAt(object: object, name: string): unknown {
  return (object as Record<string, unknown>)[name];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
