import type { CoverageQuery, SearchChange, SearchQuery } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everySort, none, texts } from './contractQuestions.ts';
import { expectSearch, expectTable } from './expectations.ts';
import { generatedContract } from './generatedContract.ts';
import { Dice, generatedDocument } from './generatedMarket.ts';
import { type MarketOptions, marketContract } from './marketContract.ts';
import { ReferenceSearch } from './ReferenceSearch.ts';
import { referenceCoverage, referenceGroups } from './ReferenceTables.ts';
import { anyCoverage, anySearch, anyTable } from './randomQueries.ts';

export interface ContractOptions extends MarketOptions {
  /** Rounds of random markets. */
  randomRuns?: number;
  /** Random markets of one round, for an engine that takes its time to settle: all of them settle together. */
  marketsAtOnce?: number;
}

/** What every adapter of the search port must do: over the generated market, over random ones, and with cursors that do not fit. */
export function searchEngineContract(
  name: string,
  open: () => Promise<SearchEngine>,
  { randomRuns = 40, marketsAtOnce = 1, settle, ...options }: ContractOptions = {},
): void {
  marketContract(`${name}, over the generated market,`, open, {
    ...options,
    ...(settle ? { settle } : {}),
    market: generatedContract,
  });

  describe(`${name}, of any market,`, () => {
    let engine: SearchEngine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.close());

    test('coverage of nothing is nothing', async () => {
      const query: CoverageQuery = { skills: [], fields: ['skill'], min: 1, filter: [], size: 10 };
      expect(await engine.coverage(query)).toMatchObject({ total: 0, hits: [] });
    });

    test.each<[string, SearchQuery]>([
      ['of fewer values than the sort', pageAfter({ kind: 'keyset', values: [], id: 'a' }, [everySort[0]!])],
      ['of more values', pageAfter({ kind: 'keyset', values: [1, 2, 3, 4], id: 'a' }, [everySort[0]!])],
      ['with text for a number', pageAfter({ kind: 'keyset', values: ['x'], id: 'a' }, [everySort[0]!])],
      ['by name, with a number for text', pageAfter({ kind: 'keyset', values: [5], id: 'a' }, [])],
      [
        'by field, for a ranking',
        { ...pageAfter({ kind: 'keyset', values: [5], id: 'a' }, []), text: texts['one word']! },
      ],
      ['of a ranking, for fields', pageAfter({ kind: 'snapshot', snapshot: '\u0000', position: 3 }, [])],
    ])('a cursor that does not fit is refused: %s', async (_how, query) => {
      await expect(engine.search(query)).rejects.toMatchObject({
        name: 'InvalidInputError',
        code: expect.stringMatching(/^(cursor_expired|malformed_cursor)$/),
      });
    });

    test('a ranking of another life of the engine has expired', async () => {
      const after = { kind: 'snapshot', snapshot: 'gone', position: 10 } as const;
      await expect(engine.search({ ...none, text: texts['one word']!, size: 5, after })).rejects.toMatchObject({
        code: 'cursor_expired',
      });
    });
  });

  test(`${name}: random markets and random questions equal the reference`, async () => {
    const questions = fc.record({
      seed: fc.nat(),
      searches: fc.array(anySearch, { minLength: 4, maxLength: 4 }),
      tables: fc.array(anyTable, { minLength: 2, maxLength: 2 }),
      coverage: anyCoverage,
    });
    const round = fc.array(questions, { minLength: marketsAtOnce, maxLength: marketsAtOnce });
    await fc.assert(
      fc.asyncProperty(round, async (asked) => {
        const markets = await Promise.all(
          asked.map(async ({ seed, ...rest }) => ({ ...rest, ...(await randomMarket(open, seed)) })),
        );
        await Promise.all(markets.map(({ engine }) => settle?.(engine)));
        for (const { engine, reference, searches, tables, coverage } of markets) {
          for (const query of searches) await expectSearch(engine, reference, query);
          for (const query of tables)
            expectTable(await engine.groupBy(query), referenceGroups(reference.matching(query), query));
          const covering = referenceCoverage(reference.matching(coverage), coverage);
          expect((await engine.coverage(coverage)).hits).toEqual(covering);
          await engine.close();
        }
      }),
      // Other ones each time; a failure tells its seed. A smaller example would take an index of its own for each try.
      { numRuns: randomRuns, endOnFailure: true },
    );
  }, 240_000);
}

function pageAfter(after: NonNullable<SearchQuery['after']>, sort: SearchQuery['sort']): SearchQuery {
  return { ...none, sort, size: 10, after };
}

/** Sixty documents written in a few batches, of which every other market's replace or delete some of those before. */
async function randomMarket(
  open: () => Promise<SearchEngine>,
  seed: number,
): Promise<{ engine: SearchEngine; reference: ReferenceSearch }> {
  const [engine, reference] = [await open(), new ReferenceSearch()];
  const dice = new Dice(seed);
  const rewrites = seed % 2 === 1;
  const batch = 10 + dice.below(30);
  for (let seq = 0; seq < 60; seq += batch) {
    const changes = Array.from({ length: batch }, (_, index): SearchChange => {
      const document = generatedDocument(dice, seq + index);
      const known = [...reference.documents.keys()];
      const id = rewrites && known.length > 0 && dice.below(4) === 0 ? dice.one(known) : document.id;
      return rewrites && dice.below(8) === 0
        ? { op: 'delete', id, seq: seq + index }
        : { op: 'upsert', document: { ...document, id } };
    });
    for (const change of changes) {
      if (change.op === 'upsert') reference.put(change.document);
      else reference.remove(change.id);
    }
    await engine.apply(changes, seq + batch);
  }
  return { engine, reference };
}
