import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CoverageQuery,
  SearchAnswer,
  SearchDocument,
  SearchQuery,
  SortKey,
  TaggedClause,
  TextQuery,
} from '@credatlas/model';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { afterAll, describe, expect, test } from 'vitest';
import { byBytes, expectSearch } from './expectations.ts';
import { generatedMarket } from './generatedMarket.ts';
import { marketContract } from './marketContract.ts';
import { ReferenceSearch } from './ReferenceSearch.ts';
import { referenceCoverage } from './ReferenceTables.ts';
import { sampleContract } from './sampleContract.ts';
import { searchEngineContract } from './searchEngine.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.now(), sleep: async () => undefined };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-engine-'));
  folders.push(folder);
  return folder;
}

function open(folder?: string, { sealAt = 200, searchThreads = 0 } = {}): EmbeddedSearchEngine {
  return EmbeddedSearchEngine.open({
    ...(folder ? { folder } : {}),
    writable: true,
    searchThreads,
    clock,
    log,
    sealAt,
  });
}

searchEngineContract('the embedded engine in memory', async () => open());
searchEngineContract('the embedded engine in files', async () => open(newFolder(), { sealAt: 400 }), {
  randomRuns: 10,
  everyCase: 5,
});
searchEngineContract(
  'the embedded engine in threads',
  async () => open(newFolder(), { sealAt: 40, searchThreads: 2 }),
  {
    // Each market starts threads of its own; what they answer is compared in full by the engines above.
    randomRuns: 15,
  },
);
marketContract(
  'the embedded engine in threads, over the sample market,',
  async () => open(newFolder(), { sealAt: 2_000, searchThreads: 1 }),
  { market: sampleContract },
);

test.each([
  ['with threads of its own the event loop turns while a search runs', 1, true],
  ['without, the search is done before it turns', 0, false],
])('no search runs on the thread that asks: %s', async (_title, searchThreads, turns) => {
  const engine = open(undefined, { searchThreads });
  await engine.apply(
    generatedMarket(5, 50).map((document) => ({ op: 'upsert', document })),
    50,
  );
  // Both run in one check phase, one after the other: what a thread answers arrives in a later phase, after both; what is answered
  // here comes with the microtasks between them.
  let hasTurned = false;
  const answer = new Promise<SearchAnswer>((resolve) => {
    setImmediate(() => resolve(engine.search({ filter: [], facets: [], sort: [], size: 10 })));
  });
  setImmediate(() => {
    hasTurned = true;
  });
  expect((await answer).total).toBe(50);
  expect(hasTurned).toBe(turns);
  await engine.close();
});

test('skills that many documents of a large segment have are counted as one by one', async () => {
  const documents = generatedMarket(7, 12_001);
  const engine = open();
  const changes = documents.map((document) => ({ op: 'upsert' as const, document }));
  await engine.apply(changes, documents.length);
  const gone = documents.filter((_, index) => index % 50 === 0).map(({ id }) => id);
  await engine.apply(
    gone.map((id) => ({ op: 'delete', id, seq: documents.length + 1 })),
    documents.length + 1,
  );
  const left = documents.filter(({ id }) => !gone.includes(id));
  const six = ['s1', 's2', 's3', 's4', 's5', 's6'].map((key) => [key]);
  const ten = [...six, ['s1', 's2'], ['s3', 's4'], ['s5', 's9'], ['s6', 's7']];
  const badges: TaggedClause = { clause: { op: 'any', field: 'family', values: ['badge'] } };
  for (const skills of [six, ten])
    for (const min of [1, 2, 4])
      for (const filter of [[], [badges]]) {
        const query: CoverageQuery = { skills, fields: ['skill', 'skill.inferred'], min, filter, size: 1_500 };
        const all = referenceCoverage(filter.length > 0 ? left.filter(isBadge) : left, query);
        const first = await engine.coverage(query);
        expect(first.total).toBe(all.length);
        expect(first.hits).toEqual(all.slice(0, 1_500));
        if (!first.next) continue;
        const second = await engine.coverage({ ...query, after: first.next });
        expect(second.hits).toEqual(all.slice(1_500, 3_000));
      }
  await engine.close();
});

