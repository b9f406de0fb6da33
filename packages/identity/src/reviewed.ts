import type { IdentityFacts, IdentityPair } from '@credatlas/model';
import type { IdentityBatch, IdentityReader, PendingIdentities } from '@credatlas/ports';
import { compareUtf8 } from '@credatlas/skills';
import { Blocks } from './Blocks.ts';
import { clustersOf } from './clustersOf.ts';
import { evidenceBetween } from './evidenceBetween.ts';
import { factsOf } from './identityFacts.ts';
import { keysOf } from './identityKeys.ts';

/** Records that hang together by pairs and are resolved at once; far more than sources that list one credential. */
const maxTogether = 2_000;

/** What pending changes and decisions make of facts, pairs and clusters. `isCut`: more hangs together than is resolved at once. */
export async function reviewed(
  reader: IdentityReader,
  { changes, decided, upTo }: PendingIdentities,
): Promise<{ batch: IdentityBatch; isCut: boolean }> {
  const known = new KnownFacts(reader);
  const moved = await known.change(
    new Map(changes.map(({ id, credential }) => [id, credential ? factsOf(credential) : undefined])),
  );
  const blocks = new Blocks(reader, moved.now);
  const touched = await touchedBy(blocks, moved);
  const pairs = await pairsOf(touched, { blocks, known });
  const former = await reader.pairs(touched);
  const seeds = new Set([...touched, ...decided, ...[...former, ...pairs].flatMap(({ a, b }) => [a, b])]);
  const together = await hangingTogether(reader, { seeds, pairs, replaced: new Set(touched) });
  const facts = await known.of([...together.ids]);
  const apart = await apartOf(reader, [...together.ids]);
  const clusters = clustersOf(facts, { pairs: together.pairs, apart });
  const leads = new Map<string, string | undefined>([...facts.keys()].map((id) => [id, undefined]));
  for (const { lead, members } of clusters) for (const id of members) leads.set(id, lead);
  const batch = {
    facts: [...moved.now].map(([id, own]) => ({
      id,
      ...(own ? { facts: own } : {}),
      keys: own ? keysOf(own).map(({ text }) => text) : [],
    })),
    paired: { of: touched, pairs },
    leads,
    decided,
    upTo,
  };
  return { batch, isCut: together.isCut };
}

/** Facts that differ from those that are stored, before and now. */
interface Moved {
  before: ReadonlyMap<string, IdentityFacts>;
  now: ReadonlyMap<string, IdentityFacts | undefined>;
}

/** Facts as they are with the changes of the batch, read once. */
class KnownFacts {
  readonly #reader: IdentityReader;
  readonly #facts = new Map<string, IdentityFacts | undefined>();

  constructor(reader: IdentityReader) {
    this.#reader = reader;
  }

  async change(changes: ReadonlyMap<string, IdentityFacts | undefined>): Promise<Moved> {
    const before = await this.#reader.facts([...changes.keys()]);
    const isMoved = (id: string, now: IdentityFacts | undefined): boolean =>
      JSON.stringify(now) !== JSON.stringify(before.get(id));
    const now = new Map([...changes].filter(([id, facts]) => isMoved(id, facts)));
    for (const [id, facts] of changes) this.#facts.set(id, facts);
    return { before, now };
  }

  /** Of those that are not withdrawn. */
  async of(ids: string[]): Promise<Map<string, IdentityFacts>> {
    const missing = ids.filter((id) => !this.#facts.has(id));
    const read = await this.#reader.facts(missing);
    for (const id of missing) this.#facts.set(id, read.get(id));
    return new Map(
      ids.flatMap((id) => {
        const facts = this.#facts.get(id);
        return facts ? [[id, facts]] : [];
      }),
    );
  }
}

/** Records whose pairs may be others now: those that moved, and those for whom a key begins or ceases to mean anything. */
async function touchedBy(blocks: Blocks, { before, now }: Moved): Promise<string[]> {
  const keys = [...now].flatMap(([id, facts]) => [before.get(id), facts].flatMap((each) => (each ? keysOf(each) : [])));
  await blocks.read(keys);
  return [...new Set([...now.keys(), ...keys.flatMap((key) => blocks.affected(key))])];
}

/** Every pair that the touched records are in now, each once. */
async function pairsOf(
  touched: string[],
  { blocks, known }: { blocks: Blocks; known: KnownFacts },
): Promise<IdentityPair[]> {
  const facts = await known.of(touched);
  await blocks.read([...facts.values()].flatMap(keysOf));
  const mates = new Map(
    [...facts].map(([id, own]) => [id, new Set(keysOf(own).flatMap((key) => blocks.sharers(key)))]),
  );
  const others = await known.of([...new Set([...mates.values()].flatMap((ids) => [...ids]))]);
  const pairs = new Map<string, IdentityPair>();
  for (const [id, own] of facts)
    for (const mate of mates.get(id) ?? []) {
      const other = others.get(mate);
      if (!other || mate === id) continue;
      const [a, b] = compareUtf8(id, mate) < 0 ? [own, other] : [other, own];
      if (pairs.has(`${a.id}\n${b.id}`)) continue;
      const evidence = evidenceBetween(a, b);
      if (evidence.length > 0) pairs.set(`${a.id}\n${b.id}`, { a: a.id, b: b.id, evidence });
    }
  return [...pairs.values()];
}

/** Everything that pairs lead to from the seeds, and all pairs within it: new ones in the place of those replaced. */
async function hangingTogether(
  reader: IdentityReader,
  given: { seeds: ReadonlySet<string>; pairs: readonly IdentityPair[]; replaced: ReadonlySet<string> },
): Promise<{ ids: Set<string>; pairs: IdentityPair[]; isCut: boolean }> {
  const { seeds, replaced } = given;
  const found = new Map<string, IdentityPair>();
  const reached = new Set(seeds);
  for (const pair of given.pairs) found.set(`${pair.a}\n${pair.b}`, pair);
  let frontier = [...seeds];
  while (frontier.length > 0 && reached.size < seeds.size + maxTogether) {
    const stored = (await reader.pairs(frontier)).filter(({ a, b }) => !replaced.has(a) && !replaced.has(b));
    for (const pair of stored) found.set(`${pair.a}\n${pair.b}`, pair);
    frontier = [...new Set(stored.flatMap(({ a, b }) => [a, b]))].filter((id) => !reached.has(id));
    for (const id of frontier) reached.add(id);
  }
  return { ids: reached, pairs: [...found.values()], isCut: frontier.length > 0 };
}

async function apartOf(reader: IdentityReader, ids: string[]): Promise<Map<string, Set<string>>> {
  const apart = new Map<string, Set<string>>();
  for (const { a, b } of await reader.decisions(ids))
    for (const [one, other] of [[a, b] as const, [b, a] as const])
      apart.set(one, (apart.get(one) ?? new Set()).add(other));
  return apart;
}
