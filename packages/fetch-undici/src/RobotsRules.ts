import type { Clock } from '@credatlas/ports';
import robotsParser, { type Robot } from 'robots-parser';

/** RFC 9309 §2.4: rules are kept a day at most. */
const keepMs = 24 * 60 * 60 * 1000;
/** RFC 9309 §2.5: at least this much of the file is read. */
export const robotsMaxBytes = 500 * 1024;
/** A site that is down now is asked again after this. */
const retryMs = 10 * 60 * 1000;

// The library is CommonJS whose types claim an ES default export.
const parseRobots = robotsParser as unknown as (url: string, text: string) => Robot;

interface Rules {
  robot?: Robot;
  allowAll: boolean;
  until: number;
}

/** What each origin's robots.txt lets us fetch. */
export class RobotsRules {
  readonly #rules = new Map<string, Promise<Rules>>();
  readonly #clock: Clock;
  readonly #userAgent: string;
  readonly #read: (url: string) => Promise<{ status: number; text: string }>;

  constructor(options: {
    clock: Clock;
    userAgent: string;
    read: (url: string) => Promise<{ status: number; text: string }>;
  }) {
    this.#clock = options.clock;
    this.#userAgent = options.userAgent;
    this.#read = options.read;
  }

  async allows(url: URL): Promise<{ isAllowed: boolean; crawlDelayMs?: number }> {
    const { robot, allowAll } = await this.#rulesOf(url.origin);
    if (!robot) return { isAllowed: allowAll };
    const delay = robot.getCrawlDelay(this.#userAgent);
    return {
      isAllowed: robot.isAllowed(url.href, this.#userAgent) !== false,
      ...(delay ? { crawlDelayMs: delay * 1000 } : {}),
    };
  }

  async #rulesOf(origin: string): Promise<Rules> {
    const known = await this.#rules.get(origin);
    if (known && known.until > this.#clock.now()) return known;
    const reading = this.#load(origin);
    this.#rules.set(origin, reading);
    // A site that could not be asked is asked again, and its caller hears why: it is away, or it is a private address.
    reading.catch(() => this.#rules.delete(origin));
    return reading;
  }

  /** RFC 9309 §2.3.1: no file, all is allowed; a failing server, nothing is for now. */
  async #load(origin: string): Promise<Rules> {
    const url = `${origin}/robots.txt`;
    const answer = await this.#read(url);
    const now = this.#clock.now();
    if (answer.status >= 500 || answer.status === 429) return { allowAll: false, until: now + retryMs };
    if (answer.status >= 400) return { allowAll: true, until: now + keepMs };
    return { robot: parseRobots(url, answer.text.slice(0, robotsMaxBytes)), allowAll: true, until: now + keepMs };
  }
}
