/** Keeps the values used last, between half of `capacity` and all of it: when the younger half is full, the older is let go. */
export class RecentlyUsed<T> {
  readonly #half: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(capacity: number) {
    this.#half = capacity / 2;
  }

  has(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  get(key: string): T | undefined {
    const value = this.#young.get(key);
    if (value !== undefined || !this.#old.has(key)) return value;
    const old = this.#old.get(key)!;
    this.set(key, old);
    return old;
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
