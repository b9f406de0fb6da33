import type { FacetAnswer, KeywordField } from '@credatlas/model';
import type { LabelReader, RecordReader } from '@credatlas/ports';
import type { FacetPlan } from './facetPlans.ts';
import type { CredentialList } from './schemas.ts';
import { valueName } from './valueNames.ts';

type LabelledFacet = CredentialList['facets'][string];
type LabelSources = { labels: LabelReader; records: RecordReader };

/** Fields whose values are named by the documents, and the field under which those names are kept. */
export const namedBy: Partial<Record<KeywordField, KeywordField>> = {
  skill: 'skill',
  'skill.requires': 'skill',
  'skill.assesses': 'skill',
  'skill.teaches': 'skill',
  provider: 'provider',
  recognizedBy: 'recognizedBy',
  occupation: 'occupation',
  'occupation.path': 'occupation',
  program: 'program',
  'program.path': 'program',
  industry: 'industry',
  'industry.path': 'industry',
  subject: 'subject',
  keyword: 'keyword',
  collection: 'collection',
};

/** The engine's facets with names that people read, and bands in the units they were asked in. */
export async function labelledFacets(
  facets: Record<string, FacetAnswer>,
  plans: readonly FacetPlan[],
  sources: LabelSources,
): Promise<Record<string, LabelledFacet>> {
  const labelled: Record<string, LabelledFacet> = {};
  for (const plan of plans) {
    const facet = facets[plan.request.name];
    if (!facet) continue;
    if ('edges' in plan) labelled[plan.request.name] = bandFacet(facet, plan);
    else if ('size' in plan) labelled[plan.request.name] = await valueFacet(facet, plan, sources);
    else
      labelled[plan.request.name] = {
        ...facet,
        buckets: facet.buckets.map((each) => ({ ...each, label: plan.labels?.get(each.value) ?? each.value })),
      };
  }
  return labelled;
}

function bandFacet(facet: FacetAnswer, { request, edges }: Extract<FacetPlan, { edges: unknown }>): LabelledFacet {
  const isMoment = /^(effective|expires|updatedAt|firstSeen)$/.test(request.field);
  const [under, onwards] = isMoment ? ['before', 'or later'] : ['under', 'or more'];
  const buckets = facet.buckets.map(({ value, count }) => {
    const [from = '', to = ''] = value
      .split('..')
      .map((edge) => (edge === '' ? '' : (edges.get(Number(edge)) ?? edge)));
    const label = from === '' ? `${under} ${to}` : to === '' ? `${from} ${onwards}` : `${from} to ${under} ${to}`;
    return { value: `${from}..${to}`, label, count };
  });
  return { ...facet, buckets };
}

async function valueFacet(
  facet: FacetAnswer,
  { request, size, isCut }: Extract<FacetPlan, { size: number }>,
  sources: LabelSources,
): Promise<LabelledFacet> {
  const wanted =
    request.length === undefined ? facet.buckets : facet.buckets.filter(({ value }) => /^\d+$/.test(value));
  const shown = wanted.slice(0, size);
  const names = await namesOf(
    request.field,
    shown.map(({ value }) => value),
    sources,
  );
  const buckets = shown.map(({ value, count }) => ({ value, label: names.get(value) ?? value, count }));
  return { buckets, unknown: facet.unknown, truncated: facet.truncated || isCut === true || wanted.length > size };
}

/** What people call each of the values. */
export async function namesOf(
  field: KeywordField,
  values: string[],
  sources: LabelSources,
): Promise<Map<string, string>> {
  if (field === 'source') return sourceNames(values, sources.records);
  const plain = new Map(values.map((value) => [value, valueName(field, value)]));
  const named = namedBy[field];
  if (!named) return plain;
  // The beginning of a code is named only where it is a whole code of its own.
  const labels = await sources.labels.labels(named, [...plain.values()]);
  return new Map([...plain].map(([value, name]) => [value, labels.get(name) ?? name]));
}

async function sourceNames(values: string[], records: RecordReader): Promise<Map<string, string>> {
  const names = new Map((await records.sources()).map(({ id, name }) => [id, name]));
  return new Map(values.map((value) => [value, names.get(value) ?? value]));
}
