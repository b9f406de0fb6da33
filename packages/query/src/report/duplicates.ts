import type { IdentityFacts } from '@credatlas/model';
import { clusterLedBy } from '../clusters/clusterOf.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** Its credentials that are looked up in clusters, and clusters that are listed. */
const maxRecords = 10_000;
const maxListed = 50;

/** Records of others about the same credentials: of another source, or published there by somebody else. */
export async function duplicates(
  report: ReportContext,
): Promise<{ shown: ProviderReport['duplicates']; truncated: boolean }> {
  const { identities } = report;
  const { ids, truncated } = await ownIds(report);
  const leads = [...new Set((await identities.leads(ids)).values())].sort();
  const members = await identities.members(leads);
  const list: ProviderReport['duplicates']['list'] = [];
  let total = 0;
  for (const lead of leads) {
    const facts = [...(await identities.facts(members.get(lead) ?? [])).values()];
    const others = facts.filter((each) => !isMine(each, report));
    if (others.length === 0) continue;
    total += 1;
    if (list.length >= maxListed) continue;
    list.push({
      lead,
      name: facts.find(({ id }) => id === lead)?.name ?? '',
      confidence: (await clusterLedBy(report, lead)).confidence,
      own: facts.filter((each) => isMine(each, report)).map(({ id }) => id),
      others: others.map(({ id, source, publisher }) => ({ id, source, publisher: publisher ?? null })),
    });
  }
  return { shown: { total, list }, truncated };
}

async function ownIds({ engine, own }: ReportContext): Promise<{ ids: string[]; truncated: boolean }> {
  const ids: string[] = [];
  for await (const page of engine.scan({ filter: own })) {
    ids.push(...page);
    if (ids.length > maxRecords) return { ids: ids.slice(0, maxRecords), truncated: true };
  }
  return { ids, truncated: false };
}

/** Published by itself; where nobody knows the publisher, read at the source that its own record comes from. */
function isMine({ publisher, source, isOwn }: IdentityFacts, { organization }: ReportContext): boolean {
  if (isOwn) return true;
  return source === organization.source && (!publisher || publisher === `ctid:${organization.ctid}`);
}
