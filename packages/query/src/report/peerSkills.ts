import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** Skills of peers that are looked at, the most stated first, and those that are listed. */
const maxLooked = 1_000;
const maxListed = 30;

/** What its peers’ credentials state and none of its own does; never more than a suggestion. */
export async function peerSkills(report: ReportContext): Promise<ProviderReport['skills']> {
  const { engine, labels, own, ofPeers, peers } = report;
  if (peers.length === 0) return [];
  const theirs = await skillsIn(report, ofPeers);
  const mine = new Set((await skillsIn(report, own, [...theirs.keys()])).keys());
  const missing = [...theirs].filter(([key]) => !mine.has(key)).slice(0, maxListed);
  const names = await labels.labels(
    'skill',
    missing.map(([key]) => key),
  );
  const only = peers.map(({ id }) => id);
  const skills: ProviderReport['skills'] = [];
  for (const [key, credentials] of missing) {
    const { facets } = await engine.search({
      filter: [...ofPeers, { clause: { op: 'any', field: 'skill', values: [key] } }],
      facets: [{ name: 'provider', kind: 'values', tag: '', field: 'provider', size: only.length, only }],
      sort: [],
      size: 0,
    });
    skills.push({ key, label: names.get(key) ?? key, credentials, peers: facets.provider?.buckets.length ?? 0 });
  }
  return skills;
}

async function skillsIn(
  { engine }: ReportContext,
  filter: ReportContext['own'],
  only?: string[],
): Promise<Map<string, number>> {
  const { facets } = await engine.search({
    filter,
    facets: [{ name: 'skill', kind: 'values', tag: '', field: 'skill', size: maxLooked, ...(only ? { only } : {}) }],
    sort: [],
    size: 0,
  });
  return new Map(facets.skill?.buckets.map(({ value, count }) => [value, count]));
}
