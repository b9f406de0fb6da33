import { randomUUID } from 'node:crypto';
import { InvalidInputError } from '@credatlas/model';
import type { Clock } from '@credatlas/ports';

/** A ranking stays this long after its last use. */
const keepMs = 5 * 60 * 1000;
/** Hits held over all rankings, about 40 bytes each: a bound on memory, not on one ranking. */
const maxHits = 4_000_000;

export interface RankedHit {
  id: string;
  score?: number;
  strict: boolean;
}

interface Snapshot {
  /** Sorted when a second page is asked for: most rankings never need it. */
  hits: () => RankedHit[];
  size: number;
  usedAt: number;
}

/** Frozen relevance rankings, so that pages of one search neither repeat nor skip a hit while writes go on. */
export class Snapshots {
  readonly #clock: Clock;
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(size: number, hits: () => RankedHit[]): string {
    this.#forget(size);
    const name = randomUUID();
    let sorted: RankedHit[] | undefined;
    this.#snapshots.set(name, { hits: () => (sorted ??= hits()), size, usedAt: this.#clock.now() });
    return name;
  }

  hits(name: string): RankedHit[] {
    const snapshot = this.#snapshots.get(name);
    if (!snapshot || this.#clock.now() - snapshot.usedAt > keepMs) {
      this.#snapshots.delete(name);
      throw new InvalidInputError(
        'cursor_expired',
        'The page cursor has expired: a ranking is kept for five minutes after its last use. Search again, or sort by a field to page without a limit in time.',
        {
          faults: [
            {
              code: 'cursor_expired',
              parameter: 'after',
              detail: 'This ranking is no longer kept.',
              suggestion: 'Leave `after` out to start again.',
            },
          ],
        },
      );
    }
    snapshot.usedAt = this.#clock.now();
    // Moves it to the young end, so that the longest unused is forgotten first.
    this.#snapshots.delete(name);
    this.#snapshots.set(name, snapshot);
    return snapshot.hits();
  }

  #forget(room: number): void {
    let held = room;
    for (const [, { size }] of this.#snapshots) held += size;
    for (const [name, { size, usedAt }] of this.#snapshots) {
      if (held <= maxHits && this.#clock.now() - usedAt <= keepMs) return;
      this.#snapshots.delete(name);
      held -= size;
    }
  }
}
