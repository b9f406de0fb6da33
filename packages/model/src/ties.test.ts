import { expect, test } from 'vitest';
import type { Credential } from './credential.ts';
import { readTies, type TiedRecord, tiedRecord, writeTies } from './ties.ts';

const credential = {
  id: 's:ce-1',
  uri: 'https://example.org/1',
  kind: 'credential',
  nameText: 'First\nof\u2028two lines',
  types: ['Certificate'],
  owners: [{ name: 'College', resolved: false }],
  description: { en: 'Nobody who follows edges reads this.' },
  edges: [
    {
      relation: 'transferValueFor',
      target: { id: 's:ce-2', ctid: 'ce-2', uri: 'https://example.org/2', types: ['Course'], resolved: true },
      via: { path: [], uri: 'https://example.org/value' },
      credit: [{ value: 3, via: { path: [] } }],
    },
    { relation: 'requires', target: { name: 'A\ttab', resolved: false }, via: { path: [] }, condition: '/1' },
  ],
  issues: [{ code: 'neighbourhood_cut' }],
} as unknown as Credential;

test('what is written of ties is read back, each with its whole edge', () => {
  const read = readTies(writeTies(credential));
  expect(read).toMatchObject({
    id: 's:ce-1',
    nameText: 'First\nof\u2028two lines',
    owners: [{ name: 'College' }],
    isCutShort: true,
  });
  expect(read).not.toHaveProperty('description');
  expect(columnsOf(read)).toEqual({
    keys: ['ctid:ce-2', 'name:A\ttab@https://example.org/1'],
    relations: ['transferValueFor', 'requires'],
    ids: ['s:ce-2', null],
    types: [['Course'], null],
    // What states no credit shares none.
    shared: ['https://example.org/value', null],
    edges: credential.edges,
  });
});

test('of a whole record it is the same', () => {
  const [whole, read] = [tiedRecord(credential), readTies(writeTies(credential))];
  expect(JSON.stringify({ ...whole, ties: 0 })).toBe(JSON.stringify({ ...read, ties: 0 }));
  expect(columnsOf(whole)).toEqual(columnsOf(read));
});

function columnsOf({ ties }: TiedRecord) {
  const { keys, relations, ids, types, shared } = ties;
  return { keys, relations, ids, types, shared, edges: keys.map((_, at) => ties.edge(at)) };
}
