import { expect, test } from 'vitest';
import { isWithinBar, table } from './Line.ts';
import { jsonldRatios, linearity, parseRatios } from './normalizeRatios.ts';
import { normalizePartition } from './partition.ts';
import { cellSize, registryDocument } from './registryCorpus.ts';
import { storeLine } from './storeLine.ts';

const documents = Array.from({ length: cellSize }, (_, index) => {
  const { uri, text } = registryDocument(index);
  return { uri, bytes: Buffer.from(text) };
});

test('the corpus is the same every time, and as large as records of a registry', () => {
  expect(registryDocument(7)).toEqual(registryDocument(7));
  expect(registryDocument(7)).not.toEqual(registryDocument(7 + cellSize));
  const bytes = documents.reduce((sum, each) => sum + each.bytes.length, 0) / documents.length;
  expect(bytes).toBeGreaterThan(2_000);
  expect(bytes).toBeLessThan(6_000);
});

test('the benchmark measures a small corpus: every ratio is a number, and the store takes it too', async () => {
  const lines = [
    ...(await parseRatios({ documents, rounds: 1, warmUps: 0 })),
    ...(await jsonldRatios({ documents: documents.slice(0, 5), rounds: 1, warmUps: 0 })),
    ...(await linearity({ nodes: 200, rounds: 1, warmUps: 0 })),
    await storeLine(documents, ':memory:'),
  ];
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});

test('a partition reports what it did and what memory it held', async () => {
  const report = await normalizePartition(0, cellSize);
  expect(report.documents).toBe(cellSize);
  expect(report.cpuSeconds).toBeGreaterThan(0);
  expect(report.heap.length).toBe(report.resident.length);
});

test('a ratio beyond its bar is shown as not met', () => {
  const lines = [
    { name: 'slow', value: 3, atMost: 2 },
    { name: 'fast', value: 30, atLeast: 20 },
    { name: 'unbound', value: 5 },
  ];
  expect(lines.map(isWithinBar)).toEqual([false, true, true]);
  expect(table(lines)).toMatch(/slow +3\.00 +≤ 2 +NOT MET\nfast +30\.00 +≥ 20 +met\nunbound +5\.00$/);
});
