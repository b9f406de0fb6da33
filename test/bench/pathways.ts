import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invokeRoute } from '@credatlas/http-express';
import type { Edge, Party } from '@credatlas/model';
import { normalizeDocument } from '@credatlas/normalize';
import { queryRoutes } from '@credatlas/query';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore, type Store } from '@credatlas/store-sqlite';
import { Dice } from './Dice.ts';
import { type Line, table } from './Line.ts';

// npm run bench:pathways [credentials]: what one question about pathways costs, both ends open in turn and both given, comparison and
// checks, over a store in a file in which everybody is tied to some others and hubs to thousands. The engine stays empty: none of
// these ask it.
const credentials = Number(process.argv[2] ?? 200_000);
/** Questions of each kind: enough that the 95th percentile rests on ten. */
const questions = 200;
/** The share of all edges that lead into one of the hubs, and how many these are. */
const hubs = { share: 0.1, count: 50 };
/** Statements per credential: chains of three steps then meet hundreds. */
const statements = 6;

const at = '2026-06-01T00:00:00Z';
const clock = { now: () => Date.parse(at), sleep: async () => undefined };
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const publicUrl = 'http://credatlas.example';

function ctidOf(number: number): string {
  return `ce-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function partyOf(number: number): Party {
  const ctid = ctidOf(number);
  const uri = `https://credentialengineregistry.org/resources/${ctid}`;
  return {
    id: `bench:${ctid}`,
    uri,
    ctid,
    name: `Credential ${number}`,
    types: ['ceterms:Certificate'],
    resolved: true,
  };
}

function ownerOf(number: number): Party {
  const id = `bench:owner-${number % 2_000}`;
  return { id, uri: `https://example.org/${id}`, name: `College ${number % 2_000}`, resolved: true };
}

/** Both halves of every statement, as joins write them: by transfer value, by requirement, by advanced standing. */
function edgesOfAll(): Map<number, Edge[]> {
  const dice = new Dice(7);
  const edges = new Map<number, Edge[]>();
  const add = (number: number, edge: Edge): void => {
    const known = edges.get(number);
    if (known) known.push(edge);
    else edges.set(number, [edge]);
  };
  for (let index = 0; index < credentials * statements; index++) {
    const from = dice.below(credentials);
    const to = dice.below(1_000) < hubs.share * 1_000 ? dice.below(hubs.count) : dice.below(credentials);
    if (from === to) continue;
    const via = { path: [], uri: `https://example.org/value-${index}`, name: `Value ${index}` };
    const credit = [{ value: 1 + dice.below(6), unit: 'SemesterHour', via }];
    const [out, into] = (
      [
        ['transferValueFor', 'transferValueFrom'],
        ['isRequiredFor', 'requires'],
        ['isAdvancedStandingFor', 'advancedStandingFrom'],
      ] as const
    )[index % 3]!;
    const common =
      out === 'transferValueFor' ? { credit, assertedBy: [ownerOf(to)], via } : { credit, via: { path: [] } };
    const mirrored = out === 'transferValueFor' ? common : { ...common, via: { path: [`^ceterms:${into}`] } };
    add(from, { relation: out, target: partyOf(to), ...mirrored });
    add(to, { relation: into, target: partyOf(from), ...common });
  }
  return edges;
}

async function fill(store: Store): Promise<void> {
  const document = {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': 'https://example.org/1',
    '@type': 'ceterms:Certificate',
    'ceterms:name': { en: 'One' },
    'ceterms:description': { en: 'What it is for and how it is earned. '.repeat(100) },
  };
  const {
    credentials: [credential],
  } = await normalizeDocument(JSON.stringify(document), { uri: 'bench', at });
  await store.recordWriter.openSource({ id: 'bench', kind: 'files', uri: 'bench', name: 'Benchmark' });
  const edges = edgesOfAll();
  for (let from = 0; from < credentials; from += 2_000) {
    const batch = Array.from({ length: Math.min(2_000, credentials - from) }, (_, index) => from + index);
    await store.graphWriter.commit(
      batch.map((number) => {
        const { id, uri, ctid, name } = partyOf(number);
        const own = {
          id: id!,
          uri: uri!,
          ctid: ctid!,
          nameText: name!,
          edges: (edges.get(number) ?? []).slice(0, 5_000),
        };
        const joined = { ...credential!, ...own, owners: [ownerOf(number)] };
        return { source: 'bench', key: `ctid:${ctid}`, joined: { kind: 'credential', credential: joined } };
      }),
    );
  }
}

const path = join(tmpdir(), `credatlas-pathways-${process.pid}.sqlite`);
const store = openStore({ path, clock, log });
const engine = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
try {
  await fill(store);
  const unused = () => Promise.reject(new TypeError('not asked for here'));
  const routes = queryRoutes({
    ...store,
    engineOver: unused,
    settle: unused,
    engine,
    vocabulary: engine,
    clock,
    publicUrl,
    staleAfterMonths: 18,
  });
  const measure = async (
    name: string,
    invocation: (dice: Dice) => { path: string; query?: Record<string, string> },
    atMost: number,
  ): Promise<Line> => {
    const dice = new Dice(11);
    const took: number[] = [];
    for (let index = 0; index < questions; index++) {
      const asked = invocation(dice);
      const before = process.cpuUsage();
      const { status } = await invokeRoute(routes, asked, { log, clock, publicUrl });
      // The first of each kind compile the code.
      if (status === 200 && index >= 20) {
        const { user, system } = process.cpuUsage(before);
        took.push((user + system) / 1_000);
      }
    }
    took.sort((a, b) => a - b);
    return {
      name: `${name}, p95 in ms of processor time`,
      value: took[Math.floor(took.length * 0.95)]!,
      atMost,
      note: `median ${took[took.length >> 1]!.toFixed(1)}, ${took.length} asked`,
    };
  };
  const one = (dice: Dice): string => ctidOf(hubs.count + dice.below(credentials - hubs.count));
  const lines = [
    await measure('pathways out of one', (dice) => ({ path: '/v1/pathways', query: { from: one(dice) } }), 50),
    await measure('pathways into one', (dice) => ({ path: '/v1/pathways', query: { to: one(dice) } }), 50),
    await measure(
      'pathways into a hub',
      (dice) => ({ path: '/v1/pathways', query: { to: ctidOf(dice.below(hubs.count)) } }),
      50,
    ),
    await measure(
      'pathways between two',
      (dice) => ({ path: '/v1/pathways', query: { from: one(dice), to: one(dice) } }),
      50,
    ),
    await measure(
      'comparison of ten',
      (dice) => ({ path: '/v1/compare', query: { ids: Array.from({ length: 10 }, () => one(dice)).join(',') } }),
      15,
    ),
  ];
  process.stdout.write(`${credentials} credentials\n${table(lines)}\n`);
} finally {
  await engine.close();
  store.close();
  rmSync(path, { force: true });
}
