import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { afterAll, describe, expect, test } from 'vitest';
import { answersOf } from './answersOf.ts';
import { changesBetween, documentsAt, streamed } from './changeLog.ts';
import { FailingDisk, type Failure } from './FailingDisk.ts';
import { answersAt, openEmbedded } from './openEmbedded.ts';

const seed = 3;
const top = mkdtempSync(join(tmpdir(), 'credatlas-faults-'));
afterAll(() => rmSync(top, { recursive: true }));
const newFolder = (): string => mkdtempSync(join(top, 'index-'));

/** What was acknowledged: up to where changes are applied, and up to where they are in the files. */
interface Acknowledged {
  applied: number;
  durable: number;
}

/** Everything that writes files, once: seals, a seal of deletions alone, a rebuild in two parts, a seal after it. */
const steps: ((engine: EmbeddedSearchEngine, done: Acknowledged) => Promise<void>)[] = [
  ...[20, 30, 31].flatMap((upTo) => [applied(upTo), sealed]),
  applied(40),
  rebuilt,
  applied(45),
  sealed,
];

function applied(upTo: number) {
  return async (engine: EmbeddedSearchEngine, done: Acknowledged): Promise<void> => {
    await engine.apply(changesBetween(seed, done.applied, upTo), upTo);
    done.applied = upTo;
  };
}

async function sealed(engine: EmbeddedSearchEngine, done: Acknowledged): Promise<void> {
  await engine.seal();
  done.durable = done.applied;
}

async function rebuilt(engine: EmbeddedSearchEngine, done: Acknowledged): Promise<void> {
  const documents = documentsAt(seed, done.applied);
  await engine.rebuild(streamed(documents), { seq: done.applied, expected: async () => documents.length });
  done.durable = done.applied;
}

/** Operations that a whole life asks of the disk. */
async function operations(failure: Failure): Promise<number> {
  const disk = new FailingDisk(failure, Number.POSITIVE_INFINITY);
  const engine = openEmbedded({ folder: newFolder(), disk });
  const done = { applied: 0, durable: 0 };
  for (const step of steps) await step(engine, done);
  return disk.done;
}

/** Answers by sequence number; each is asked for many times. */
const known = new Map<number, string>();
async function expectAnswersAt(engine: EmbeddedSearchEngine, seq: number): Promise<void> {
  const expected = known.get(seq) ?? (await answersAt(seed, seq));
  known.set(seq, expected);
  expect(await answersOf(engine)).toBe(expected);
}

/** Opens what is left and replays what the store has beyond it. */
async function expectRecovery(folder: string, done: Acknowledged): Promise<void> {
  const reopened = openEmbedded({ folder });
  const { seq, durableSeq } = await reopened.info();
  expect(durableSeq, 'what was sealed is there').toBeGreaterThanOrEqual(done.durable);
  await reopened.apply(changesBetween(seed, seq, done.applied), done.applied);
  await expectAnswersAt(reopened, done.applied);
  await reopened.close();
}

test('a machine that stops at any file operation: what was sealed is there, the rest is replayed, answers are equal', async () => {
  const last = await operations('stopped');
  expect(last).toBeGreaterThan(50);
  for (let failsAfter = 0; failsAfter < last; failsAfter++) {
    const folder = newFolder();
    const engine = openEmbedded({ folder, disk: new FailingDisk('stopped', failsAfter) });
    const done = { applied: 0, durable: 0 };
    await expect(
      (async () => {
        for (const step of steps) await step(engine, done);
      })(),
    ).rejects.toThrow();
    await expectRecovery(folder, done);
  }
}, 180_000);

test('a disk that is full from any file operation on is told; searches and changes go on, and it is made up for', async () => {
  const last = await operations('full');
  for (let failsAfter = 0; failsAfter < last; failsAfter++) {
    const folder = newFolder();
    const disk = new FailingDisk('full', failsAfter);
    const engine = openEmbedded({ folder, disk });
    const done = { applied: 0, durable: 0 };
    let told = 0;
    for (const step of steps)
      await step(engine, done).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'UnavailableError', code: 'index_disk_full' });
        told += 1;
      });
    expect(told, 'it is told').toBeGreaterThan(0);
    expect(done.applied, 'changes go on').toBe(45);
    await expectAnswersAt(engine, 45);
    await expectRecovery(folder, done);
    disk.mend();
    await rebuilt(engine, done);
    await engine.close();
    const reopened = openEmbedded({ folder, writable: false });
    expect(await reopened.info()).toMatchObject({ durableSeq: 45 });
    await expectAnswersAt(reopened, 45);
    expect(readdirSync(folder), 'nothing half is left').toHaveLength(4);
  }
}, 180_000);

