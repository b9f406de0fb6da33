import type { RecordFacts, RecordGraph, StoredResource } from '@credatlas/model';
import type { Place } from './Dependants.ts';
import type { Neighbours } from './NeighbourhoodLoader.ts';

type Pointer = { target: string; property: string; source: string; key: string };

/** What a few documents state, held in memory: joins among them need no store. All of one source; a later document wins over an earlier mention. */
export class MemoryGraphs implements Neighbours {
  readonly #resources = new Map<string, StoredResource>();
  /** By target; filled when first asked for, since a later document may replace what an earlier one said. */
  #pointers: Map<string, Pointer[]> | undefined;

  add(graph: RecordGraph, record: RecordFacts): void {
    this.#pointers = undefined;
    for (const resource of graph.resources) {
      const known = this.#resources.get(resource.key);
      if (known?.primary && !resource.primary) continue;
      this.#resources.set(resource.key, { ...resource, issues: graph.issues, record });
    }
  }

  /** Every resource, in the order in which they were first named. */
  places(): Place[] {
    return [...this.#resources.values()];
  }

  recordOf(key: string): string | undefined {
    return this.#resources.get(key)?.recordKey;
  }

  async resources(_source: string, keys: string[]): Promise<Map<string, StoredResource>> {
    const found = new Map<string, StoredResource>();
    for (const key of keys) {
      const resource = this.#resources.get(key);
      if (resource) found.set(key, resource);
    }
    return found;
  }

  async holders(keys: string[]): ReturnType<Neighbours['holders']> {
    const found = await this.resources('', keys);
    return new Map([...found].map(([key, { source, kind }]) => [key, [{ source, kind }]]));
  }

  async referrers(_source: string, keys: string[], properties?: readonly string[]): Promise<Pointer[]> {
    this.#pointers ??= this.#pointersByTarget();
    const pointers = this.#pointers;
    const wanted = properties && new Set(properties);
    return keys.flatMap((key) =>
      (pointers.get(key) ?? []).filter(({ property }) => wanted === undefined || wanted.has(property)),
    );
  }

  #pointersByTarget(): Map<string, Pointer[]> {
    const found = new Map<string, Pointer[]>();
    for (const { source, key, references } of this.#resources.values()) {
      for (const { property, key: target } of references) {
        const pointer = { target, property, source, key };
        const known = found.get(target);
        if (known) known.push(pointer);
        else found.set(target, [pointer]);
      }
    }
    return found;
  }
}
