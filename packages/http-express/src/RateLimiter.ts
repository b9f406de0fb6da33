import { ThrottledError } from '@credatlas/model';
import type { Clock } from '@credatlas/ports';
import type { Client, Tier } from './clientOf.ts';

/** Requests that one client of each tier may make in a minute; 0: as many as it likes. */
export type RateLimits = Record<Tier, number>;

const windowMs = 60_000;
/** Clients counted each for itself; a flood from more of them shares one count, so that memory stays bounded. */
const mostClients = 100_000;

/** Counts what each client asks for in a minute, and says how much is left (draft-ietf-httpapi-ratelimit-headers). */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limits: RateLimits;
  #counts = new Map<string, number>();
  #endsAt = 0;

  constructor({ clock, limits }: { clock: Clock; limits: RateLimits }) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Counts one request. `refusal` when it was one too many. */
  count({ tier, name }: Client): { headers: Record<string, string>; refusal?: ThrottledError } {
    const limit = this.#limits[tier];
    if (limit === 0) return { headers: {} };
    const leftMs = this.#windowLeft();
    const key = `${tier} ${this.#counts.size < mostClients ? name : ''}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const headers = {
      'ratelimit-policy': `"${tier}";q=${limit};w=${windowMs / 1000}`,
      ratelimit: `"${tier}";r=${Math.max(0, limit - count)};t=${Math.ceil(leftMs / 1000)}`,
    };
    return count > limit ? { headers, refusal: tooMany({ tier, limit, leftMs }) } : { headers };
  }

  /** Milliseconds to the end of the minute, which begins anew for all clients at once. */
  #windowLeft(): number {
    const now = this.#clock.now();
    if (now >= this.#endsAt) {
      this.#counts = new Map();
      this.#endsAt = now - (now % windowMs) + windowMs;
    }
    return this.#endsAt - now;
  }
}

function tooMany({ tier, limit, leftMs }: { tier: Tier; limit: number; leftMs: number }): ThrottledError {
  const more = tier === 'anonymous' ? ' A token raises the limit; an export takes one request for all rows.' : '';
  return new ThrottledError(
    'too_many_requests',
    `More than ${limit} requests came within a minute. Go on in ${Math.ceil(leftMs / 1000)} s.${more}`,
    { retryAfterMs: leftMs },
  );
}
