/**
 * Values by source and key: asked so often that a text made of both, for each question, would cost more than the answer. Most hold what
 * one source states, so the first is kept apart.
 */
export class PlaceMap<T> {
  #first: string | undefined;
  #own: Map<string, T> | undefined;
  #others: Map<string, Map<string, T>> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(source: string, key: string): T | undefined {
    return this.#of(source)?.get(key);
  }

  has(source: string, key: string): boolean {
    return this.#of(source)?.has(key) ?? false;
  }

  set(source: string, key: string, value: T): void {
    const own = this.#of(source) ?? this.#begin(source);
    const before = own.size;
    own.set(key, value);
    this.#size += own.size - before;
  }

  delete(source: string, key: string): void {
    if (this.#of(source)?.delete(key)) this.#size -= 1;
  }

  #of(source: string): Map<string, T> | undefined {
    return source === this.#first ? this.#own : this.#others?.get(source);
  }

  #begin(source: string): Map<string, T> {
    const values = new Map<string, T>();
    if (this.#own) {
      this.#others ??= new Map();
      this.#others.set(source, values);
    } else {
      this.#first = source;
      this.#own = values;
    }
    return values;
  }
}
