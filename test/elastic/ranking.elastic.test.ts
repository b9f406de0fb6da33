import type { SearchHit, SearchQuery } from '@credatlas/model';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../bench/Dice.ts';
import { marketDocument, marketDocuments } from '../bench/search/market.ts';
import { clock, elasticsearchUrl, log, mergeAway, openElastic } from './openElastic.ts';

/** Documents of the market with the skew of the real one. At 200,000 all lists are equal too (decision 0012). */
const size = 20_000;
/** Scores closer than this are the same to both engines: each rounds to 32 bits in its own order (issue 5). */
const tolerance = 1e-4;
const page = 20;

/** Words as they are looked for, of every weighted field and across them: 120 texts. */
const dice = new Dice(512);
const texts = Array.from({ length: 120 }, (_, number): string[] => {
  const { text } = marketDocument(dice.below(size));
  const [[name], [subject], [provider], [description]] = [
    text.name!,
    text.subjects!,
    text.provider!,
    text.description!,
  ] as [string[][], string[][], string[][], string[][]];
  const kinds: string[][] = [
    dice.one(text.skills!),
    name!,
    [...subject!, dice.one(description!)],
    provider!,
    [dice.one(name!), dice.one(provider!)],
    [dice.one(description!)],
  ];
  return [...new Set(kinds[number % kinds.length]!)];
});

describe.skipIf(elasticsearchUrl === '')('the ranking of `combined_fields`', () => {
  const embedded = EmbeddedSearchEngine.open({ writable: true, searchThreads: 0, clock, log });
  const elastic = openElastic();
  const ranked = (tokens: string[]): SearchQuery => ({
    text: { mode: 'strict', units: tokens.map((token) => ({ tokens: [token], phrase: false, variants: [] })) },
    filter: [],
    facets: [],
    sort: [],
    // More than is compared, so that who has the same score as the last is seen.
    size: 2 * page,
  });
  let equal = 0;
  let furthest = 0;

  beforeAll(async () => {
    const filled = { seq: size, expected: async () => size };
    await embedded.rebuild(marketDocuments(size), filled);
    await elastic.rebuild(marketDocuments(size), filled);
    await mergeAway(elastic);
  }, 600_000);
  afterAll(async () => {
    process.stderr.write(
      `${equal} of ${texts.length} first pages are equal id by id; scores differ by ${furthest.toExponential(1)} at most\n`,
    );
    await Promise.all([embedded.close(), elastic.close()]);
  });

  test.each(texts.map((tokens) => [tokens.join(' '), tokens] as const))('%s', async (_title, tokens) => {
    const [ours, theirs] = await Promise.all([embedded.search(ranked(tokens)), elastic.search(ranked(tokens))]);
    expect(ours.total).toBeGreaterThan(0);
    expect(theirs.total).toBe(ours.total);
    expect(theirs.hits).toHaveLength(ours.hits.length);
    const apart = ours.hits.map((hit, at) => difference(hit, theirs.hits[at]!));
    expect(apart.filter((each) => each > tolerance)).toEqual([]);
    furthest = Math.max(furthest, ...apart);
    const moved = ours.hits.slice(0, page).filter(({ id }, at) => id !== theirs.hits[at]!.id);
    // Another place is one among hits of the same score.
    for (const hit of moved)
      expect(ours.hits.filter((other) => difference(hit, other) <= tolerance).length).toBeGreaterThan(1);
    if (moved.length === 0) equal += 1;
  });
});

/** Of two scores, as a share of the larger. */
function difference({ score: one = Number.NaN }: SearchHit, { score: other = Number.NaN }: SearchHit): number {
  return Math.abs(one - other) / Math.max(one, other);
}
