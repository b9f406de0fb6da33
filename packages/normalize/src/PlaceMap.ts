/** Values by source and key: asked so often that a text made of both, for each question, would cost more than the answer. */
export class PlaceMap<T> {
  readonly #sources = new Map<string, Map<string, T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(source: string, key: string): T | undefined {
    return this.#sources.get(source)?.get(key);
  }

  has(source: string, key: string): boolean {
    return this.#sources.get(source)?.has(key) ?? false;
  }

  set(source: string, key: string, value: T): void {
    let own = this.#sources.get(source);
    if (!own) {
      own = new Map();
      this.#sources.set(source, own);
    }
    const before = own.size;
    own.set(key, value);
    this.#size += own.size - before;
  }

  delete(source: string, key: string): void {
    if (this.#sources.get(source)?.delete(key)) this.#size -= 1;
  }
}
