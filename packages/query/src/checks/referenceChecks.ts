import { identityKey, publishingTier } from '@credatlas/ctdl';
import type { Credential, StoredResource } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { brokenReferences } from '../report/brokenReferences.ts';
import type { CheckFinding, CheckList } from './schemas.ts';

type Given = Pick<QueryContext, 'credentials' | 'graphs' | 'records'>;

/** What its own document says of it. */
export async function ownResource(
  { graphs }: Given,
  { uri, ctid, provenance }: Credential,
): Promise<StoredResource | undefined> {
  const key = identityKey(uri, ctid);
  return (await graphs.resources(provenance.source, [key])).get(key);
}

/** References of its document that lead to what was withdrawn, or to a CTID that nothing here has. */
export async function referenceChecks(given: Given, own: StoredResource | undefined): Promise<CheckFinding[]> {
  if (!own) return [];
  const { total, list } = await brokenReferences(given, [own]);
  if (total === 0)
    return [{ check: 'references', state: 'ok', detail: 'What it refers to by CTID is stored.', paths: [] }];
  const found = list.map(({ property, target, state }): CheckFinding => {
    const what = state === 'withdrawn' ? 'which its source has withdrawn' : 'which is in no stored record';
    return {
      check: 'references',
      state: state === 'withdrawn' ? 'problem' : 'warning',
      detail: `${property} leads to ${target}, ${what}.`,
      paths: [],
    };
  });
  const rest = total - list.length;
  const more: CheckFinding[] =
    rest > 0 ? [{ check: 'references', state: 'warning', detail: `${rest} more lead to nothing.`, paths: [] }] : [];
  return [...found, ...more];
}

/** Newer versions that its record names. */
export async function versionChecks(
  { credentials }: Given,
  { uri, versions, edges }: Credential,
): Promise<CheckFinding[]> {
  const newer = new Map<string, string>();
  for (const name of ['supersededBy', 'latest', 'next'] as const) {
    const target = versions?.[name];
    if (target && target !== uri && !newer.has(target)) newer.set(target, name);
  }
  for (const { relation, target } of edges)
    if (relation === 'supersededBy' && target.uri && !newer.has(target.uri)) newer.set(target.uri, relation);
  if (newer.size === 0) {
    const isLatest = versions?.latest === uri;
    const detail = isLatest ? 'It is the latest version.' : 'No newer version is named.';
    return [
      { check: 'versions', state: isLatest ? 'ok' : 'unknown', detail, paths: isLatest ? ['/versions/latest'] : [] },
    ];
  }
  return Promise.all(
    [...newer].map(async ([target, name]): Promise<CheckFinding> => {
      const found = await credentials.credential(target);
      const what = found ? `${found.nameText} (${found.id})` : `${target}, of which no record is stored`;
      return {
        check: 'versions',
        state: 'warning',
        detail: `There is a newer version (${name}): ${what}.`,
        paths: versions && name in versions ? [`/versions/${name}`] : [],
      };
    }),
  );
}

/** Faults of one record that are listed; the record has all of them. */
const maxFaults = 50;

/** What was found when its document was read. */
export function recordChecks({ issues }: Credential): CheckFinding[] {
  const worth = { error: 'problem', warning: 'warning', note: 'note' } as const;
  if (issues.length === 0)
    return [{ check: 'record', state: 'ok', detail: 'Its document was read without a fault.', paths: [] }];
  const shown = issues.slice(0, maxFaults).map(
    ({ severity, message, path }): CheckFinding => ({
      check: 'record',
      state: worth[severity],
      detail: message,
      paths: [path],
    }),
  );
  const rest = issues.length - shown.length;
  return rest > 0
    ? [
        ...shown,
        { check: 'record', state: 'note', detail: `${rest} more faults are in the record.`, paths: ['/issues'] },
      ]
    : shown;
}

/** Properties that its publishing tiers ask for and its document does not state. */
export function unstatedProperties(own: StoredResource | undefined): CheckList['unstated'] {
  const tier = own && publishingTier(own.node.types);
  const isAbsent = (alternatives: string): boolean =>
    alternatives.split('|').every((property) => (own?.node.properties[property]?.length ?? 0) === 0);
  return {
    required: (tier?.required ?? []).filter(isAbsent),
    recommended: (tier?.recommended ?? []).filter(isAbsent),
  };
}
