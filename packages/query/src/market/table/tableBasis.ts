import { createHash } from 'node:crypto';
import type { WantedState } from '../../asOf/wantedState.ts';
import type { QueryContext } from '../../dependencies.ts';
import type { Classification } from '../classification/Classification.ts';
import type { PublishedCoverage } from '../classification/PublishedCoverage.ts';
import { dayMs } from '../metrics/measuredFields.ts';
import type { MarketQuestion } from './marketQuestion.ts';
import type { TableBasis } from './tableSchemas.ts';

/** What is counted, in the words of interface §4. */
const counts =
  'Credentials published and not withdrawn, whatever their status. Courses, assessments and organizations are not counted.';
const dedup = {
  credential: 'One per identity within a source. The same credential published by two sources counts twice.',
  cluster:
    'One per cluster: of records that are told to be about one credential, the lead record counts, with its values. /v1/clusters has the evidence.',
} as const;

export interface BasisContext extends QueryContext {
  published: PublishedCoverage;
}

/** The scheme that stands behind a table that names none: the latest count. */
export function schemeOf(classifications: readonly Classification[], id: string | undefined): Classification {
  const dated = classifications.filter(({ source }) => source.date !== undefined);
  const latest = dated.toSorted((a, b) => (a.source.date! < b.source.date! ? 1 : -1))[0];
  return classifications.find((each) => each.id === id) ?? latest ?? classifications[0]!;
}

/** What a table rests on. `path` is the route's, `parameters` what was asked, as it was written. */
export async function tableBasis(
  context: BasisContext,
  given: {
    path: string;
    parameters: Record<string, unknown>;
    question: MarketQuestion;
    scheme: Classification;
    coverage: TableBasis['coverage'];
    snapshot: number;
    past: WantedState | undefined;
  },
): Promise<TableBasis> {
  const { path, question, scheme, coverage, snapshot, past } = given;
  const { day: on } = question.judgement;
  const asked = askedOf({ ...given.parameters, on });
  const hashed = JSON.stringify([path, Object.entries(asked).sort(), scheme.id, scheme.version]);
  const again = new URLSearchParams({ ...asked, snapshot: String(snapshot) });
  return {
    unit: question.unit,
    counts,
    dedup: dedup[question.unit],
    classification: {
      id: scheme.id,
      version: scheme.version,
      title: scheme.title,
      place: scheme.place ?? null,
      source: scheme.source,
    },
    coverage,
    sources: await sourcesOf(context),
    on,
    snapshot,
    asOf: past ? statedOf(past) : null,
    query: { hash: createHash('sha256').update(hashed).digest('hex'), parameters: asked },
    again: `${context.publicUrl}${path}?${again}`,
  };
}

/** What decides the numbers: not of which snapshot. */
function askedOf(parameters: Record<string, unknown>): Record<string, string> {
  const { snapshot: _snapshot, asOf: _asOf, ...rest } = parameters;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value).trim()]),
  );
}

/** What an earlier state does not bring back. */
const kept = 'Credentials are counted as they were; organizations, shortlists, names and sources are as they are now.';

function statedOf({ seq, at, changed, lost }: WantedState): TableBasis['asOf'] {
  const reachedAt = at === undefined ? null : new Date(at).toISOString();
  return { seq, reachedAt, changedSince: changed.size, lost: lost.length, kept };
}

/** The sources of the store, each with its age. */
export async function sourcesOf({
  records,
  clock,
}: Pick<QueryContext, 'records' | 'clock'>): Promise<TableBasis['sources']> {
  const sources = await records.sources();
  return sources.map(({ id, name, kind, uri, records: held, lastRun }) => {
    const readAt = lastRun?.finishedAt ?? null;
    const ageDays = readAt === null ? null : Math.max(0, Math.floor((clock.now() - Date.parse(readAt)) / dayMs));
    return { id, name, kind, uri, records: held, readAt, ageDays };
  });
}
