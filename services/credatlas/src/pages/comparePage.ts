import { type Comparison, comparedText } from '@credatlas/query';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** The comparison page: a column per credential, differences marked. */
export function comparePage(given: { comparison?: Comparison; detail?: string; back: string; ids: string[] }): string {
  const { comparison, detail, back, ids } = given;
  const body = html`<h1>Compare</h1>
<p><a href="${back}">Back to the search</a> · <a href="/v1/compare?ids=${encodeURIComponent(ids.join(','))}">This comparison as JSON</a></p>
<section id="results" aria-label="Comparison" tabindex="-1">
${comparison ? table(comparison) : html`<p class="notice problem" role="alert">${detail}</p>`}
</section>`;
  return layout('Compare: Credatlas', body);
}

function table({ credentials, rows, skills, dominated }: Comparison): Html {
  const nameOf = (id: string): string => credentials.find((each) => each.id === id)?.name ?? id;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table of the comparison"><table>
<thead><tr><td></td>${credentials.map(({ id, name }) => html`<th scope="col"><a href="/v1/credentials/${encodeURIComponent(id)}">${name}</a></th>`)}</tr></thead>
<tbody>
${rows.map(({ field, values, note }) => row(field, values, note))}
${skills.matrix.map(
  ({ label, statements }) =>
    html`<tr class="skill"><th scope="row">${label}</th>${statements.map((each) => html`<td>${each ? `${each.relations.join(', ')} (${each.confidence})` : '–'}</td>`)}</tr>`,
)}
</tbody></table></div>
${dominated.map(({ id, by, because }) => html`<p class="notice">${nameOf(id)} is in nothing better than ${nameOf(by)}: ${because.join('; ')}.</p>`)}`;
}

function row(field: string, values: unknown[], note: string | null): Html {
  const words = values.map(wordsOf);
  const differs = new Set(words).size > 1;
  return html`<tr${differs && html` class="differs"`}><th scope="row">${inWords(field)}${note !== null && html`<span class="why">${note}</span>`}</th>${words.map((text) => html`<td>${text}</td>`)}</tr>`;
}

function inWords(field: string): string {
  const text = field.replace(/([A-Z])/g, ' $1').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is missing is said to be. */
function wordsOf(value: unknown): string {
  return value === null ? 'not stated' : comparedText(value);
}