function isBadge({ keywords }: SearchDocument): boolean {
  return keywords.family?.includes('badge') ?? false;
}

/** In one segment, and what a plain reference has of it; every so many documents are deleted again. */
async function largeMarket({ seed, goneEvery }: { seed: number; goneEvery: number }) {
  const documents = generatedMarket(seed, 3_000);
  const engine = open(undefined, { sealAt: 10_000 });
  const reference = new ReferenceSearch();
  for (const document of documents) reference.put(document);
  const changes = documents.map((document) => ({ op: 'upsert' as const, document }));
  await engine.apply(changes, documents.length);
  for (const { id } of documents.filter((_, index) => index % goneEvery === 0)) {
    await engine.apply([{ op: 'delete', id, seq: 3_001 }], 3_001);
    reference.remove(id);
  }
  return { documents, engine, reference };
}

test.each(['strict', 'expanded'] as const)('the first of many hits are the first of all, %s', async (mode) => {
  const { documents, engine, reference } = await largeMarket({ seed: 8, goneEvery: 40 });
  for (const words of frequentWords(documents)) {
    const variants = [{ token: 'nursing', evidence: 8 }];
    const text: TextQuery = { units: words.map((token) => ({ tokens: [token], phrase: false, variants })), mode };
    const query: SearchQuery = { text, filter: [], facets: [], sort: [], size: 3_000 };
    await expectSearch(engine, reference, query);
    const { hits } = await engine.search(query);
    for (const size of [1, 4, 30]) {
      const first = await engine.search({ ...query, size });
      expect(first).toMatchObject({ total: hits.length, hits: hits.slice(0, size) });
      const second = await engine.search({ ...query, size, after: first.next! });
      expect(second.hits).toEqual(hits.slice(size, 2 * size));
    }
  }
  await engine.close();
});

test.each([
  [{ by: 'name', descending: false }],
  [{ by: 'name', descending: true }],
  [
    { by: 'cost.USD', descending: false },
    { by: 'days', descending: true },
  ],
  [{ by: 'level', descending: true }],
] as SortKey[][])('the first of many in an order are the first of all: %j', async (...sort) => {
  const { engine, reference } = await largeMarket({ seed: 9, goneEvery: 7 });
  for (const filter of [[], [{ clause: { op: 'any', field: 'family', values: ['badge'] } }]] as TaggedClause[][]) {
    const { ids } = reference.search({ filter, facets: [], sort });
    for (const size of [1, 10, 40, 60]) {
      const answer = await engine.search({ filter, facets: [], sort, size });
      expect(answer.hits.map(({ id }) => id)).toEqual(ids.slice(0, size));
      const next = await engine.search({ filter, facets: [], sort, size, after: answer.next! });
      expect(next.hits.map(({ id }) => id)).toEqual(ids.slice(size, 2 * size));
    }
  }
  await engine.close();
});

/** Single words, pairs and threes of the words that most documents have. */
function frequentWords(documents: readonly SearchDocument[]): string[][] {
  const counts = new Map<string, number>();
  for (const { text } of documents)
    for (const token of new Set((text.description ?? []).flat())) counts.set(token, (counts.get(token) ?? 0) + 1);
  const [a, b, c, d] = [...counts].sort(([, one], [, other]) => other - one).map(([token]) => token);
  return [[a!], [b!], [d!], [a!, b!], [c!, d!], [a!, b!, c!]];
}

test('a value that goes by other labels in other segments is counted in all of them', async () => {
  const engine = open(undefined, { sealAt: 1 });
  const [base] = generatedMarket(5, 1);
  const labelled = (id: string, tokens: string[]): SearchDocument => ({
    ...base!,
    id,
    keywords: { skill: ['esco:1'] },
    suggestions: [{ field: 'skill', value: 'esco:1', tokens }],
  });
  const documents = [labelled('a', ['python']), labelled('b', ['computer', 'programming']), labelled('c', ['python'])];
  for (const document of documents) await engine.apply([{ op: 'upsert', document }], 1);
  for (const typed of ['python', 'prog'])
    expect(await engine.suggest({ fields: ['skill'], tokens: [typed], size: 1 })).toEqual([
      { field: 'skill', value: 'esco:1', documents: 3, example: 'a' },
    ]);
  await engine.close();
});

