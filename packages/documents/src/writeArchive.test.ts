import { expect, test } from 'vitest';
import { readDocuments } from './readDocuments.ts';
import { type ArchiveEntry, writeArchive } from './writeArchive.ts';

const modifiedAt = new Date('2026-01-02T03:04:06Z');

async function packed(entries: AsyncIterable<ArchiveEntry>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(writeArchive(entries)));
}

async function* numbered(count: number): AsyncIterable<ArchiveEntry> {
  for (let number = 1; number <= count; number++)
    yield { name: `${number}.json`, text: `{"number":${number},"ü":"✓"}`, modifiedAt };
}

test('what is packed is read again, word for word and in order', async () => {
  const found = await Array.fromAsync(readDocuments({ name: 'dump.zip', bytes: await packed(numbered(3)) }));
  expect(found.map((each) => ('text' in each ? [each.part, each.text] : each))).toEqual([
    ['1.json', '{"number":1,"ü":"✓"}'],
    ['2.json', '{"number":2,"ü":"✓"}'],
    ['3.json', '{"number":3,"ü":"✓"}'],
  ]);
});

test('the same documents make the same bytes', async () => {
  expect((await packed(numbered(20))).equals(await packed(numbered(20)))).toBe(true);
});

test('an archive of nothing is an archive', async () => {
  const bytes = await packed(numbered(0));
  expect(await Array.fromAsync(readDocuments({ name: 'dump.zip', bytes }))).toEqual([]);
});

test('a source that fails fails the archive', async () => {
  async function* failing(): AsyncIterable<ArchiveEntry> {
    yield* numbered(1);
    throw new RangeError('the store is away');
  }
  await expect(packed(failing())).rejects.toThrow('the store is away');
});
