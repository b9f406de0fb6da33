import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credatlas } from './startCredatlas.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-validate-'));
const run = (...words: string[]) => credatlas(['validate', ...words], { dataDir: join(folder, 'kept'), cwd: folder });

const context = 'https://credreg.net/ctdl/schema/context/json';
const course = (changes: object = {}) => ({
  '@context': context,
  '@id': 'https://example.edu/welding',
  '@type': 'ceterms:Course',
  'ceterms:ctid': 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60',
  'ceterms:name': { en: 'Welding I' },
  'ceterms:description': { en: 'Welding for beginners.' },
  'ceterms:inLanguage': ['en'],
  'ceterms:lifeCycleStatusType': ['lifeCycle:Active'],
  'ceterms:ownedBy': ['https://example.edu/'],
  ...changes,
});

beforeAll(() => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'beside'));
  write('good.json', JSON.stringify(course(), null, 2));
  write('wrong.json', JSON.stringify(course({ 'ceterms:inLanguage': ['English'] }), null, 2));
  write('broken.json', '{\n  "@id": oops\n}');
  write(
    'beside/owner.json',
    JSON.stringify({ '@context': context, '@id': 'https://example.edu/', '@type': 'ceterms:CredentialOrganization' }),
  );
  write(
    'lines.ndjson',
    `${JSON.stringify(course())}\n${JSON.stringify(course({ 'ceterms:dateEffective': '2024-02-30' }))}\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('credatlas validate', () => {
  test('a document without errors ends with 0, and what is outside it is undetermined', async () => {
    const { code, out } = await run('good.json');
    expect(code).toBe(0);
    expect(out).toContain('undetermined reference_outside_document /ceterms:ownedBy/0');
    expect(out).toContain('required 100 %');
    expect(out).toMatch(/^1 document: 0 errors, 0 warnings, 1 note, 1 undetermined$/m);
  });

  test('documents beside it settle references', async () => {
    const { code, out } = await run('good.json', '--resolve', 'beside');
    expect(code).toBe(0);
    expect(out).toMatch(/^1 document: 0 errors, 0 warnings, 1 note, 0 undetermined$/m);
  });

  test('an error ends with 1 and is told with line, rule and remedy', async () => {
    const { code, out } = await run('wrong.json');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^ {2}line 13: error malformed_language \/ceterms:inLanguage\/0\n.*"English".*\n {4}fix: Write en\.\n {4}rule: .*BCP 47/m,
    );
  });

  test('what is no JSON is told with line and column, and does not keep the others from being judged', async () => {
    const { code, out } = await run('broken.json', 'good.json');
    expect(code).toBe(1);
    expect(out).toContain('line 2:10: error malformed_json');
    expect(out).toMatch(/^2 documents: 1 error,/m);
  });

  test('with --json one line per document, as the API has it', async () => {
    const { code, out } = await run('lines.ndjson', '--json');
    expect(code).toBe(1);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ file: 'lines.ndjson#1', totals: { error: 0 }, schema: { ctdl: '2026-08' } });
    expect(second).toMatchObject({ file: 'lines.ndjson#2', totals: { error: 1 } });
    expect(second.findings).toContainEqual(
      expect.objectContaining({ code: 'malformed_date', pointer: '/ceterms:dateEffective', line: 2 }),
    );
  });

  test('a file that is not there is wrong usage', async () => {
    expect((await run('absent.json')).code).toBe(2);
  });
});
