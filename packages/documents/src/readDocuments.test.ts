import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import yazl from 'yazl';
import { contentHash, readDocuments } from './index.ts';

async function read(content: string | Uint8Array): Promise<unknown[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const found = [];
  for await (const each of readDocuments({ name: 'file', bytes })) {
    found.push(
      'refused' in each
        ? [each.part, each.refused.code, each.refused.line, each.refused.column]
        : [each.part, each.text, each.line],
    );
  }
  return found;
}

test('one document is kept word for word', async () => {
  expect(await read('\uFEFF {"a" : 1.0}\n')).toEqual([['', '{"a" : 1.0}', 1]]);
});

test('documents one after another, and lines of them', async () => {
  expect(await read('{"a":1}\n\n{"b":"}{"} {"c":[]}')).toEqual([
    ['1', '{"a":1}', 1],
    ['2', '{"b":"}{"}', 3],
    ['3', '{"c":[]}', 3],
  ]);
});

test('elements of an array are documents of their own, each word for word', async () => {
  expect(await read('[ {"a" : "x,]"},\n {"b":2} ]')).toEqual([
    ['1', '{"a" : "x,]"}', 1],
    ['2', '{"b":2}', 2],
  ]);
});

test('an array whose elements share blank nodes is one document', async () => {
  const text = '[{"@id":"https://e.org/1","p":{"@id":"_:b"}},{"@id":"_:b"}]';
  expect(await read(text)).toEqual([['', text, 1]]);
});

test.each([
  ['{"a":1,}', 1, 8],
  ['{"a":\n 1', 2, 3],
  ['{"a":"x', 1, 6],
  ['{"a":]', 1, 6],
  ['nonsense', 1, 1],
])('what is no JSON is refused with its place: %s', async (text, line, column) => {
  expect(await read(text)).toEqual([['', 'malformed_json', line, column]]);
});

test('one bad line among lines loses only itself', async () => {
  expect(await read('{"a":1}\n{"b":\n{"c":3}')).toEqual([
    ['1', '{"a":1}', 1],
    ['2', 'malformed_json', 3, 8],
  ]);
  expect(await read('{"a":1}\n{"b":]\n{"c":3}')).toEqual([
    ['1', '{"a":1}', 1],
    ['2', 'malformed_json', 2, 6],
    ['3', '{"c":3}', 3],
  ]);
});

test('nesting without end is refused, not followed', async () => {
  expect(await read('['.repeat(100_000))).toEqual([['', 'malformed_json', 1, 201]]);
});

test('an empty file is refused', async () => {
  expect(await read(' \n')).toEqual([['', 'empty', undefined, undefined]]);
});

test('bytes that are no UTF-8 are read as Windows-1252', async () => {
  expect(await read(new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]))).toEqual([['', '{"é":1}', 1]]);
});

test('documents in a ZIP carry the name of their entry; others are passed over', async () => {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from('{"a":1}'), 'x/a.json');
  zip.addBuffer(Buffer.from('picture'), 'b.png');
  zip.addBuffer(Buffer.from('[{"c":1},{"d":2}]'), 'c.json');
  zip.end();
  expect(await read(await buffer(zip.outputStream as unknown as NodeJS.ReadableStream))).toEqual([
    ['x/a.json', '{"a":1}', 1],
    ['c.json#1', '{"c":1}', 1],
    ['c.json#2', '{"d":2}', 1],
  ]);
});

test('a torn ZIP is refused', async () => {
  expect(await read(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))).toEqual([
    ['', 'broken_archive', undefined, undefined],
  ]);
});

test('content hashes do not depend on the order of keys or on white space', () => {
  expect(contentHash({ a: 1, b: [2, { c: 3 }] })).toBe(contentHash(JSON.parse('{"b":[2,{"c":3}],  "a":1}')));
  expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
});
