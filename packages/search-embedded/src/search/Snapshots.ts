import { randomUUID } from 'node:crypto';
import { cursorExpired } from './cursorFaults.ts';
import type { MergedRanking } from './MergedRanking.ts';

/** A ranking stays this long after its last use. */
const keepMs = 5 * 60 * 1000;
/** Held by all rankings together: a bound on memory, not on one ranking. */
const maxBytes = 96_000_000;

interface Snapshot {
  ranking: MergedRanking;
  usedAt: number;
}

/** Frozen relevance rankings, so that pages of one search neither repeat nor skip a hit while writes go on. */
export class Snapshots {
  readonly #now: () => number;
  readonly #name: string;
  readonly #snapshots = new Map<string, Snapshot>();

  constructor({ now, name }: { now: () => number; name: string }) {
    this.#now = now;
    this.#name = name;
  }

  /** Keeps a ranking and answers its name. */
  keep(ranking: MergedRanking): string {
    this.#forget(ranking.bytes);
    const name = `${this.#name}.${randomUUID()}`;
    this.#snapshots.set(name, { ranking, usedAt: this.#now() });
    return name;
  }

  /** Throws InvalidInputError `cursor_expired`. */
  ranking(name: string): MergedRanking {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot || this.#now() - snapshot.usedAt > keepMs) {
      this.#snapshots.delete(name);
      throw cursorExpired();
    }
    snapshot.usedAt = this.#now();
    // Moves it to the young end, so that the longest unused is forgotten first.
    this.#snapshots.delete(name);
    this.#snapshots.set(name, snapshot);
    return snapshot.ranking;
  }

  #forget(room: number): void {
    let held = room;
    for (const [, { ranking }] of this.#snapshots) held += ranking.bytes;
    for (const [name, { ranking, usedAt }] of this.#snapshots) {
      if (held <= maxBytes && this.#now() - usedAt <= keepMs) return;
      this.#snapshots.delete(name);
      held -= ranking.bytes;
    }
  }
}