test('a beginning that thousands of values share suggests the most frequent of them', async () => {
  const engine = open(undefined, { sealAt: 20_000 });
  const [base] = generatedMarket(5, 1);
  // Names come again after 5,000, so that some have two documents.
  const documents = Array.from({ length: 6_000 }, (_, number): SearchDocument => {
    const [name, kind] = [`n${(number * 7) % 5_000}`, number % 3 === 0 ? 'lab' : 'course'];
    return {
      ...base!,
      id: `d${String(number).padStart(5, '0')}`,
      keywords: { name: [`${kind} ${name}`] },
      suggestions: [{ field: 'name', value: `${kind} ${name}`, tokens: [kind, name] }],
    };
  });
  await engine.apply(
    documents.map((document) => ({ op: 'upsert', document })),
    1,
  );
  const gone = documents.filter((_, number) => number % 11 === 0).map(({ id }) => id);
  await engine.apply(
    gone.map((id) => ({ op: 'delete', id, seq: 2 })),
    2,
  );
  const left = documents.filter(({ id }) => !gone.includes(id));
  for (const tokens of [['n'], ['lab', 'n'], ['course', 'n1'], ['lab', 'course', 'n'], ['lab', 'x'], ['n7', 'la']]) {
    const [last, whole] = [tokens.at(-1)!, tokens.slice(0, -1)];
    const counts = new Map<string, number>();
    for (const { suggestions } of left)
      for (const { value, tokens: own } of suggestions)
        if (whole.every((token) => own.includes(token)) && own.some((token) => token.startsWith(last)))
          counts.set(value, (counts.get(value) ?? 0) + 1);
    const expected = [...counts].sort(([a, one], [b, other]) => other - one || byBytes(a, b)).slice(0, 8);
    const found = await engine.suggest({ fields: ['name'], tokens, size: 8 });
    expect(found.map(({ value, documents: count }) => [value, count])).toEqual(expected);
  }
  await engine.close();
});

describe('segment files', () => {
  const all = { filter: [], facets: [], sort: [], size: 1_000 };

  test('what was sealed is there again, what was not is replayed from its durable sequence', async () => {
    const folder = newFolder();
    const [sealed, late] = [generatedMarket(5, 100), { ...generatedMarket(6, 1)[0]!, id: 'late' }];
    const engine = open(folder, { sealAt: 10_000 });
    await engine.apply(
      sealed.map((document) => ({ op: 'upsert', document })),
      100,
    );
    await engine.apply([{ op: 'delete', id: sealed[3]!.id, seq: 101 }], 101);
    await engine.seal();
    await engine.apply([{ op: 'upsert', document: late }], 102);
    const reopened = open(folder);
    expect(await reopened.info()).toMatchObject({ documents: 99, seq: 101, durableSeq: 101 });
    await reopened.apply([{ op: 'upsert', document: late }], 102);
    expect((await reopened.search(all)).hits).toEqual((await engine.search(all)).hits);
  });

  test.each([
    ['truncated', (path: string) => truncateSync(path, 100)],
    ['overwritten', (path: string) => writeFileSync(path, 'x')],
    ['missing', (path: string) => rmSync(path)],
  ])('a %s file is noticed and everything is replayed', async (_how, damage) => {
    const folder = newFolder();
    const engine = open(folder);
    await engine.apply(
      generatedMarket(5, 50).map((document) => ({ op: 'upsert', document })),
      50,
    );
    await engine.seal();
    damage(join(folder, readdirSync(folder).find((name) => name.endsWith('.segment'))!));
    expect(await open(folder).info()).toMatchObject({ documents: 0, durableSeq: 0 });
  });

  test('a reader that may not write leaves no file behind', async () => {
    const folder = newFolder();
    const engine = EmbeddedSearchEngine.open({ folder, writable: false, searchThreads: 0, clock, log, sealAt: 5 });
    await engine.apply(
      generatedMarket(5, 50).map((document) => ({ op: 'upsert', document })),
      50,
    );
    await engine.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
