import type { OwnResource } from './ownRecords.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** Broken references that are listed; the rest is counted. */
const maxListed = 100;

type Broken = ProviderReport['brokenReferences'];

/** References by CTID that lead to nothing here; what has no CTID may lie anywhere on the web. */
export async function brokenReferences(
  report: Pick<ReportContext, 'graphs' | 'credentials' | 'records'>,
  resources: readonly OwnResource[],
): Promise<Broken> {
  const { graphs } = report;
  const found: Omit<Broken['list'][number], 'state'>[] = [];
  const records = new Set<string>();
  for (const [source, own] of Map.groupBy(resources, (each) => each.source)) {
    const stated = await graphs.resources(
      source,
      own.map(({ key }) => key),
    );
    const targets = [...stated.values()].flatMap(({ references }) => references.map(({ key }) => key)).filter(hasCtid);
    const held = await graphs.holders([...new Set(targets)]);
    for (const { uri, kind, key: from, references } of stated.values())
      for (const { property, key } of references) {
        if (!hasCtid(key) || held.has(key)) continue;
        records.add(`${source} ${from}`);
        found.push({ from: { uri, kind, source }, property, target: key.slice('ctid:'.length) });
      }
  }
  const list = await Promise.all(
    found.slice(0, maxListed).map(async (each) => ({ ...each, state: await stateOf(report, each.target) })),
  );
  return { total: found.length, records: records.size, list };
}

function hasCtid(key: string): boolean {
  return key.startsWith('ctid:');
}

async function stateOf(
  { credentials, records }: Pick<ReportContext, 'credentials' | 'records'>,
  ctid: string,
): Promise<'withdrawn' | 'unknown'> {
  const isGone = (await credentials.tombstone(ctid)) ?? (await records.recordOf(ctid))?.deletedAt;
  return isGone ? 'withdrawn' : 'unknown';
}
