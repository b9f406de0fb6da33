import { identityKey } from '@credatlas/ctdl';
import type { Kind } from '@credatlas/model';
import { labelledFacets } from '../labelledFacets.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** Records that the parts of a report read one by one; counts by the engine know no such bound. */
const maxResources = 3_000;

export interface OwnResource {
  source: string;
  key: string;
  kind: Kind;
}

const owning = new Set([
  'ceterms:ownedBy',
  'ceterms:offeredBy',
  'ceasn:publisher',
  'ceasn:creator',
  'ceterms:publishedBy',
]);

/** Everything that names it as owner, offerer, creator or publisher, and its credentials by family. */
export async function ownRecords(
  report: ReportContext,
): Promise<{ shown: ProviderReport['records']; resources: OwnResource[]; truncated: boolean }> {
  const { engine, own } = report;
  const { resources, truncated } = await resourcesOf(report);
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  const plan = { request: { name: 'family', kind: 'values', tag: '', field: 'family', size: 20 }, size: 20 } as const;
  const { facets, total } = await engine.search({ filter: own, facets: [plan.request], sort: [], size: 0 });
  const { family } = await labelledFacets(facets, [plan], report);
  const byKind = [...kinds].map(([kind, all]) => ({ kind, count: all.length }));
  return {
    shown: {
      byKind: byKind.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
      byFamily: family?.buckets ?? [],
      credentials: total,
    },
    resources,
    truncated,
  };
}

async function resourcesOf({
  graphs,
  organization,
}: ReportContext): Promise<{ resources: OwnResource[]; truncated: boolean }> {
  const { source, uri, ctid } = organization;
  const found = new Map<string, OwnResource>();
  for await (const { property, source: from, key, kind } of graphs.eachReferrer(source, [identityKey(uri, ctid)])) {
    if (!owning.has(property)) continue;
    if (found.size === maxResources && !found.has(`${from} ${key}`))
      return { resources: [...found.values()], truncated: true };
    found.set(`${from} ${key}`, { source: from, key, kind });
  }
  return { resources: [...found.values()], truncated: false };
}
