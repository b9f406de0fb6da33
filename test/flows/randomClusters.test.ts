import { clusterChanges } from '@credatlas/identity';
import type { Credential } from '@credatlas/model';
import { openStore, type Store } from '@credatlas/store-sqlite';
import { expect, test } from 'vitest';
import { Dice } from '../contracts/generatedMarket.ts';
import { type PlainRecord, referenceClusters } from '../contracts/referenceClusters.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const progress = { report() {} };
const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
const sources = ['a', 'b', 'c'];

const ctid = (kind: number, number: number): string =>
  `ce-00000000-0000-4000-8000-${kind}${String(number).padStart(11, '0')}`;

/** The same in words; what may be written either way is. */
function credentialOf({ id, source, publisher, ...record }: PlainRecord, dice: Dice): Credential {
  const name = `Study of thing${record.name}`;
  const page = `college.example/things/${record.page}`;
  return {
    id,
    uri: `https://credentialengineregistry.org/resources/${ctid(3, record.ctid)}`,
    ctid: ctid(3, record.ctid),
    kind: 'credential',
    nameText: dice.one([name, name.toUpperCase(), `The ${name}`, `thing${record.name}: studies`]),
    alternateNames: [],
    types: [`ceterms:${record.type}`],
    family: record.type === 'Badge' ? 'badge' : 'certificate',
    educationRank: 0,
    owners: record.owner === undefined ? [] : [{ ctid: ctid(1, record.owner), resolved: false }],
    offerers: [],
    ...(publisher === undefined ? {} : { publisher: { ctid: ctid(1, publisher), resolved: false } }),
    ...(record.page === undefined ? {} : { webpage: dice.one([`https://${page}`, `http://www.${page}/`]) }),
    sameAs: record.sameAs.map((number) => `https://credentialengineregistry.org/resources/${ctid(3, number)}`),
    provenance: { source, updatedAt: new Date(record.day * 86_400_000).toISOString(), fetchedAt: '', run: 1 },
    ...{ skills: [], occupations: [], programs: [], industries: [], subjects: [], keywords: [], collections: [] },
    ...{
      recognition: [],
      edges: [],
      levels: [],
      totalCosts: [],
      credit: [],
      places: [],
      delivery: [],
      status: 'active',
    },
    tier: { policy: '', periods: [{ listed: untold, unlisted: untold }], evidence: [], listings: [] },
  } as unknown as Credential;
}

const untold = { value: 'unknown', rule: 'none', because: [] };

function randomRecord(dice: Dice, id: string): PlainRecord {
  const [source = '', number = ''] = id.split(':');
  const maybe = (limit: number): number | undefined => (dice.below(3) === 0 ? undefined : dice.below(limit));
  const [owner, page, publisher] = [maybe(2), maybe(3), source === 'c' ? maybe(3) : undefined];
  return {
    id,
    source,
    ctid: dice.below(4) === 0 ? dice.below(5) : Number(number) + 100 * (1 + sources.indexOf(source)),
    name: dice.below(3),
    ...(owner === undefined ? {} : { owner }),
    ...(page === undefined ? {} : { page }),
    ...(publisher === undefined ? {} : { publisher }),
    type: dice.below(5) === 0 ? 'Badge' : 'Certificate',
    sameAs: dice.some([0, 1, 2, 3, 4], 2),
    day: dice.below(4),
  };
}

async function clustersIn({ identities }: Store): Promise<string[][]> {
  const { leads } = await identities.clusters({ after: '', limit: 1_000 });
  const members = await identities.members(leads);
  return leads.map((lead) => [lead, ...(members.get(lead) ?? []).filter((id) => id !== lead)]);
}

test('after any changes and decisions, in any batches, clusters are those of comparing all with all', async () => {
  let seen = 0;
  for (let seed = 0; seed < 25; seed++) {
    const dice = new Dice(seed);
    const store = openStore({ path: ':memory:', clock, log });
    for (const id of sources) await store.recordWriter.openSource({ id, kind: 'files', uri: id, name: id });
    const records = new Map<string, PlainRecord>();
    const apart = new Set<string>();
    const change = async (id: string): Promise<void> => {
      const [source = ''] = id.split(':');
      const record = dice.below(4) === 0 ? undefined : randomRecord(dice, id);
      if (record) records.set(id, record);
      else records.delete(id);
      const joined = record
        ? { kind: 'credential' as const, credential: credentialOf(record, dice) }
        : { kind: 'none' as const };
      await store.graphWriter.commit([{ source, key: id, joined }]);
    };
    const decide = async (): Promise<void> => {
      const [a, b] = [dice.one([...records.keys()]), dice.one([...records.keys()])].sort() as [string, string];
      if (a === b || !a || !b) return;
      if (apart.delete(`${a} ${b}`)) await store.identities.undecide({ a, b });
      else {
        apart.add(`${a} ${b}`);
        await store.identities.decide({ a, b, decidedAt: '' });
      }
    };
    for (let step = 0; step < 12; step++) {
      const ids = Array.from({ length: 1 + dice.below(12) }, () => `${dice.one(sources)}:${dice.below(9)}`);
      for (const id of ids) await change(id);
      if (dice.below(2) === 0 && records.size > 0) await decide();
      await clusterChanges({ identities: store.identities, log, progress });
      const expected = referenceClusters([...records.values()], apart);
      expect(await clustersIn(store)).toEqual(expected);
      seen += expected.length;
    }
    store.close();
  }
  // The market is such that there is something to be seen.
  expect(seen).toBeGreaterThan(500);
});

test('what is clustered already is not looked at again, and a lead that stays makes no change', async () => {
  const store = openStore({ path: ':memory:', clock, log });
  for (const id of sources) await store.recordWriter.openSource({ id, kind: 'files', uri: id, name: id });
  const dice = new Dice(1);
  const record = (id: string): PlainRecord => ({ ...randomRecord(dice, id), ctid: 7, day: 1 });
  const put = (id: string) =>
    store.graphWriter.commit([
      { source: id[0]!, key: id, joined: { kind: 'credential', credential: credentialOf(record(id), dice) } },
    ]);
  await put('a:1');
  await put('b:1');
  expect(await clusterChanges({ identities: store.identities, log, progress })).toEqual({ looked: 2 });
  const seq = await store.credentials.lastSeq();
  expect(await clusterChanges({ identities: store.identities, log, progress })).toEqual({ looked: 0 });
  expect(await store.credentials.lastSeq()).toBe(seq);
  const changes = await Array.fromAsync(store.credentials.changedCredentials(0));
  expect(changes.map(({ id, seq: at, lead }) => [id, at, lead])).toEqual([
    ['a:1', 1, 'a:1'],
    ['b:1', 2, 'a:1'],
    ['a:1', 3, 'a:1'],
    ['b:1', 4, 'a:1'],
  ]);
  store.close();
});