test('a full disk met by a seal of its own accord is logged, and the next one makes up for it', async () => {
  const folder = newFolder();
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (text: string) => void warnings.push(text) };
  const engine = openEmbedded({ folder, searchThreads: 1, sealAt: 20, log });
  // The real thing, for a thread: a device on which every write is refused for want of space.
  symlinkSync('/dev/full', join(folder, 'manifest.json.new'));
  await engine.apply(changesBetween(seed, 0, 50), 50);
  expect(await engine.info()).toMatchObject({ seq: 50, durableSeq: 0 });
  expect(warnings).toEqual(['index is not durable']);
  await expectAnswersAt(engine, 50);
  await engine.apply(changesBetween(seed, 50, 140), 140);
  expect(await engine.info()).toMatchObject({ seq: 140, durableSeq: 140 });
  await engine.close();
  await expectRecovery(folder, { applied: 140, durable: 140 });
});

describe('damage', () => {
  const whole = newFolder();
  const foreign = newFolder();
  const kinds = ['.segment', '.positions', '.deleted', 'manifest.json'];
  const fileIn = (folder: string, kind: string): string =>
    join(folder, readdirSync(folder).find((name) => name.endsWith(kind))!);
  const flip = (part: number) => (path: string) => {
    const bytes = readFileSync(path);
    const at = Math.min(bytes.length - 1, Math.floor(part * bytes.length));
    bytes[at]! ^= 1 << (at % 8);
    writeFileSync(path, bytes);
  };
  const damages: Record<string, (path: string, kind: string) => void> = {
    'cut off half-way': (path) => truncateSync(path, readFileSync(path).length >> 1),
    'cut off by a byte': (path) => truncateSync(path, readFileSync(path).length - 1),
    empty: (path) => truncateSync(path, 0),
    missing: (path) => rmSync(path),
    'a byte longer': (path) => appendFileSync(path, '0'),
    'written over': (path) => writeFileSync(path, 'x'.repeat(readFileSync(path).length)),
    "another store's": (path, kind) => copyFileSync(fileIn(foreign, kind), path),
    ...Object.fromEntries(
      [0, 0.01, 0.3, 0.5, 0.77, 0.99, 1].map((part) => [`with a bit flipped at ${part}`, flip(part)]),
    ),
  };

  const prepared = (async () => {
    for (const [folder, own] of [
      [whole, seed],
      [foreign, seed + 1],
    ] as const) {
      const engine = openEmbedded({ folder });
      await engine.apply(changesBetween(own, 0, 60), 60);
      await engine.seal();
      await engine.apply(changesBetween(own, 60, 100), 100);
      await engine.close();
    }
  })();

  const cases = kinds.flatMap((kind) => Object.keys(damages).map((how) => [kind, how] as const));
  test.each(cases)('a %s file that is %s is noticed, told, and everything is built again', async (kind, how) => {
    await prepared;
    const folder = newFolder();
    for (const name of readdirSync(whole)) copyFileSync(join(whole, name), join(folder, name));
    damages[how]!(fileIn(folder, kind), kind);
    const told: string[] = [];
    const note = (text: string) => void told.push(text);
    const engine = openEmbedded({ folder, log: { debug() {}, info: note, warn: note, error() {} } });
    expect(await engine.info()).toMatchObject({ documents: 0, seq: 0, durableSeq: 0 });
    expect(told).toEqual([expect.stringMatching(/built( again)? from the store/)]);
    await engine.apply(changesBetween(seed, 0, 100), 100);
    await expectAnswersAt(engine, 100);
    await engine.close();
    await expectRecovery(folder, { applied: 100, durable: 100 });
  });

  test('an index of another format is built again, and the log says so', async () => {
    await prepared;
    const folder = newFolder();
    for (const name of readdirSync(whole)) copyFileSync(join(whole, name), join(folder, name));
    const manifest = join(folder, 'manifest.json');
    const text = readFileSync(manifest, 'utf8')
      .split('\n')[0]!
      .replace(/"version":\d+/, '"version":5');
    writeFileSync(manifest, `${text}\n${createHash('sha256').update(text).digest('hex')}`);
    const reasons: unknown[] = [];
    const log = { debug() {}, warn() {}, error() {}, info: (_: string, fields?: object) => void reasons.push(fields) };
    const engine = openEmbedded({ folder, log });
    expect(await engine.info()).toMatchObject({ documents: 0, durableSeq: 0 });
    expect(reasons).toEqual([{ reason: expect.stringMatching(/has format 5, this program writes \d+/) }]);
    await engine.close();
  });
});
