import { classLabel, conceptLabel } from '@credatlas/ctdl';
import type { FacetAnswer, FacetRequest, KeywordField } from '@credatlas/model';
import type { LabelReader } from '@credatlas/ports';
import type { CredentialList } from './schemas.ts';

type LabelledFacet = CredentialList['facets'][string];

const labelledFields = new Set<KeywordField>([
  'skill',
  'provider',
  'recognizedBy',
  'occupation',
  'program',
  'industry',
  'subject',
  'keyword',
  'collection',
]);

const familyLabels: Readonly<Record<string, string>> = {
  badge: 'Badge',
  microCredential: 'Micro-credential',
  certificate: 'Certificate',
  certification: 'Certification',
  licence: 'Licence',
  degree: 'Degree',
  diploma: 'Diploma',
  apprenticeship: 'Apprenticeship',
  qualityAssurance: 'Quality assurance',
  other: 'Other',
};

/** Buckets with names that people read. */
export async function labelledFacets(
  facets: Record<string, FacetAnswer>,
  requests: readonly FacetRequest[],
  labels: LabelReader,
): Promise<Record<string, LabelledFacet>> {
  const labelled: Record<string, LabelledFacet> = {};
  for (const request of requests) {
    const facet = facets[request.name];
    if (!facet) continue;
    const names =
      request.kind === 'values'
        ? await namesOf(
            request.field,
            facet.buckets.map(({ value }) => value),
            labels,
          )
        : undefined;
    const buckets = facet.buckets.map(({ value, count }) => {
      const shown = request.kind === 'bands' ? bandValue(value, request.field) : value;
      return { value: shown, label: names?.get(value) ?? shown, count };
    });
    labelled[request.name] = { ...facet, buckets };
  }
  return labelled;
}

async function namesOf(field: KeywordField, values: string[], labels: LabelReader): Promise<Map<string, string>> {
  const base = field.startsWith('skill') ? 'skill' : field;
  if (labelledFields.has(base)) return labels.labels(base, values);
  return new Map(values.map((value) => [value, plainName(field, value)]));
}

function plainName(field: KeywordField, value: string): string {
  if (field === 'family') return familyLabels[value] ?? value;
  if (field === 'type') return classLabel(value);
  if (field === 'country')
    return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' }).of(countryCode(value)) ?? value;
  if (['delivery', 'audience', 'learningMethod', 'providerType', 'providerSector'].includes(field))
    return conceptLabel(value);
  if (['status', 'recognition'].includes(field))
    return (
      value.charAt(0).toUpperCase() +
      value
        .slice(1)
        .replace(/(?=[A-Z])/g, ' ')
        .toLowerCase()
    );
  return value;
}

/** Display names take well-formed codes only. */
function countryCode(value: string): string {
  return /^[A-Z]{2}$/.test(value) ? value : 'ZZ';
}

/** Engines count cents; people read amounts. */
function bandValue(value: string, field: string): string {
  if (!field.startsWith('cost')) return value;
  return value.replace(/-?\d+(\.\d+)?/g, (cents) => String(Number(cents) / 100));
}
