import { randomUUID } from 'node:crypto';
import { cursorExpired } from './cursorFaults.ts';
import type { MergedRanking } from './MergedRanking.ts';

/** A ranking stays this long after its last use. */
const keepMs = 5 * 60 * 1000;
/** Held by all rankings together: a bound on memory, not on one ranking. */
const maxBytes = 64_000_000;
/** Of a ranking, beside its hits. */
const bytesARanking = 1_000;

interface Snapshot {
  ranking: MergedRanking;
  usedAt: number;
  bytes: number;
}

/** Frozen relevance rankings, so that pages of one search neither repeat nor skip a hit while writes go on. */
export class Snapshots {
  readonly #now: () => number;
  readonly #name: string;
  /** Those used last at the end. */
  readonly #snapshots = new Map<string, Snapshot>();
  #held = 0;

  constructor({ now, name }: { now: () => number; name: string }) {
    this.#now = now;
    this.#name = name;
  }

  /** Keeps a ranking and answers its name. */
  keep(ranking: MergedRanking): string {
    const name = `${this.#name}.${randomUUID()}`;
    this.#put(name, ranking);
    return name;
  }

  /** What `ask` finds in the ranking of that name. Throws InvalidInputError `cursor_expired`. */
  read<T>(name: string, ask: (ranking: MergedRanking) => T): T {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot || this.#isOld(snapshot)) throw cursorExpired();
    const found = ask(snapshot.ranking);
    // It may hold more by now.
    this.#drop(name, snapshot);
    this.#put(name, snapshot.ranking);
    return found;
  }

  /** Puts it at the end, and lets go of what is old or too much. */
  #put(name: string, ranking: MergedRanking): void {
    const bytes = ranking.bytes + bytesARanking;
    for (const [other, snapshot] of this.#snapshots) {
      if (this.#held + bytes <= maxBytes && !this.#isOld(snapshot)) break;
      this.#drop(other, snapshot);
    }
    this.#snapshots.set(name, { ranking, usedAt: this.#now(), bytes });
    this.#held += bytes;
  }

  #drop(name: string, { bytes }: Snapshot): void {
    this.#snapshots.delete(name);
    this.#held -= bytes;
  }

  #isOld({ usedAt }: Snapshot): boolean {
    return this.#now() - usedAt > keepMs;
  }
}
