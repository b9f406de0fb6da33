import type { Clock } from '@credatlas/ports';
import type { Client } from '@elastic/elasticsearch';
import { cursorExpired } from './cursorFaults.ts';
import { refusalOf } from './faults.ts';
import type { Patience } from './Patience.ts';

/** How long a ranking can be paged through after its last use (interface §4). */
export const cursorKeepAlive = '5m';
/** How long a state of the index is kept for the requests of one answer. */
const shortKeepAlive = '1m';
/** Other processes write too: a state of the index serves new answers for this long. */
const freshMs = 1_000;

/** One state of the index, shared by all answers until the index changes: a ranking pages through it, a table asks it several times. */
export class PointInTime {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #clock: Clock;
  readonly #alias: string;
  #current: { id: Promise<string>; until: number } | undefined;

  constructor(given: { client: Client; patience: Patience; clock: Clock; alias: string }) {
    this.#client = given.client;
    this.#patience = given.patience;
    this.#clock = given.clock;
    this.#alias = given.alias;
  }

  /** The present state. It is not closed: what is not asked again ends by itself within a minute. */
  async id(): Promise<string> {
    const now = this.#clock.now();
    if (!this.#current || this.#current.until < now) this.#current = { id: this.open(), until: now + freshMs };
    const { id } = this.#current;
    // A failure must not serve the next answer.
    id.catch(() => this.forget());
    return id;
  }

  /** The index has changed: the next answer sees another state. */
  forget(): void {
    this.#current = undefined;
  }

  /** A state of one's own, which the caller closes. */
  async open(): Promise<string> {
    const { id } = await this.#patience.ask(() =>
      this.#client.openPointInTime({ index: this.#alias, keep_alive: shortKeepAlive }),
    );
    return id;
  }

  async close(id: string): Promise<void> {
    await this.#patience.ask(() => this.#client.closePointInTime({ id }, { ignore: [404] }));
  }
}

/** Where a page of a ranking ended, as the text that a cursor carries. */
export interface RankingPosition {
  pit: string;
  /** Sort values of the last hit. */
  after: (string | number | null)[];
  /** Change sequence of the state. */
  seq: number;
}

export function writePosition(position: RankingPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws InvalidInputError `cursor_expired` for anything that is not such a text. */
export function readPosition(text: string): RankingPosition {
  try {
    const read = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<RankingPosition> | null;
    if (typeof read?.pit === 'string' && Array.isArray(read.after) && typeof read.seq === 'number')
      return read as RankingPosition;
  } catch (cause) {
    throw cursorExpired(cause);
  }
  throw cursorExpired();
}

/** The error itself, or `cursor_expired` when the state of the index that was asked for is gone. */
export function expiredOr(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  const refusal = refusalOf(cause);
  const isGone = refusal?.status === 404 || /point in time|search_context_missing|decode/i.test(refusal?.reason ?? '');
  return isGone ? cursorExpired(cause) : error;
}
