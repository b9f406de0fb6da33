import { expect, test } from 'vitest';
import { fieldFacets, fieldFilters } from './fieldMarket.ts';
import type { Answer } from './queryMarket.ts';

type Ask = (query: Record<string, string>) => Promise<Answer>;

/** Asks every filter and facet of the market of fields; the table is the same for every engine. */
export function testFields(ask: Ask): void {
  const answer = async (query: Record<string, string>) => {
    const { status, body } = await ask(query);
    expect([status, body.detail]).toEqual([200, undefined]);
    return body;
  };
  test.each(fieldFilters)('filter=%s finds %j', async (filter, found) => {
    const { results, meta } = await answer({ filter });
    const numbers = results.map((each: { ctid: string }) => Number(each.ctid.slice(-3))).sort();
    expect([numbers, meta.total, meta.totals.strict]).toEqual([found, found.length, found.length]);
  });

  test.each(fieldFacets)('facets=%s counts %j, and %i without a value', async (facet, buckets, unknown) => {
    const { facets } = await answer({ facets: facet, size: '0' });
    const own = facets[facet];
    const counts = own.buckets.map((each: { label: string; value: string; count: number }) => [
      each.label || each.value,
      each.count,
    ]);
    expect([Object.fromEntries(counts), own.unknown, own.truncated]).toEqual([buckets, unknown, false]);
  });

  test('the source is a filter and a facet, too', async () => {
    const { facets } = await answer({ facets: 'source', size: '0' });
    const [{ value, count }] = facets.source.buckets;
    expect([facets.source.buckets.length, count, facets.source.unknown]).toEqual([1, 3, 0]);
    expect((await answer({ filter: `source:${value}` })).meta.total).toBe(3);
  });
}
