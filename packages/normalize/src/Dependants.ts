import type { GraphReader } from '@credatlas/ports';
import { isSeenThrough, isShown, isShownByItself, maxHops, readsBackwards } from './sight.ts';

export interface Place {
  source: string;
  key: string;
}

/** Places whose dependants are remembered; beyond, the memory starts anew, which costs repetition and nothing else. */
const maxRemembered = 200_000;
/** Places walked on from at once: few enough to hold, many enough that a question to the store costs nothing. */
const placesPerStep = 500;

type Graphs = Pick<GraphReader, 'eachReferrer' | 'holders' | 'readers'>;

/**
 * Who must be joined again when resources change: the joins' way of looking (sight.ts), walked against its direction. Remembers
 * what has been walked, so that a load of everything walks each place once; right only while no resource changes.
 */
export class Dependants {
  readonly #graphs: Graphs;
  readonly #walked = new Map<string, number>();

  constructor(graphs: Graphs) {
    this.#graphs = graphs;
  }

  /** The places themselves and all that see them. Repeats places; leaves out what only another changed place leads to. */
  async *of(changed: readonly Place[]): AsyncIterable<Place> {
    yield* changed;
    const starts = [...changed];
    const holders = await this.#graphs.holders(changed.map(({ key }) => key));
    for (const { source, key } of changed) {
      const all = (holders.get(key) ?? []).map((holder) => ({ source: holder.source, key }));
      // Whoever else states the resource may have been, or become, the one that others' pointers are read by.
      yield* all;
      if (!all.some((holder) => holder.source === source)) starts.push(...all);
    }
    yield* this.#walk(starts, maxHops);
  }

  async *#walk(places: readonly Place[], hops: number): AsyncIterable<Place> {
    const fresh = places.filter((place) => this.#isFresh(place, hops));
    for (const [source, own] of Map.groupBy(fresh, (place) => place.source)) {
      for (let from = 0; from < own.length; from += placesPerStep) {
        const keys = own.slice(from, from + placesPerStep).map(({ key }) => key);
        yield* this.#referrers(source, keys, hops);
        yield* this.#readers(source, keys, hops);
      }
    }
  }

  async *#referrers(source: string, keys: string[], hops: number): AsyncIterable<Place> {
    let next: Place[] = [];
    for await (const { source: from, key, kind, property } of this.#graphs.eachReferrer(source, keys)) {
      if (isShown(kind, property)) yield { source: from, key };
      if (hops > 1 && isSeenThrough(kind, property)) next.push({ source: from, key });
      if (next.length < placesPerStep) continue;
      yield* this.#walk(next, hops - 1);
      next = [];
    }
    yield* this.#walk(next, hops - 1);
  }

  /** Whoever reads the places backwards. */
  async *#readers(source: string, keys: string[], hops: number): AsyncIterable<Place> {
    const readers = await this.#graphs.readers(source, keys);
    for (let from = 0; from < readers.length; from += placesPerStep) {
      const next: Place[] = [];
      for (const [key, all] of await this.#graphs.holders(readers.slice(from, from + placesPerStep))) {
        const own = all.filter((holder) => holder.source === source);
        for (const holder of own.length > 0 ? own : all) {
          const place = { source: holder.source, key };
          if (isShownByItself(holder.kind)) yield place;
          if (hops > 1 && readsBackwards(holder.kind, true).length > 0) next.push(place);
        }
      }
      yield* this.#walk(next, hops - 1);
    }
  }

  #isFresh({ source, key }: Place, hops: number): boolean {
    const id = `${source} ${key}`;
    if ((this.#walked.get(id) ?? 0) >= hops) return false;
    if (this.#walked.size >= maxRemembered) this.#walked.clear();
    this.#walked.set(id, hops);
    return true;
  }
}
