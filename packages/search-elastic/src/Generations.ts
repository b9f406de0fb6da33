import { UnavailableError } from '@credatlas/model';
import type { Client } from '@elastic/elasticsearch';
import { refusalOf } from './faults.ts';
import { fillingSettings, fixedSettings, indexMappings, servingSettings } from './indexDefinition.ts';
import type { Patience } from './Patience.ts';

/** The name everyone reads by is an alias; behind it stands one index per generation, `NAME-000001` and up. */
export class Generations {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #name: string;

  constructor({ client, patience, name }: { client: Client; patience: Patience; name: string }) {
    this.#client = client;
    this.#patience = patience;
    this.#name = name;
  }

  /** The generation that is read; an empty first one is made where there is none. */
  async live(): Promise<string> {
    return (await this.#found()) ?? (await this.#first());
  }

  /** A new empty generation that nobody reads; what earlier rebuilds left unfinished is removed. */
  async begin(): Promise<string> {
    const live = await this.live();
    const existing = await this.#existing();
    for (const name of existing) if (name !== live) await this.remove(name);
    const last = Math.max(...existing.map((name) => this.#numberOf(name)));
    const next = this.#named(last + 1);
    await this.#create(next, {}, fillingSettings);
    return next;
  }

  /** Makes a filled generation fit to be read, durable and, where there are several nodes, replicated. */
  async finish(generation: string): Promise<void> {
    await this.#patience.ask(() => this.#client.indices.putSettings({ index: generation, settings: servingSettings }));
    await this.#patience.ask(() => this.#client.indices.flush({ index: generation }));
    await this.#patience.ask(() => this.#client.indices.refresh({ index: generation }));
    // A replica that takes longer than this goes on growing while the generation is read.
    const wait = { wait_for_no_initializing_shards: true, timeout: '30s' } as const;
    await this.#patience.ask(() => this.#client.cluster.health({ index: generation, ...wait }, { ignore: [408] }));
  }

  /** One step: from now on this generation is read, and the one before is gone. May be repeated. */
  async swap(generation: string): Promise<void> {
    const before = await this.#found();
    if (before === generation) return;
    const actions = [
      { add: { index: generation, alias: this.#name } },
      ...(before ? [{ remove_index: { index: before } }] : []),
    ];
    try {
      await this.#patience.ask(() => this.#client.indices.updateAliases({ actions }));
    } catch (error) {
      // The answer to a swap that did happen may be lost, and its repetition is refused.
      if ((await this.#found()) !== generation) throw error;
    }
  }

  /** Gives a generation the fields that a newer version of this program knows. */
  async adapt(generation: string): Promise<void> {
    await this.#patience.ask(() => this.#client.indices.putMapping({ index: generation, ...indexMappings() }));
  }

  async remove(generation: string): Promise<void> {
    await this.#patience.ask(() => this.#client.indices.delete({ index: generation }, { ignore: [404] }));
  }

  async #found(): Promise<string | undefined> {
    const aliases = await this.#patience.ask(() =>
      this.#client.indices.getAlias({ name: this.#name }, { ignore: [404] }),
    );
    return Object.keys(aliases).find((name) => this.#isGeneration(name));
  }

  async #first(): Promise<string> {
    const first = this.#named(1);
    await this.#create(first, { [this.#name]: {} }, servingSettings);
    const live = await this.#found();
    if (live) return live;
    throw new UnavailableError(
      'search_engine_away',
      `Elasticsearch has an index ${first} but no alias ${this.#name} on it. Give it the alias, or delete it: it is built again.`,
    );
  }

  /** Writers address a generation by an alias of its own: a write to one that is gone is refused then, never creates an index. */
  async #create(name: string, aliases: Record<string, object>, settings: object): Promise<void> {
    try {
      await this.#patience.ask(() =>
        this.#client.indices.create({
          index: name,
          aliases: { ...aliases, [writeAlias(name)]: {} },
          settings: { ...fixedSettings, ...settings },
          mappings: indexMappings(),
        }),
      );
    } catch (error) {
      // Another process was first, or the answer to our own first try was lost.
      const cause = error instanceof Error ? error.cause : undefined;
      if (refusalOf(cause)?.type !== 'resource_already_exists_exception') throw error;
    }
  }

  async #existing(): Promise<string[]> {
    const found = await this.#patience.ask(() =>
      this.#client.indices.get({ index: `${this.#name}-*`, features: ['aliases'] }),
    );
    return Object.keys(found).filter((name) => this.#isGeneration(name));
  }

  #named(number: number): string {
    return `${this.#name}-${String(number).padStart(6, '0')}`;
  }

  #numberOf(generation: string): number {
    return Number(generation.slice(this.#name.length + 1));
  }

  #isGeneration(name: string): boolean {
    return name.startsWith(`${this.#name}-`) && /^\d{6,}$/.test(name.slice(this.#name.length + 1));
  }
}

/** The alias by which one generation is written to. */
export function writeAlias(generation: string): string {
  return `${generation}-writes`;
}
