import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Credential, SourceRecord } from '@credatlas/model';
import { Knowledge, normalizeChanges } from '@credatlas/normalize';
import { openStore } from '@credatlas/store-sqlite';
import { expect, test } from 'vitest';

const at = '2026-01-01T00:00:00Z';
const clock = { now: () => Date.parse(at), sleep: async () => undefined };
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const knowledge = new Knowledge();
const registry = 'https://credentialengineregistry.org';

function ctid(n: number): string {
  return `ce-00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

function iri(n: number): string {
  return `${registry}/resources/${ctid(n)}`;
}

type Properties = Record<string, unknown>;

const credential = (n: number, properties: Properties = {}): Properties => node(n, 'ceterms:Certificate', properties);
const course = (n: number, properties: Properties = {}): Properties => node(n, 'ceterms:Course', properties);

function node(n: number, type: string, properties: Properties): Properties {
  return { '@id': iri(n), '@type': type, 'ceterms:ctid': ctid(n), 'ceterms:name': { en: `Thing ${n}` }, ...properties };
}

/** A store that records are put into, normalized, and asked which credentials were joined anew. */
async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-rejoin-'));
  const path = join(folder, 'store.sqlite');
  const store = openStore({ path, clock, log });
  const pages: number[] = [];
  const graphWriter = Object.assign(Object.create(store.graphWriter) as typeof store.graphWriter, {
    enqueue: (batch: Parameters<typeof store.graphWriter.enqueue>[0]) => {
      pages.push(batch.queue.length);
      return store.graphWriter.enqueue(batch);
    },
    replaceGraphs: store.graphWriter.replaceGraphs.bind(store.graphWriter),
    judgedBy: store.graphWriter.judgedBy.bind(store.graphWriter),
    commit: store.graphWriter.commit.bind(store.graphWriter),
  });
  const put = async (source: string, nodes: Properties[]): Promise<string[]> => {
    await store.recordWriter.openSource({ id: source, kind: 'files', uri: source, name: source });
    const { run } = await store.recordWriter.openRun(source, 'incremental', at);
    const records = nodes.map((each): SourceRecord => {
      const document = { '@context': 'https://credreg.net/ctdl/schema/context/json', '@graph': [each] };
      const text = JSON.stringify({ ...document, '@id': String(each['@id']).replace('resources', 'graph') });
      const contentHash = createHash('sha256').update(text).digest('hex');
      const key = String(each['@id']);
      return { source, key, uri: key, mediaType: 'application/ld+json', text, contentHash, run, fetchedAt: at };
    });
    await store.recordWriter.write({ run, records, refusals: [] });
    await store.recordWriter.closeRun(run, 'finished', at);
    const since = await store.credentials.lastSeq();
    const { records: reader, graphs } = store;
    await normalizeChanges({
      records: reader,
      graphs,
      graphWriter,
      knowledge,
      clock,
      log,
      progress: { report: () => undefined },
    });
    const changed: string[] = [];
    for await (const { id } of store.credentials.changedCredentials(since)) changed.push(id);
    return changed.sort();
  };
  const get = async (source: string, n: number): Promise<Credential> =>
    (await store.credentials.credential(`${source}:${ctid(n)}`))!;
  const namedBy = async (n: number): Promise<(string | undefined)[]> => {
    const { ties } = (await store.credentials.tiedRecord(`a:${ctid(n)}`))!;
    return ties.keys.map((_, at) => ties.edge(at).target.name);
  };
  const withdraw = (n: number) =>
    store.graphWriter.commit([{ source: 'a', key: `ctid:${ctid(n)}`, joined: { kind: 'none' } }]);
  const isTied = async (n: number) => (await store.credentials.tiedRecord(`a:${ctid(n)}`)) !== undefined;
  /** Issues as the store counts them, and as all of its rows together say. */
  const issues = async () => {
    const { issuesByCode } = await store.credentials.counts();
    const database = new DatabaseSync(path, { readOnly: true });
    const rows = database
      .prepare(
        `SELECT value ->> 'code' AS code, count(*) AS count FROM (
           SELECT value FROM extractions, json_each(extractions.issues)
           UNION ALL SELECT value FROM credentials, json_each(credentials.json, '$.issues') WHERE withdrawn_at IS NULL AND value ->> 'stage' = 'join')
         GROUP BY 1 ORDER BY 1`,
      )
      .all();
    database.close();
    const counted = issuesByCode.map(({ code, count }) => ({ code, count }));
    return { counted: counted.sort((a, b) => (a.code < b.code ? -1 : 1)), rows: rows.map((row) => ({ ...row })) };
  };
  const close = (): void => {
    store.close();
    rmSync(folder, { recursive: true });
  };
  return { put, get, namedBy, withdraw, isTied, issues, pages, close };
}

const requires = (n: number): Properties => ({
  'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri(n)] }],
});
const teaches = (label: string): Properties => ({
  'ceterms:teaches': [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': { en: label } }],
});
const labels = ({ skills }: Credential): string[] =>
  skills.filter(({ confidence }) => confidence !== 'inferred').map(({ label }) => label);

test('a changed course is joined into the credentials that require it, and into no other', async () => {
  const { put, get, close } = await openWorld();
  await put('a', [credential(1, requires(3)), credential(2), course(3, teaches('Soldering'))]);
  expect(labels(await get('a', 1))).toEqual(['Soldering']);
  expect(await put('a', [course(3, teaches('Brazing'))])).toEqual([`a:${ctid(1)}`]);
  expect(labels(await get('a', 1))).toEqual(['Brazing']);
  close();
});

test('a competency two hops away is joined again when its text changes', async () => {
  const { put, get, close } = await openWorld();
  const competency = (text: string) =>
    node(4, 'ceasn:Competency', { 'ceterms:name': undefined, 'ceasn:competencyText': { en: text } });
  const linked = {
    'ceterms:teaches': [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': iri(4) }],
  };
  await put('a', [credential(1, requires(3)), credential(2), course(3, linked), competency('Reads drawings')]);
  expect(await put('a', [competency('Reads plans')])).toEqual([`a:${ctid(1)}`]);
  expect(labels(await get('a', 1))).toEqual(['Reads plans']);
  close();
});

test('a course of another source that leads to a credential is read by it, and followed when it changes', async () => {
  const { put, get, close } = await openWorld();
  await put('a', [credential(1), credential(2)]);
  const leading = (label: string): Properties => course(3, { ...teaches(label), 'ceterms:targetCredential': [iri(1)] });
  expect(await put('b', [leading('Soldering')])).toEqual([`a:${ctid(1)}`]);
  expect(labels(await get('a', 1))).toEqual(['Soldering']);
  expect(await put('b', [leading('Brazing')])).toEqual([`a:${ctid(1)}`]);
  expect(labels(await get('a', 1))).toEqual(['Brazing']);
  close();
});

test('once a source states the credential itself, its courses speak of its own and no longer of the other', async () => {
  const { put, get, close } = await openWorld();
  await put('a', [credential(1)]);
  await put('b', [course(3, { ...teaches('Soldering'), 'ceterms:targetCredential': [iri(1)] })]);
  expect(await put('b', [credential(1)])).toEqual([`a:${ctid(1)}`, `b:${ctid(1)}`]);
  expect(labels(await get('a', 1))).toEqual([]);
  expect(labels(await get('b', 1))).toEqual(['Soldering']);
  close();
});

test('what a record counts toward follows the record, and goes with it', async () => {
  const { put, namedBy, withdraw, isTied, close } = await openWorld();
  await put('a', [credential(1, requires(3)), course(3), course(4)]);
  expect(await namedBy(1)).toEqual(['Thing 3']);
  await put('a', [credential(1, requires(4))]);
  expect(await namedBy(1)).toEqual(['Thing 4']);
  await put('a', [credential(1)]);
  expect(await namedBy(1)).toEqual([]);
  await put('a', [credential(1, requires(3))]);
  await withdraw(1);
  expect(await isTied(1)).toBe(false);
  close();
});

test('issues are counted as the rows have them, whatever comes, changes and goes', async () => {
  const { put, withdraw, issues, close } = await openWorld();
  const unknown = { 'ceterms:noSuchProperty': 'x' };
  const unreadable = {
    'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': 'six weeks' }],
  };
  await put('a', [credential(1, { ...requires(3), ...unknown }), credential(2, unreadable)]);
  const first = await issues();
  expect(first.counted).toEqual(first.rows);
  expect(first.counted.length).toBeGreaterThan(1);
  await put('a', [course(3), credential(2, { ...unreadable, ...unknown })]);
  const second = await issues();
  expect(second.counted).toEqual(second.rows);
  expect(second.counted).not.toEqual(first.counted);
  await withdraw(2);
  const third = await issues();
  expect(third.counted).toEqual(third.rows);
  close();
});

test('a record that stays as it was joins nobody again', async () => {
  const { put, close } = await openWorld();
  await put('a', [credential(1, requires(3)), course(3, teaches('Soldering'))]);
  expect(await put('a', [course(3, teaches('Soldering'))])).toEqual([]);
  close();
});

test('an organization that owns thousands of credentials queues them page by page', async () => {
  const { put, pages, close } = await openWorld();
  // More than a page of the queue.
  const owned = Array.from({ length: 5_100 }, (_, n) => credential(n + 10, { 'ceterms:ownedBy': [iri(1)] }));
  const owner = (name: string) => node(1, 'ceterms:CredentialOrganization', { 'ceterms:name': { en: name } });
  await put('a', [owner('Old College'), ...owned]);
  pages.length = 0;
  expect(await put('a', [owner('New College')])).toHaveLength(5_100);
  expect(Math.max(...pages)).toBeLessThanOrEqual(5_000);
  expect(pages.length).toBeGreaterThan(1);
  close();
});
