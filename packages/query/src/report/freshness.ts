import { judgedClause, judgedFacet } from '../judgement.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

const maxListed = 10;

/** What is stale by the policy on the day, the longest unaffirmed first. */
export async function freshness(report: ReportContext): Promise<ProviderReport['freshness']> {
  const { engine, credentials, own, judgement } = report;
  const facet = judgedFacet('stale', judgement);
  const { facets } = await engine.search({ filter: own, facets: [facet], sort: [], size: 0 });
  const countOf = (value: string): number => facets.stale?.buckets.find((each) => each.value === value)?.count ?? 0;
  const { hits } = await engine.search({
    filter: [...own, { clause: judgedClause('stale', 'yes', judgement) }],
    facets: [],
    sort: [{ by: 'affirmed', descending: false }],
    size: maxListed,
  });
  const found = await credentials.credentials(hits.map(({ id }) => id));
  const stalest = hits.flatMap(({ id }) => {
    const credential = found.get(id);
    return credential ? [{ id, name: credential.nameText, affirmed: credential.freshness.affirmed ?? null }] : [];
  });
  return { stale: countOf('yes'), fresh: countOf('no'), unknown: facets.stale?.unknown ?? 0, stalest };
}
