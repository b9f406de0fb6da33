import type { Summary } from '@credatlas/model';
import type { CredentialList } from '@credatlas/query';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { addressOf, apiQuery, boundFields, choiceFields, type SearchState } from './searchState.ts';

/** Skills of one result; its record has them all. */
const maxSkills = 8;

export interface SearchPageContent {
  state: SearchState;
  /** Absent when the API refused; then `problem` says why. */
  list?: CredentialList;
  problem?: { detail: string; suggestions: string[] };
  /** What is being loaded, while it is. */
  loading?: string;
}

/** The search page: one form, whole in its address, so that it works without a script and can be sent to somebody. */
export function searchPage(content: SearchPageContent): string {
  const { state, loading } = content;
  const body = html`<h1 class="visually-hidden">Search credentials</h1>
<form id="search" action="/" method="get" role="search">
<div class="query">
<label for="q">Search credentials</label>
<div class="row"><input id="q" name="q" type="search" value="${state.q}" list="suggestions" autocomplete="off" placeholder="welding, data analysis, nursing …"><button type="submit">Search</button></div>
<datalist id="suggestions"></datalist>
</div>
${loading !== undefined && html`<p class="notice" role="status">Still loading: ${loading}. What is there can be searched already.</p>`}
<div class="columns">
<details class="filters" open><summary>Filters</summary>
${filters(content)}
</details>
<section id="results" aria-label="Results" tabindex="-1">
${results(content)}
</section>
</div>
</form>`;
  return layout(state.q === '' ? 'Credatlas' : `${state.q}: Credatlas`, body);
}

function filters({ state, list }: SearchPageContent): Html {
  const choices = choiceFields.map(({ name, label }) => {
    const buckets = list?.facets[name]?.buckets ?? [];
    const chosen = state.choices[name];
    const missing = chosen.filter((value) => buckets.every((bucket) => bucket.value !== value));
    const offered = [...missing.map((value) => ({ value, label: value, count: undefined })), ...buckets];
    if (offered.length === 0) return undefined;
    return html`<fieldset><legend>${label}</legend>
${offered.map((each) => choice(name, each, chosen.includes(each.value)))}
</fieldset>`;
  });
  const bounds = boundFields.map(
    ({ name, label }) => html`<p class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="number" min="0" step="any" inputmode="decimal" value="${state.bounds[name]}"></p>`,
  );
  return html`${sorting(state)}
${bounds}
${choices}
<p class="field"><label for="filter">More, in the words of the API</label>
<input id="filter" name="filter" value="${state.filter}" placeholder="level:>=4,language:es" spellcheck="false"></p>
<button type="submit">Apply</button>`;
}

function choice(
  name: string,
  each: { value: string; label: string; count: number | undefined },
  isChosen: boolean,
): Html {
  const count = each.count === undefined ? '' : each.count.toLocaleString('en');
  return html`<label class="choice"><input type="checkbox" name="${name}" value="${each.value}"${isChosen && html` checked`}> <span>${each.label}</span> <span class="count">${count}</span></label>`;
}

const sorts = [
  ['', 'best match, else name'],
  ['cost', 'lowest cost'],
  ['days', 'shortest'],
  ['-updatedAt', 'newest'],
  ['name', 'name'],
] as const;

function sorting({ sort, mode }: SearchState): Html {
  return html`<p class="field"><label for="sort">Order</label>
<select id="sort" name="sort">${sorts.map(([value, label]) => html`<option value="${value}"${value === sort && html` selected`}>${label}</option>`)}</select></p>
<p class="field"><label class="choice"><input type="checkbox" name="mode" value="expanded"${mode === 'expanded' && html` checked`}> <span>Related words and inferred skills too</span></label></p>`;
}

function results({ state, list, problem }: SearchPageContent): Html {
  if (!list)
    return html`<p class="notice problem" role="alert">${problem?.detail ?? 'No answer.'}${problem?.suggestions.map((text) => html` Did you mean <strong>${text}</strong>?`)}</p>`;
  const { total, didYouMean } = list.meta;
  const count = total.toLocaleString('en');
  return html`<div class="head"><h2 id="count" role="status">${count} ${list.meta.total === 1 ? 'credential' : 'credentials'}</h2>
<a href="/v1/credentials?${new URLSearchParams(apiQuery(state)).toString()}">This list as JSON</a></div>
${chips(state, list)}
${list.meta.warnings.map((warning) => html`<p class="notice">${warning}</p>`)}
${didYouMean !== null && html`<p class="notice">Did you mean <a href="${addressOf({ ...state, q: didYouMean.q, after: '' })}">${didYouMean.q}</a>? It finds ${didYouMean.total.toLocaleString('en')}.</p>`}
${list.results.length === 0 && html`<p>Nothing matches. Take a filter away, or look for <a href="${addressOf({ ...state, mode: 'expanded', after: '' })}">related words too</a>.</p>`}
<ol class="results">${list.results.map((result) => item(result, state))}</ol>
${comparing(state, list)}
<nav class="pages" aria-label="Pages">${state.after !== '' && html`<a href="${addressOf({ ...state, after: '' })}">First page</a>`} ${list.prev !== null && html`<a rel="prev" href="${addressOf({ ...state, after: list.prev })}">Previous page</a>`} ${list.next !== null && html`<a rel="next" href="${addressOf({ ...state, after: list.next })}">Next page</a>`}</nav>`;
}

