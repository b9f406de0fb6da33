import type { GraphReader } from '@credatlas/ports';
import { isCredentialLike, isSeenThrough, isShown, maxHops, readsBackwards } from './sight.ts';

export interface Place {
  source: string;
  key: string;
}

/** Places whose dependants are remembered; beyond, the memory starts anew, which costs repetition and nothing else. */
const maxRemembered = 200_000;

/**
 * Who must be joined again when a resource changes: the joins' way of looking (sight.ts), walked against its direction. Remembers
 * what has been walked, so that a load of everything walks each place once; right only while no resource changes.
 */
export class Dependants {
  readonly #graphs: Pick<GraphReader, 'eachReferrer' | 'holders' | 'readers'>;
  readonly #walked = new Map<string, number>();

  constructor(graphs: Pick<GraphReader, 'eachReferrer' | 'holders' | 'readers'>) {
    this.#graphs = graphs;
  }

  /** The place itself and all that see it. Leaves out what an earlier call has named. */
  async *of(changed: Place): AsyncIterable<Place> {
    yield changed;
    // What reads backwards may stand in sources that have no resource of this key's own source.
    for (const { source } of await this.#holdersSeenFrom(changed)) {
      yield { source, key: changed.key };
      yield* this.#walk({ source, key: changed.key }, maxHops);
    }
    yield* this.#walk(changed, maxHops);
  }

  async *#walk(place: Place, hops: number): AsyncIterable<Place> {
    const id = `${place.source} ${place.key}`;
    if ((this.#walked.get(id) ?? 0) >= hops) return;
    if (this.#walked.size >= maxRemembered) this.#walked.clear();
    this.#walked.set(id, hops);
    for await (const { source, key, kind, property } of this.#graphs.eachReferrer(place.source, place.key)) {
      if (isShown(kind, property)) yield { source, key };
      if (hops > 1 && isSeenThrough(kind, property)) yield* this.#walk({ source, key }, hops - 1);
    }
    for (const key of await this.#graphs.readers(place.source, place.key)) {
      for (const { source, kind } of await this.#holdersSeenFrom({ source: place.source, key })) {
        if (isCredentialLike(kind) || kind === 'organization') yield { source, key };
        if (hops > 1 && readsBackwards(kind, true).length > 0) yield* this.#walk({ source, key }, hops - 1);
      }
    }
  }

  /** The source's own resource of that key, else those of every other source. */
  async #holdersSeenFrom({ source, key }: Place): ReturnType<GraphReader['holders']> {
    const holders = await this.#graphs.holders(key);
    const own = holders.filter((holder) => holder.source === source);
    return own.length > 0 ? own : holders;
  }
}
