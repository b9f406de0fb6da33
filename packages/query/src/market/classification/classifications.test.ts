import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readClassifications } from './readClassifications.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-classifications-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = new Map(readClassifications().map((scheme) => [scheme.id, scheme]));
const own = {
  id: 'ours',
  version: '1',
  title: 'Short and long',
  source: { title: 'Our office', publisher: 'Us', url: 'https://example.org/' },
  categories: [{ id: 'short', label: 'Short', filter: 'days:<105' }],
};

function written(name: string, value: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

test.each([
  ['2019', 4],
  ['2021', 16],
  ['2022', 18],
  ['2025', 7],
])('the count of %s has %i published categories, each sorted by one rule', (id, count) => {
  const published = shipped.get(id)!.categories.flatMap((category) => category.published);
  expect(new Set(published).size).toBe(count);
  expect(published).toHaveLength(count);
});

test.each([
  ['2021', 967_734],
  ['2022', 1_076_358],
])('the kinds of provider of %s add up to its total', (id, total) => {
  const { facts, groups } = shipped.get(id)!;
  const figureOf = (name: string): number => facts.find(({ of }) => of.join() === name)!.value;
  const sum = groups.reduce((all, group) => all + figureOf(group.id), 0);
  expect(sum).toBe(total);
  expect(figureOf('total')).toBe(total);
});

test('the categories of 2025 add up to its total', () => {
  const { facts } = shipped.get('2025')!;
  const categories = facts.filter(({ of }) => !of.includes('total') && !of.includes('providers'));
  expect(categories.reduce((sum, { value }) => sum + value, 0)).toBe(1_850_034);
});

test('every older category leads to one of 2025', () => {
  const known = new Set(shipped.get('2025')!.categories.map(({ id }) => `2025:${id}`));
  for (const id of ['2021', '2022']) {
    const { categories, crosswalk } = shipped.get(id)!;
    expect(crosswalk.map(({ category }) => category)).toEqual(categories.map((category) => category.id));
    for (const { to } of crosswalk) expect(known).toContain(to);
  }
});

test('a file of one’s own stands beside those that ship, and takes the place of one with its id', () => {
  expect(readClassifications(written('ours.json', own)).map(({ id }) => id)).toEqual([
    '2019',
    '2021',
    '2022',
    '2025',
    'ours',
  ]);
  const other = readClassifications(written('other.json', { ...own, id: '2025' })).find(({ id }) => id === '2025');
  expect(other?.title).toBe('Short and long');
});

test.each([
  ['no JSON', '{', 'cannot be read'],
  [
    'a filter that cannot be read',
    { ...own, categories: [{ ...own.categories[0], filter: 'days:<' }] },
    '/categories/0/filter',
  ],
  [
    'a filter of an unknown field',
    { ...own, categories: [{ ...own.categories[0], filter: 'dayz:<1' }] },
    'no field "dayz"',
  ],
  ['a category twice', { ...own, categories: [own.categories[0], own.categories[0]] }, '"short" stands here twice'],
  [
    'a figure of nothing',
    { ...own, facts: [{ of: ['long'], value: 1, asOf: '2026' }] },
    '"long" is nothing that is counted',
  ],
  ['a group that is none', { ...own, categories: [{ ...own.categories[0], group: 'x' }] }, 'no group "x"'],
])('%s is refused with the file and the place', (name, value, told) => {
  const file = written(`${name}.json`, value);
  expect(() => readClassifications(file)).toThrow(told);
  expect(() => readClassifications(file)).toThrow(file);
});
