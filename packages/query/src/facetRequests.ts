import { type FacetRequest, InvalidInputError, nearestName } from '@credatlas/model';
import { filterField, filterFields, moneyColumn } from './fields.ts';

const defaultSize = 20;
const maxSize = 1_000;

/** Facets of the `facets` parameter: `family,region:50,cost.bands(0|500|1000),occupation.2`. Throws InvalidInputError. */
export function facetRequests(text: string | undefined, currency: string): FacetRequest[] {
  const parts = (text ?? '').match(/(?:\([^)]*\)|[^,(])+/g) ?? [];
  return parts.map((part) => facetRequest(part.trim(), currency));
}

function facetRequest(part: string, currency: string): FacetRequest {
  const bands = /^([A-Za-z]+)\.bands\(([^)]*)\)$/.exec(part);
  if (bands) return bandRequest(bands[1] ?? '', { name: part, edges: bands[2] ?? '', currency });
  const match = /^([A-Za-z.]+?)(?:\.(\d))?(?::(\d+))?$/.exec(part);
  if (!match)
    throw malformed(
      'malformed_facet',
      `"${part}" is no facet.`,
      'Write field, field:size, field.bands(0|10) or occupation.2.',
    );
  const [, name = '', digits, size] = match;
  const field = filterField(name);
  if (field?.kind !== 'keyword' || !field.isFacet) throw unknownFacet(name);
  const count = Number(size ?? defaultSize);
  if (count < 1 || count > maxSize)
    throw malformed('malformed_facet', `A facet has 1 to ${maxSize} buckets, not ${size}.`);
  if (digits === undefined) return { name, kind: 'values', tag: name, field: field.engine, size: count };
  if (field.reading.by !== 'code')
    throw malformed('malformed_facet', `"${name}" has no digits to group by.`, 'occupation.2, program.4, industry.3');
  const engine = `${field.engine}.path` as Extract<FacetRequest, { kind: 'values' }>['field'];
  return { name: `${name}.${digits}`, kind: 'values', tag: name, field: engine, size: count, length: Number(digits) };
}

function bandRequest(name: string, given: { name: string; edges: string; currency: string }): FacetRequest {
  const field = filterField(name);
  if (!field || field.kind === 'keyword' || field.kind === 'validOn') throw unknownFacet(name);
  const edges = given.edges.split('|').map(Number);
  const isRising = edges.every(
    (edge, index) => Number.isFinite(edge) && (index === 0 || edge > (edges[index - 1] ?? 0)),
  );
  if (given.edges.trim() === '' || !isRising || edges.length > 100) {
    throw malformed('malformed_facet', `"${given.edges}" are no rising numbers.`, `${name}.bands(0|500|1000)`);
  }
  if (field.kind !== 'money') return { name: given.name, kind: 'bands', tag: name, field: field.engine, edges };
  return {
    name: given.name,
    kind: 'bands',
    tag: name,
    field: moneyColumn(field.engine, given.currency),
    edges: edges.map((edge) => edge * 100),
  };
}

function unknownFacet(name: string): InvalidInputError {
  const names = filterFields.flatMap((field) => (field.kind === 'keyword' && field.isFacet ? [field.name] : []));
  return malformed(
    'unknown_facet',
    `There is no facet "${name}". Facets: ${names.join(', ')}; numbers and dates as field.bands(…).`,
    nearestName(name, names),
  );
}

function malformed(code: string, detail: string, suggestion?: string): InvalidInputError {
  return new InvalidInputError(code, detail, {
    faults: [{ code, parameter: 'facets', detail, ...(suggestion ? { suggestion } : {}) }],
  });
}
