import { type FacetRequest, type KeywordField, nearestName } from '@credatlas/model';
import { tokensOf } from '@credatlas/skills';
import type { FilterContext } from './compileFilter.ts';
import { type FacetSearchContext, valuesCalled } from './facetSearch.ts';
import { filterField, filterFields } from './fields.ts';
import { judgedFacet } from './judgement.ts';
import { type ListItem, listItems, parameterFault } from './parameterFault.ts';
import { verdictClauses, verdictLabels } from './rules/verdicts.ts';
import type { KnownShortlists } from './shortlists/KnownShortlists.ts';
import { columnOf, isOrdered, type OrderedField, spanForms, spanOf } from './span.ts';

/** Buckets unless told (interface §2). */
const defaultSize = 20;
const maxSize = 1_000;
/** Each is a pass over all hits. */
const maxFacets = 32;
/** More is a table, not a facet. */
const maxEdges = 100;

/** A facet as it is asked of the engine, and what its answer is read with. */
export type FacetPlan =
  /** `isCut`: more values are called what was looked for than were looked at. */
  | { request: Extract<FacetRequest, { kind: 'values' }>; size: number; isCut?: boolean }
  /** `labels`: of values that are not their own. */
  | { request: Extract<FacetRequest, { kind: 'clauses' }>; labels?: ReadonlyMap<string, string> }
  /** `edges`: the engine's number → the text it was written as. */
  | { request: Extract<FacetRequest, { kind: 'bands' }>; edges: Map<number, string> };

/**
 * Facets of the `facets` parameter: `family,region:50,skill~weld,cost.bands(0|500|1000),occupation.2`. Throws InvalidInputError
 * `unknown_facet`, `malformed_facet` or `repeated_facet`.
 */
export async function facetPlans(text: string | undefined, given: FacetContext): Promise<FacetPlan[]> {
  const items = listItems(text);
  if (items.length > maxFacets)
    throw fault('malformed_facet', items[maxFacets]!, `At most ${maxFacets} facets at once.`);
  const plans: FacetPlan[] = [];
  for (const item of items) plans.push(await facetPlanOf(item, given));
  const names = plans.map(({ request }) => request.name);
  const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
  if (repeated >= 0) throw fault('repeated_facet', items[repeated]!, `"${names[repeated]}" is asked for twice.`);
  return plans;
}

const bandsPattern = /^([A-Za-z]+)\.bands\(([^()]*)\)$/;
const valuesPattern = /^([A-Za-z][A-Za-z.]*?)(?:\.(\d+))?(?::(\d+))?(?:~(?:"([^"]+)"|([^"]+)))?$/;

type FacetContext = FacetSearchContext & Pick<FilterContext, 'currency' | 'judgement' | 'lists' | 'rules'>;

function facetPlanOf(item: ListItem, given: FacetContext): FacetPlan | Promise<FacetPlan> {
  if (item.text === 'issuerList') return listPlan(given.lists);
  const [, rule] = /^rule:(.*)$/.exec(item.text) ?? [];
  return rule === undefined ? facetPlan(item, given) : rulePlan(item, { name: rule, context: given });
}

/** A bucket for each verdict: every credential has one. */
async function rulePlan(
  item: ListItem,
  { name, context }: { name: string; context: FacetContext },
): Promise<FacetPlan> {
  const rule = context.rules.all.find(({ id }) => id === name);
  if (!rule) {
    const names = context.rules.all.map(({ id }) => id);
    const detail = `There is no rule "${name}". Rules: ${names.join(', ')}.`;
    throw fault('unknown_facet', item, detail, `rule:${nearestName(name, names) ?? names[0]}`);
  }
  const values = verdictClauses(await context.rules.compiled(rule, context.judgement));
  return { request: { name: item.text, kind: 'clauses', tag: item.text, values }, labels: verdictLabels };
}

/** A bucket for each shortlist, by name; what is on none is unknown. */
async function listPlan(lists: KnownShortlists): Promise<FacetPlan> {
  const known = await lists.all();
  const values = known.map(({ name, clause }) => ({ value: name, clause }));
  const labels = new Map(known.flatMap(({ name, title }) => (title ? [[name, title]] : [])));
  return { request: { name: 'issuerList', kind: 'clauses', tag: 'issuerList', values }, labels };
}

