import { expect, test } from 'vitest';
import { html } from './html.ts';
import { addressOf, apiQuery, readState } from './searchState.ts';

const state = (query: string) => readState(new URLSearchParams(query));

test('the choices of the page become a filter of the API', () => {
  const { filter, q } = apiQuery(
    state('q=+welding+&family=badge&family=certificate&skill=say+"hi"&cost=500&filter=level:>=4'),
  );
  expect(q).toBe('welding');
  expect(filter).toBe('family:"badge"|"certificate",skill:"say \\"hi\\"",cost:<=500,level:>=4');
});

test('what is empty is left out of the question and of the address', () => {
  expect(Object.keys(apiQuery(state('q=&sort=&cost=')))).toEqual(['facets']);
  expect(addressOf(state('q=&family='))).toBe('/');
});

test('a state survives its own address', () => {
  const given = state('q=a%26b&mode=expanded&sort=cost&region=NJ&days=90&id=x:1&id=y:2&after=c');
  expect(state(addressOf(given).slice(2))).toEqual(given);
});

test('values are escaped in pages, HTML is not', () => {
  const inner = html`<b>${'<script>"&\''}</b>`;
  expect(html`<p title="${'"'}">${inner}${[html`<i>`, 'a<']}${undefined}${false}${0}</p>`.html).toBe(
    '<p title="&quot;"><b>&lt;script&gt;&quot;&amp;&#39;</b><i>a&lt;0</p>',
  );
});
