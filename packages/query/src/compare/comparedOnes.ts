import { type Credential, lastMoment, NotFoundError } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { listItems, parameterFault } from '../parameterFault.ts';

/** More do not fit side by side. */
const maxCompared = 20;

/** One column: a credential as it is, or as it was. */
export interface Compared {
  /** As its source states it; the id of an older version says which. */
  credential: Credential;
  /** Id without the version, and the change sequence of an older one. */
  of: string;
  seq?: number;
}

type Given = Pick<QueryContext, 'credentials' | 'history'>;

/**
 * What `ids` names: identities, and with `@DAY` or `@SEQUENCE` behind them the versions of that time. Throws InvalidInputError for fewer
 * than two, too many, or one named twice, NotFoundError or WithdrawnError for what is not there.
 */
export async function comparedOnes(given: Given, ids: string): Promise<Compared[]> {
  const identities = listItems(ids).map(({ text }) => text);
  if (identities.length < 2 || identities.length > maxCompared) throw refused(`It names ${identities.length}.`);
  const found = new Map<string, Compared>();
  for (const identity of identities) {
    const compared = await comparedOne(given, identity);
    const { id } = compared.credential;
    if (found.has(id)) throw refused(`"${identity}" is there already, as ${id}.`);
    found.set(id, compared);
  }
  return [...found.values()];
}

function refused(detail: string): Error {
  return parameterFault('invalid_parameter', {
    parameter: 'ids',
    detail: `Two to ${maxCompared} different credentials, or versions of them, are compared. ${detail}`,
    suggestion: 'ids=a,b',
  });
}

async function comparedOne(given: Given, identity: string): Promise<Compared> {
  const [, name, version] = /^(.+)@(\d{4}-\d{2}-\d{2}|\d{1,15})$/.exec(identity) ?? [];
  // An IRI may end like a version; then it is that thing that is meant.
  if (name === undefined || version === undefined || (await given.credentials.credential(identity))) {
    const credential = await findCredential(given, identity, 'ids');
    return { credential, of: credential.id };
  }
  const seq = await sequenceOf(given, version);
  const known = (await given.credentials.credential(name)) ?? (await given.credentials.tombstone(name));
  const { id } = known ?? (await findCredential(given, name, 'ids'));
  const past = (await given.history.asOf([id], seq)).get(id);
  if (past?.state === 'known') return { credential: { ...past.credential, id: `${id}@${seq}` }, of: id, seq };
  const why = past?.state === 'lost' ? 'that version is no longer kept' : 'it was not there';
  const detail = `"${identity}": ${why}.`;
  throw new NotFoundError('unknown_version', detail, {
    faults: [{ code: 'unknown_version', parameter: 'ids', detail }],
  });
}

/** The last change sequence of a day, or the number itself. */
async function sequenceOf({ history }: Given, version: string): Promise<number> {
  if (!version.includes('-')) return Number(version);
  const moment = lastMoment(version);
  // 2026-02-30 would be read as a day of March.
  const isDay = moment !== undefined && new Date(moment).toISOString().startsWith(version);
  const seq = isDay ? await history.seqAt(moment) : undefined;
  if (seq !== undefined) return seq;
  throw parameterFault('malformed_day', {
    parameter: 'ids',
    detail: `"${version}" is no day, or lies before all that is known.`,
    suggestion: '2026-01-31',
  });
}
