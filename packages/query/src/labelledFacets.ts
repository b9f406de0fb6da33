import type { FacetAnswer } from '@credatlas/model';
import type { FacetPlan } from './facetPlans.ts';
import { type LabelSources, namesOf } from './namesOfValues.ts';
import type { CredentialList } from './schemas.ts';

type LabelledFacet = CredentialList['facets'][string];

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
