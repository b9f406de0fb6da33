import type { Connection } from './Connection.ts';
import { sourceNumber, sourceNumberIfAny } from './sequence.ts';

/** The numbers of sources, which never change, asked for once. */
export class SourceNumbers {
  readonly #connection: Connection;
  readonly #known = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Throws NotFoundError `unknown_source`. */
  of(slug: string): number {
    return this.ifAny(slug) ?? sourceNumber(this.#connection, slug);
  }

  ifAny(slug: string): number | undefined {
    const known = this.#known.get(slug) ?? sourceNumberIfAny(this.#connection, slug);
    if (known !== undefined) this.#known.set(slug, known);
    return known;
  }
}
