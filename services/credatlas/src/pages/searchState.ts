/** Fields with a list of values to choose from, in the order of the page. */
export const choiceFields = [
  { name: 'family', label: 'Kind' },
  { name: 'skill', label: 'Skill' },
  { name: 'region', label: 'State or region' },
  { name: 'delivery', label: 'Delivery' },
  { name: 'provider', label: 'Provider' },
] as const;
export type ChoiceField = (typeof choiceFields)[number]['name'];

/** Fields with an upper bound to fill in. */
export const boundFields = [
  { name: 'cost', label: 'Cost at most (USD)' },
  { name: 'days', label: 'Days at most' },
] as const;
export type BoundField = (typeof boundFields)[number]['name'];

/** What the page shows, as its address says it. */
export interface SearchState {
  q: string;
  mode: string;
  sort: string;
  filter: string;
  after: string;
  choices: Record<ChoiceField, string[]>;
  bounds: Record<BoundField, string>;
  /** Chosen for comparison. */
  ids: string[];
}

export function readState(parameters: URLSearchParams): SearchState {
  const text = (name: string): string => parameters.get(name)?.trim() ?? '';
  return {
    q: text('q'),
    mode: text('mode'),
    sort: text('sort'),
    filter: text('filter'),
    after: text('after'),
    choices: Object.fromEntries(
      choiceFields.map(({ name }) => [name, parameters.getAll(name).filter((value) => value !== '')]),
    ) as SearchState['choices'],
    bounds: Object.fromEntries(boundFields.map(({ name }) => [name, text(name)])) as SearchState['bounds'],
    ids: [...new Set(parameters.getAll('id'))],
  };
}

/** The address of a state, without what is empty. */
export function addressOf(state: SearchState, path = '/'): string {
  const { q, mode, sort, filter, after, choices, bounds, ids } = state;
  const entries = [
    ...Object.entries({ q, mode, sort, filter, ...bounds }),
    ...choiceFields.flatMap(({ name }) => choices[name].map((value) => [name, value])),
    ...ids.map((id) => ['id', id]),
    ['after', after],
  ].filter(([, value]) => value !== '') as [string, string][];
  const query = new URLSearchParams(entries).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The same question, as the API takes it. */
export function apiQuery(state: SearchState): Record<string, string> {
  const { q, mode, sort, after } = state;
  const given = { q, mode, sort, after, filter: filterOf(state), facets: facets };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** Values offered per field; the API has the rest. */
const facets = 'family:12,skill:12,region:12,delivery:6,provider:12';

function filterOf({ choices, bounds, filter }: SearchState): string {
  return [
    ...choiceFields.map(({ name }) =>
      choices[name].length > 0 ? `${name}:${choices[name].map(quoted).join('|')}` : '',
    ),
    ...boundFields.map(({ name }) => (bounds[name] === '' ? '' : `${name}:<=${bounds[name]}`)),
    filter,
  ]
    .filter((clause) => clause !== '')
    .join(',');
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
