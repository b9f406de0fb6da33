import { expect, test } from 'vitest';
import type { Credential } from './credential.ts';
import { readTies, tiedRecord, writeTies } from './ties.ts';

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
    ties: [
      {
        relation: 'transferValueFor',
        key: 'ctid:ce-2',
        id: 's:ce-2',
        types: ['Course'],
        shared: 'https://example.org/value',
      },
      { relation: 'requires', key: 'name:A\ttab@https://example.org/1' },
    ],
  });
  expect(read).not.toHaveProperty('description');
  // It is shared with nobody: it states no credit.
  expect(read.ties[1]).not.toHaveProperty('shared');
  expect(read.ties.map((tie) => tie.edge())).toEqual(credential.edges);
});

test('of a whole record it is the same', () => {
  const [whole, read] = [tiedRecord(credential), readTies(writeTies(credential))];
  expect(JSON.stringify(whole)).toBe(JSON.stringify(read));
  expect(whole.ties.map((tie) => tie.edge())).toEqual(credential.edges);
});