async function facetPlan(item: ListItem, context: FacetContext): Promise<FacetPlan> {
  const { currency, judgement } = context;
  const judged = filterField(item.text);
  if (judged?.kind === 'judged') return { request: judgedFacet(judged.name, judgement) };
  const bands = bandsPattern.exec(item.text);
  if (bands) return bandPlan(item, { name: bands[1] ?? '', edges: bands[2] ?? '', currency });
  const values = valuesPattern.exec(item.text);
  if (!values)
    throw fault(
      'malformed_facet',
      item,
      `"${item.text}" is no facet.`,
      'family, region:50, skill~weld, cost.bands(0|500), occupation.2',
    );
  const [, name = '', digits, size = defaultSize, quoted, plain] = values;
  const plan = valuePlan(item, { name, digits, size: Number(size) });
  const words = quoted ?? plain;
  return words === undefined ? plan : narrowedPlan(item, plan, { words, context });
}

type ValuePlan = Extract<FacetPlan, { size: number }>;

function valuePlan(item: ListItem, given: { name: string; digits: string | undefined; size: number }): ValuePlan {
  const { name, digits, size } = given;
  const field = filterField(name);
  if (field?.kind !== 'keyword' || !field.isFacet) throw unknownFacet(item, name);
  if (size < 1 || size > maxSize)
    throw fault('malformed_facet', item, `A facet has 1 to ${maxSize} buckets, not ${size}.`);
  const common = { kind: 'values' as const, tag: name, size };
  if (digits === undefined) return { size, request: { ...common, name, field: field.engine } };
  const length = Number(digits);
  if (field.reading.by !== 'code' || length < 2 || length > 6)
    throw fault(
      'malformed_facet',
      item,
      'Codes are grouped by their first 2 to 6 digits.',
      'occupation.2, program.4, industry.3',
    );
  const paths = `${field.engine}.path` as KeywordField;
  return { size, request: { ...common, name: `${name}.${digits}`, field: paths, length, size: size + escoGroups } };
}

/** A facet of the values alone that are called so. */
async function narrowedPlan(
  item: ListItem,
  { request, size }: ValuePlan,
  { words, context }: { words: string; context: FacetContext },
): Promise<FacetPlan> {
  if (request.length !== undefined || tokensOf(words).length === 0)
    throw fault('malformed_facet', item, 'Words are looked for in the names of whole values.', 'skill~weld');
  const { values, isCut } = await valuesCalled(request.field, words, context);
  // No value is empty: what is called by nothing has no buckets.
  return { size, isCut, request: { ...request, only: values.length > 0 ? values : [''] } };
}

/** Paths as long as six digits that are none: `esco:0` to `esco:9`. They are taken out of the answer. */
const escoGroups = 10;

function bandPlan(item: ListItem, given: { name: string; edges: string; currency: string }): FacetPlan {
  const field = filterField(given.name);
  if (!isOrdered(field)) throw unknownFacet(item, given.name);
  const edges = new Map(given.edges.split('|').map((text) => [edgeOf(item, field, text.trim()), text.trim()]));
  const numbers = [...edges.keys()];
  const isRising = numbers.every((edge, index) => index === 0 || edge > (numbers[index - 1] ?? edge));
  if (!isRising || numbers.length !== given.edges.split('|').length || numbers.length > maxEdges)
    throw fault(
      'malformed_facet',
      item,
      `The edges of bands rise, and are at most ${maxEdges}.`,
      `${given.name}.bands(0|500|1000)`,
    );
  const column = columnOf(field, given.currency);
  return { edges, request: { name: item.text, kind: 'bands', tag: given.name, field: column, edges: numbers } };
}

function edgeOf(item: ListItem, field: OrderedField, text: string): number {
  const span = spanOf(field, text);
  if (!span) throw fault('malformed_facet', item, `"${text}" is no edge of a band.`, spanForms[field.kind]);
  return span[0];
}

function unknownFacet(item: ListItem, name: string): Error {
  const keywords = filterFields.flatMap((field) =>
    field.kind === 'judged' || field.kind === 'shortlist' || (field.kind === 'keyword' && field.isFacet)
      ? [field.name]
      : field.kind === 'rule'
        ? ['rule:NAME']
        : [],
  );
  const ordered = filterFields.filter(isOrdered).map((field) => `${field.name}.bands(…)`);
  const detail = `There is no facet "${name}". Facets: ${[...keywords, ...ordered].join(', ')}.`;
  const suggestion = isOrdered(filterField(name)) ? `${name}.bands(0|10)` : nearestName(name, keywords);
  return fault('unknown_facet', item, detail, suggestion);
}

function fault(code: string, { position }: ListItem, ...[detail, suggestion]: [string, string?]): Error {
  return parameterFault(code, { parameter: 'facets', position, detail, suggestion });
}
