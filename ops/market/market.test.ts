import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factTables } from './build.ts';
import { clean, table, website, zip } from './tables.ts';

const shared = process.env.CREDATLAS_TEST_DATA ?? '';
const facts = join(import.meta.dirname, '..', '..', 'services', 'registry', 'facts');
const files = ['programmes', 'licences', 'certifications', 'institutions', 'fields', 'occupations', 'skills'];

describe.skipIf(shared === '' || !existsSync(shared))('the fact tables (skipped without CREDATLAS_TEST_DATA)', () => {
  test('are what the script makes of the public tables', () => {
    const made = factTables(shared);
    expect([...made.keys()]).toEqual(files.map((file) => `${file}.tsv`));
    for (const [file, text] of made) expect(readFileSync(join(facts, file), 'utf8')).toBe(text);
  });
});

test.each(files)('%s carries no tax or business numbers, no contact data and no prose', (file) => {
  const [header = '', ...lines] = readFileSync(join(facts, `${file}.tsv`), 'utf8').split('\n');
  expect(header).not.toMatch(/\bein\b|duns|description|definition|phone|mail|contact|features|prerequisites/i);
  const cells = lines.flatMap((line) => line.split('\t'));
  expect(cells.filter((cell) => cell.includes('@'))).toEqual([]);
  // The longest name of a credential in New Jersey's tables; a description would be longer.
  expect(cells.filter((cell) => cell.length > 150)).toEqual([]);
});

test('a cell is one line, and what lost its character says so no more', () => {
  expect(clean(' DevOps Engineer ¿\t Professional\n')).toBe('DevOps Engineer – Professional');
  expect(clean('Therapeutic Shoe Fitter¿')).toBe('Therapeutic Shoe Fitter');
  expect(table(['a', 'b'], [['1\t2', undefined]])).toBe('a\tb\n1 2\t\n');
});

test.each([
  ['www.example.edu/path?x=1', 'www.example.edu/path?x=1'],
  ['http://example.org', 'http://example.org'],
  ['office@example.net', ''],
  ['591 Summit Ave', ''],
  ['Vice President', ''],
  ['', ''],
])('a web address leads to a host: %j → %j', (given, expected) => {
  expect(website(given)).toBe(expected);
});

test.each([
  ['7470', '07470'],
  ['07470', '07470'],
  ['8550-3407', '08550-3407'],
  ['NJ', ''],
  [undefined, ''],
])('a postal code has five digits again: %j → %j', (given, expected) => {
  expect(zip(given)).toBe(expected);
});