function chips(state: SearchState, list: CredentialList): Html {
  const chosen = choiceFields.flatMap(({ name }) =>
    state.choices[name].map((value) => ({
      label: list.facets[name]?.buckets.find((bucket) => bucket.value === value)?.label ?? value,
      without: {
        ...state,
        after: '',
        choices: { ...state.choices, [name]: state.choices[name].filter((each) => each !== value) },
      },
    })),
  );
  const bounded = boundFields
    .filter(({ name }) => state.bounds[name] !== '')
    .map(({ name, label }) => ({
      label: `${label}: ${state.bounds[name]}`,
      without: { ...state, after: '', bounds: { ...state.bounds, [name]: '' } },
    }));
  const written = state.filter === '' ? [] : [{ label: state.filter, without: { ...state, after: '', filter: '' } }];
  const all = [...chosen, ...bounded, ...written];
  if (all.length === 0) return html``;
  return html`<ul class="chips" aria-label="Filters in use">${all.map(({ label, without }) => html`<li><a href="${addressOf(without)}" aria-label="Remove filter ${label}">${label} <span aria-hidden="true">×</span></a></li>`)}</ul>`;
}

function item(result: Partial<Summary>, state: SearchState): Html {
  const { id = '', name = '', provider, match } = result;
  return html`<li><article>
<h3><a href="/v1/credentials/${encodeURIComponent(id)}">${name}</a></h3>
<p class="provider">${provider?.name ?? 'Provider not stated'}</p>
<dl>${facts(result).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${skillList(result.skills ?? [])}
${match && !match.strict && html`<p class="why">Found by related words: ${match.terms.join(', ')}</p>`}
<p class="actions"><label class="choice"><input type="checkbox" name="id" value="${id}" data-compare${state.ids.includes(id) && html` checked`}> <span>Compare</span></label> <a href="/v1/credentials/${encodeURIComponent(id)}" aria-label="${name} as JSON">JSON</a></p>
</article></li>`;
}

/** Stated skills by name; what is only inferred is counted and said to be so. */
function skillList(skills: Summary['skills']): Html | undefined {
  const labelsWhere = (isInferred: boolean): string[] => [
    ...new Set(skills.filter(({ confidence }) => (confidence === 'inferred') === isInferred).map(({ label }) => label)),
  ];
  const [stated, inferred] = [labelsWhere(false), labelsWhere(true)];
  const rest = [
    ...(stated.length > maxSkills ? [`${stated.length - maxSkills} more`] : []),
    ...(inferred.length > 0 ? [`${inferred.length} skills inferred from its occupation`] : []),
  ];
  if (skills.length === 0) return undefined;
  return html`<ul class="skills" aria-label="Skills">${stated.slice(0, maxSkills).map((label) => html`<li>${label}</li>`)}${rest.length > 0 && html`<li class="rest">${rest.join(', ')}</li>`}</ul>`;
}

function facts({ family, cost, durationDays, level, credit, places }: Partial<Summary>): [string, string][] {
  const place = places?.[0];
  const named = place ? [place.city, place.region, place.country].filter(Boolean).join(', ') : '';
  return [
    ['Kind', family ?? 'not stated'],
    ['Cost', cost ? `${cost.currency} ${Number(cost.amount).toLocaleString('en')}` : 'not stated'],
    ['Duration', durationDays ? daysInWords(durationDays) : 'not stated'],
    ['Level', level?.rank ? `${level.rank} of 8` : 'not stated'],
    ...(credit?.semesterHours ? [['Credit', `${credit.semesterHours} semester hours`] as [string, string]] : []),
    ...(named === '' ? [] : [['Place', named] as [string, string]]),
  ];
}

function daysInWords(days: number): string {
  if (days >= 730) return `${Math.round((days / 365.25) * 10) / 10} years`;
  if (days >= 60) return `${Math.round(days / 30.4375)} months`;
  return days === 1 ? '1 day' : `${Math.round(days * 10) / 10} days`;
}

function comparing({ ids }: SearchState, list: CredentialList): Html {
  const elsewhere = ids.filter((id) => list.results.every((result) => result.id !== id));
  return html`${elsewhere.map((id) => html`<input type="hidden" name="id" value="${id}">`)}
<p class="compare"><button type="submit" formaction="/compare">Compare chosen</button> <span id="chosen" role="status">${ids.length > 0 && `${ids.length} chosen`}</span></p>`;
}
