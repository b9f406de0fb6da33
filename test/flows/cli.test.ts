import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credatlas } from './startCredatlas.ts';
import { credential, ctidOf, market } from './startMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-cli-'));
const dataDir = join(folder, 'kept');
const documents = join(folder, 'documents');
const run = (words: string[], env: Record<string, string> = {}) => credatlas(words, { dataDir, env, cwd: folder });
const json = async (words: string[]) => JSON.parse((await run([...words, '--json'])).out);

beforeAll(() => {
  mkdirSync(documents);
  for (const [ctid, graph] of Object.entries(market(12)))
    writeFileSync(join(documents, `${ctid}.json`), JSON.stringify(graph));
  writeFileSync(join(documents, 'broken.json'), '{\n  "@id": "https://a.example/x",\n  oops\n}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command line', () => {
  test('a crawl that refuses something ends with 1, lists it with its place, and its counts add up', async () => {
    const { code, out } = await run(['crawl', 'documents']);
    expect(code).toBe(1);
    expect(out).toMatch(/^refused {2}.*broken\.json:3:\d+: .+/m);
    expect(out).toContain('seen 35 = written 34 + unchanged 0 + refused 1; tombstoned 0;');
    expect(out).toContain('in the store now: 12 credentials');
  });

  test('a second crawl finds everything unchanged', async () => {
    const { seconds, sources, refusals, ...summary } = await json(['crawl', 'documents']);
    expect(summary).toEqual({
      seen: 35,
      written: 0,
      unchanged: 34,
      refused: 1,
      tombstoned: 0,
      credentials: 12,
      issues: expect.any(Number),
    });
    expect(seconds).toBeGreaterThan(0);
    expect(sources).toHaveLength(1);
    expect(refusals).toMatchObject([{ line: 3, uri: join(documents, 'broken.json') }]);
  });

  test('search answers with the body of the API', async () => {
    const body = await json([
      'search',
      'welding',
      '--filter',
      'cost:<=105',
      '--sort',
      '-cost',
      '--select',
      'name,cost',
    ]);
    expect(body.meta.total).toBe(2);
    expect(body.results).toEqual([
      {
        id: expect.stringContaining(ctidOf('credential', 5)),
        name: 'Welding certificate 5',
        cost: expect.objectContaining({ amount: '105.00', currency: 'USD' }),
      },
      {
        id: expect.stringContaining(ctidOf('credential', 0)),
        name: 'Welding certificate 0',
        cost: expect.objectContaining({ amount: '100.00', currency: 'USD' }),
      },
    ]);
  });

  test('search prints names, providers and facts for people', async () => {
    const { code, out } = await run(['search', 'patient care', '--facets', 'family', '--size', '1']);
    expect(code).toBe(0);
    expect(out).toMatch(/^2 credentials\nPatient care certificate \d+, College \d/);
    expect(out).toMatch(/skills: Patient care/);
    expect(out).toMatch(/\n +2 {2}Certificate\n/);
  });

  test('a filter that cannot be read ends with 2 and names the nearest field', async () => {
    const { code, out, error } = await run(['search', '--filter', 'famly:badge', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ status: 400, code: 'unknown_filter_field' });
    expect(error).toContain('Did you mean family?');
  });

  test('show gives a credential or its source, and ends with 1 for one that is not there', async () => {
    const ctid = ctidOf('credential', 3);
    expect((await json(['show', ctid])).nameText).toBe('Project planning certificate 3');
    expect(await json(['show', ctid, '--source'])).toEqual(
      credential(3, { name: 'Project planning certificate 3', price: 103 }),
    );
    const missing = await run(['show', ctidOf('credential', 99)]);
    expect([missing.code, missing.out]).toEqual([1, '']);
    expect(missing.error).toContain('There is no credential');
  });

  test('compare, suggest, organizations and skills ask the same API', async () => {
    const comparison = await json(['compare', ctidOf('credential', 0), ctidOf('credential', 5)]);
    expect(comparison.skills.shared).toEqual([{ key: 'esco:2fcd95a4-1f9a-41cf-95a9-4701bde476b4', label: 'Welding' }]);
    expect((await json(['suggest', 'weld', '--kind', 'skill'])).results[0]).toMatchObject({ label: 'Welding' });
    expect((await json(['organizations', '--size', '3'])).meta.total).toBe(10);
    expect((await json(['skills'])).results.map(({ label }: { label: string }) => label).sort()).toEqual([
      'Data analysis',
      'Network security',
      'Patient care',
      'Project planning',
      'Welding',
    ]);
    const report = (await run(['report', ctidOf('organization', 1), '--peers', ctidOf('organization', 2)])).out;
    expect(report).toMatch(/^College 1: 2 credentials\n2 certificate\nstale: 0 /);
    expect(report).toContain(
      'against College 2 (1)\n    cost           median 106 USD of 2; theirs 102 to 102, median 102 of 1; above 100 % of theirs\n',
    );
    const course = await run(['references', ctidOf('course', 3)]);
    expect(course.out).toMatch(/^1 reference to ctid:.*\n +1 {2}ceterms:requires\/ceterms:targetLearningOpportunity\n/);
    expect((await run(['compare', ctidOf('credential', 0), ctidOf('credential', 1)])).out).toContain(
      'skills shared: none',
    );
  });

  test('a sample, the forms of the API and an earlier state are had on the command line, too', async () => {
    const drawn = await run(['search', '--sample', '3', '--seed', '7', '--format', 'ndjson', '--select', 'name']);
    const names = drawn.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).name);
    const again = await json(['search', '--sample', '3', '--seed', '7', '--select', 'name']);
    expect([names.length, names]).toEqual([3, again.results.map(({ name }: { name: string }) => name)]);
    const table = await run(['skills', 'weld', '--format', 'csv']);
    expect(table.out).toMatch(/^key,label,aliases,credentials,stated,inferred\r?\n\S+,Welding,/);
    const graph = await run(['show', ctidOf('credential', 3), '--format', 'ttl']);
    expect(graph.out).toContain('a ceterms:Certificate');
    expect((await run(['organization', ctidOf('organization', 1)])).out).toContain('\nnameText: College 1\n');
    const day = new Date().toISOString().slice(0, 10);
    expect((await json(['search', '--as-of', day, '--size', '0'])).meta.total).toBe(12);
    const proven = await json(['coverage', 'Welding', '--q', 'certificate 5']);
    expect(proven.results.map(({ name }: { name: string }) => name)).toEqual(['Welding certificate 5']);
    const binary = await run(['search', '--format', 'parquet']);
    expect([binary.code, binary.out, binary.error]).toEqual([
      2,
      '',
      expect.stringContaining('export --format parquet'),
    ]);
  });

  test('pathways, comparisons and checks are told in words, a comparison as a table too', async () => {
    const [first, second] = [ctidOf('credential', 0), ctidOf('credential', 1)];
    const { code, out } = await run(['pathways', '--to', first]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^1 match, 0 maybe, 0 miss on \d{4}-\d\d-\d\d\nmatch\n {7}Course 0\n {7}→ Welding certificate 0, College 0, by requirement\n {9}College 0 says so\.\n/,
    );
    expect(await json(['pathways', '--to', first])).toMatchObject({ answers: [{ verdict: 'match' }] });
    const table = (await run(['compare', first, second, '--format', 'csv'])).out;
    expect(table).toMatch(/^field,Welding certificate 0,Data analysis certificate 1,note\r\n/);
    const checked = (await run(['checks', first])).out;
    expect(checked).toMatch(/^Welding certificate 0, College 0\n/);
    expect(checked).toContain('missing  level: neither its type nor a stated level has a rank\n');
    expect((await run(['checks', first, '--on', 'soon'])).code).toBe(2);
  });

  test('export writes the file and what it holds beside it, or to standard output', async () => {
    const file = join(folder, 'welding.csv');
    const words = ['export', 'welding', '--filter', 'cost:<=105', '--select', 'name,cost'];
    const { code, out, error } = await run([...words, '--output', 'welding.csv']);
    expect([code, out]).toEqual([0, '']);
    expect(error).toMatch(/welding\.csv: 2 credentials, \d+ bytes, SHA-256 [0-9a-f]{64}\n/);
    const written = readFileSync(file, 'utf8');
    expect(written.split('\r\n').map((line) => line.split(',').slice(1).join())).toEqual([
      'name,cost.amount,cost.currency,cost.basis',
      'Welding certificate 0,100.00,USD,aggregate',
      'Welding certificate 5,105.00,USD,aggregate',
      '',
    ]);
    const about = JSON.parse(readFileSync(`${file}.about.json`, 'utf8'));
    expect(about).toMatchObject({ rows: 2, bytes: written.length, query: { parameters: { q: 'welding' } } });
    expect(about.columns.map(({ name }: { name: string }) => name)).toContain('cost.amount');
    const inLines = (await run([...words, '--format', 'ndjson'])).out.trimEnd().split('\n');
    expect(inLines.map((line) => JSON.parse(line).name)).toEqual(['Welding certificate 0', 'Welding certificate 5']);
    expect((await run(['export', '--format', 'xlsx'])).code).toBe(2);
    expect((await run(['export', '--filter', 'famly:badge'])).code).toBe(2);
  });

  test('shortlists are imported from a table, filtered by, shown, exported and deleted', async () => {
    writeFileSync(join(folder, 'vetted.csv'), 'name,why\nCollege 1,audited\nNobody,unknown here\n');
    const imported = await run(['shortlists', 'import', 'vetted.csv']);
    expect(imported.out).toBe(
      'vetted\n2 issuers, 1 of them not found here; 2 credentials in all\n    College 1: audited\n  - Nobody: unknown here\n',
    );
    expect(
      (await json(['search', '--filter', 'issuerList:vetted,tier:high', '--issuer-list', 'vetted'])).meta.total,
    ).toBe(2);
    expect((await run(['shortlists', 'list'])).out).toMatch(/^vetted {2}2 issuers, \d{4}-\d\d-\d\d\n$/);
    expect((await json(['shortlists', 'show', 'vetted'])).notFound).toBe(1);
    expect((await run(['shortlists', 'export', 'vetted'])).out).toBe(
      'id,name,why,source,date\r\n,College 1,audited,,\r\n,Nobody,unknown here,,\r\n',
    );
    expect((await run(['shortlists', 'delete', 'vetted'])).out).toBe('deleted vetted\n');
    const gone = await run(['shortlists', 'show', 'vetted']);
    expect([gone.code, gone.error]).toEqual([1, 'There is no shortlist "vetted".\n']);
    expect((await run(['shortlists', 'import', 'nothing.csv'])).code).toBe(1);
  });

  test('records of two sources are one cluster, kept apart and joined again', async () => {
    const inOther = (...words: string[]) => run([...words, '--data-dir', 'clusters']);
    mkdirSync(join(folder, 'others'));
    const own = ctidOf('credential', 4);
    for (const name of [ctidOf('organization', 4), own].map((ctid) => `${ctid}.json`))
      writeFileSync(join(folder, 'others', name), readFileSync(join(documents, name)));
    await inOther('crawl', 'documents', 'others');
    expect((await inOther('search', '--unit', 'cluster', '--size', '0')).out).toBe('12 credentials in 13 records\n');
    expect((await inOther('search', '--size', '0')).out).toMatch(/^13 credentials, 12 when records/);
    const shown = (await inOther('clusters', 'list')).out;
    expect(shown).toMatch(/^1 cluster\nNetwork security certificate 4: 2 records, confidence 1\n/);
    expect(shown).toContain(`because: Both have the CTID ${own}.`);
    const listed = JSON.parse((await inOther('clusters', 'list', '--json')).out);
    const [a, b] = listed.results[0].members.map(({ id }: { id: string }) => id);
    expect((await inOther('clusters', 'apart', a, b, '--why', 'a copy')).out).toMatch(/^kept apart: /);
    expect((await inOther('show', a)).out).toContain(`not the same: ${b}, a copy`);
    expect((await inOther('search', '--unit', 'cluster', '--size', '0')).out).toBe('13 credentials\n');
    expect((await inOther('clusters', 'together', a, b)).out).toContain('2 records, confidence 1');
  });

  test('a saved query tells what entered and left, and why', async () => {
    const inOther = (...words: string[]) => run([...words, '--data-dir', 'saved']);
    const own = join(folder, 'changing');
    mkdirSync(own);
    const put = (number: number, price: number): void =>
      writeFileSync(
        join(own, `${number}.json`),
        JSON.stringify(credential(number, { name: `Welding ${number}`, price })),
      );
    for (const number of [1, 2, 3]) put(number, 100 * number);
    await inOther('crawl', 'changing');
    const saved = await inOther('saved-queries', 'save', 'cheap', 'welding', '--filter', 'cost:<250');
    expect(saved.out).toMatch(
      /^cheap\n2 credentials; q welding, mode strict, filter cost:<250, currency USD; saved 20/,
    );
    put(1, 300);
    rmSync(join(own, '2.json'));
    put(3, 200);
    put(4, 50);
    await inOther('crawl', 'changing');
    const { code, out } = await inOther('saved-queries', 'changes', 'cheap');
    expect(code).toBe(0);
    expect(out.split('\n').slice(1)).toEqual([
      '+ Welding 3',
      '    cost:<250: amount 300.00, currency USD, basis aggregate → amount 200.00, currency USD, basis aggregate',
      '+ Welding 4',
      '    published',
      '- Welding 1',
      '    cost:<250: amount 100.00, currency USD, basis aggregate → amount 300.00, currency USD, basis aggregate',
      '- Welding 2',
      '    withdrawn',
      '2 entered, 2 left; 2 found now',
      '',
    ]);
    expect((await inOther('saved-queries', 'list')).out).toMatch(/^cheap {2}q welding, .*, saved 20/);
    expect((await inOther('saved-queries', 'delete', 'cheap')).out).toBe('deleted cheap\n');
    expect((await inOther('saved-queries', 'changes', 'cheap')).code).toBe(1);
  });

  test('normalize shows what becomes of a file and stores nothing', async () => {
    const before = await json(['stats']);
    const { code, out } = await run(['normalize', `documents/${ctidOf('credential', 1)}.json`]);
    expect(code).toBe(0);
    expect(out).toContain('credential Data analysis certificate 1');
    expect((await run(['normalize', 'documents/broken.json'])).code).toBe(1);
    expect(await json(['stats'])).toEqual(before);
  });

  test('sources and stats say what there is', async () => {
    expect((await json(['sources'])).sources).toMatchObject([
      { kind: 'files', records: 34, lastRun: { state: 'finished' } },
    ]);
    expect(await json(['stats'])).toMatchObject({ records: 34, credentials: 12, learning: 12, organizations: 10 });
  });

  test('the index can be thrown away and built anew', async () => {
    rmSync(join(dataDir, 'index'), { recursive: true });
    expect(await json(['index', 'rebuild'])).toEqual({ documents: 12 });
    expect((await json(['search', '--size', '0'])).meta.total).toBe(12);
  });

  test('rules are listed, screen what a filter finds, and judge one credential', async () => {
    expect((await run(['rules'])).out).toContain('workforce-pell: Workforce Pell');
    const { code, out } = await run(['rules', 'workforce-pell', '--filter', 'cost:<105', '--size', '1']);
    expect(code).toBe(0);
    expect(out).toMatch(/^all clauses +0 +0 +5$/m);
    expect(out).toMatch(/^\? Data analysis certificate 1, College 1/m);
    const one = await run(['rules', 'workforce-pell', '--id', ctidOf('credential', 1)]);
    expect(one.out).toContain('still to be known: days: ceterms:estimatedDuration');
    expect((await run(['rules', 'workforce-pel'])).code).toBe(1);
    writeFileSync(join(folder, 'wrong.json'), '{}');
    const wrong = await run(['rules'], { RULES: join(folder, 'wrong.json') });
    expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('wrong.json is not as it should be: /')]);
  });

  test('a store that was written in another form is read and joined again', async () => {
    const { total } = (await json(['search'])).meta;
    const store = new DatabaseSync(join(dataDir, 'credatlas.sqlite'));
    store.exec(`UPDATE state SET value = 'another' WHERE name = 'formed by';
      UPDATE credentials SET json = json_remove(json, '$.tier')`);
    store.close();
    rmSync(join(dataDir, 'index'), { recursive: true });
    expect((await json(['show', ctidOf('credential', 3)])).tier.periods[0].listed).toHaveProperty('value');
    expect((await json(['search', '--facets', 'tier'])).meta.total).toBe(total);
  });

  test('an index that an earlier program built is told of, and built anew on request', async () => {
    expect((await run(['index', 'rebuild'])).code).toBe(0);
    expect((await run(['search', '--size', '0'])).error).toBe('');
    const store = new DatabaseSync(join(dataDir, 'credatlas.sqlite'));
    store.exec("UPDATE state SET value = 'an older one' WHERE name = 'cursor index form'");
    store.close();
    expect((await run(['search', '--size', '0'])).error).toContain('credatlas index rebuild');
    expect((await run(['index', 'rebuild'])).code).toBe(0);
    expect((await run(['search', '--size', '0'])).error).toBe('');
  });

  test('a backup brings back what was there', async () => {
    expect((await run(['backup', 'kept.sqlite'])).code).toBe(0);
    expect((await run(['backup', 'kept.sqlite'])).code).toBe(3);
    rmSync(join(documents, `${ctidOf('credential', 0)}.json`));
    expect((await json(['crawl', 'documents'])).tombstoned).toBe(1);
    expect((await run(['show', ctidOf('credential', 0)])).code).toBe(1);
    expect((await run(['restore', 'kept.sqlite'])).code).toBe(0);
    expect((await json(['search', '--size', '0'])).meta.total).toBe(12);
    expect((await run(['restore', 'nothing.sqlite'])).code).toBe(1);
  });

  test('wrong usage ends with 2 and says what is right', async () => {
    const code = async (words: string[], env = {}) => (await run(words, env)).code;
    expect(await code(['serch'])).toBe(2);
    expect(await code(['crawl'])).toBe(2);
    expect(await code(['crawl', 'no-such-folder'])).toBe(2);
    expect(await code(['stats'], { PORT: 'many' })).toBe(2);
    expect((await run(['config'], { SEARCH_ENGINE: 'elasticsearch' })).error).toContain('ELASTICSEARCH_URL is not set');
    expect(await code(['--help'])).toBe(0);
  });

  test('a source that is away ends with 3, and the others are crawled all the same', async () => {
    const { code, out, error } = await run(['crawl', 'http://127.0.0.1:9/ce-registry', 'documents'], {
      CRAWL_ALLOW_PRIVATE: 'false',
    });
    expect(code).toBe(3);
    expect(error).toContain('127.0.0.1:9');
    expect(out).toContain('seen 34');
  });

  test('every setting is printed with where it came from, secrets hidden', async () => {
    const { out } = await run(['config', '--port', '0'], { ADMIN_TOKEN: 'a-secret-of-some-length' });
    expect(out).toMatch(/^PORT +0 {2}\[flag\]$/m);
    expect(out).toMatch(/^ADMIN_TOKEN +\(hidden\) {2}\[environment\]$/m);
    expect(out).toMatch(/^HOST +127\.0\.0\.1 {2}\[default\]$/m);
  });
});
