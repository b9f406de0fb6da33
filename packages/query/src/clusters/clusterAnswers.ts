import { type Credential, InvalidInputError, NotFoundError } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { comparisonRows } from '../compare/comparisonRows.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { clusterLedBy, clusterOf } from './clusterOf.ts';
import type { Cluster, ClusteredCredential, ClusterList, Decision } from './schemas.ts';

/** Members whose values are put side by side. */
const maxCompared = 10;

/** A record as its source states it, with the others about the same credential beside it; no value is taken from them. */
export async function clusteredCredential(context: QueryContext, identity: string): Promise<ClusteredCredential> {
  const credential = await findCredential(context, identity);
  const cluster = await clusterOf(context, credential.id);
  const decisions = await context.identities.decisions([credential.id]);
  const apart = decisions.map(({ a, b, why, decidedAt }) => ({
    id: a === credential.id ? b : a,
    why: why ?? null,
    decidedAt,
  }));
  const differences = cluster ? await differencesIn(context, cluster) : [];
  return { ...credential, cluster: cluster && { ...cluster, differences }, apart };
}

async function differencesIn(
  { credentials }: QueryContext,
  { members }: Cluster,
): Promise<{ field: string; values: unknown[] }[]> {
  const shown = members.slice(0, maxCompared).map(({ id }) => id);
  const found = await credentials.credentials(shown);
  const compared = shown.map((id) => found.get(id)).filter((each): each is Credential => each !== undefined);
  return comparisonRows(compared, 'USD').rows.filter(
    ({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1,
  );
}

/** Clusters by the id of their lead. Throws InvalidInputError for a cursor that does not fit. */
export async function clusterList(
  context: QueryContext,
  { size, after }: { size: number; after?: string | undefined },
): Promise<ClusterList> {
  const pageOf = { list: 'clusters' };
  const point = after ? readCursor(after, pageOf) : undefined;
  const from = point?.kind === 'keyset' ? point.id : '';
  const { leads, total } = await context.identities.clusters({ after: from, limit: size + 1 });
  const results: Cluster[] = [];
  for (const lead of leads.slice(0, size)) results.push(await clusterLedBy(context, lead));
  const last = results.at(-1);
  const hasMore = last !== undefined && leads.length > size;
  const next = hasMore ? writeCursor({ kind: 'keyset', values: [], id: last.lead }, pageOf) : null;
  return { meta: { total, size }, results, next };
}

/**
 * Keeps two records apart whatever the evidence, or takes that back. Throws NotFoundError or WithdrawnError for one that is not there,
 * InvalidInputError `same_record`, and NotFoundError `unknown_decision` when there is nothing to take back.
 */
export async function decide(
  context: QueryContext,
  { identity, other, why, apart }: { identity: string; other: string; why?: string | undefined; apart: boolean },
): Promise<Decision> {
  const [one, two] = [await findCredential(context, identity), await findCredential(context, other)];
  if (one.id === two.id) throw new InvalidInputError('same_record', `"${identity}" and "${other}" are one record.`);
  const [a, b] = [one.id, two.id].sort(compareUtf8) as [string, string];
  const { identities, clock } = context;
  if (apart) await identities.decide({ a, b, ...(why ? { why } : {}), decidedAt: new Date(clock.now()).toISOString() });
  else if (!(await identities.undecide({ a, b })))
    throw new NotFoundError('unknown_decision', `Nobody has said that ${a} and ${b} are not one.`);
  await context.settle();
  return { a, b, apart, clusters: [await clusterOf(context, a), await clusterOf(context, b)] };
}
