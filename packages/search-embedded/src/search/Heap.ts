/** The first few of many in an order, without sorting the many: a heap whose root is the last of those kept. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #size: number;
  readonly #compare: (a: T, b: T) => number;

  constructor(size: number, compare: (a: T, b: T) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  get isFull(): boolean {
    return this.#items.length >= this.#size;
  }

  /** The last of those kept; only when there is one. */
  get worst(): T {
    return this.#items[0]!;
  }

  offer(item: T): void {
    if (!this.isFull) {
      this.#items.push(item);
      this.#siftUp();
    } else if (this.#size > 0 && this.#compare(item, this.worst) < 0) {
      this.#items[0] = item;
      this.#siftDown();
    }
  }

  /** Those kept, in order. */
  sorted(): T[] {
    return [...this.#items].sort(this.#compare);
  }

  #siftUp(): void {
    const items = this.#items;
    for (let at = items.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (this.#compare(items[at]!, items[parent]!) <= 0) return;
      [items[at], items[parent]] = [items[parent]!, items[at]!];
      at = parent;
    }
  }

  #siftDown(): void {
    const items = this.#items;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let last = at;
      if (left < items.length && this.#compare(items[left]!, items[last]!) > 0) last = left;
      if (right < items.length && this.#compare(items[right]!, items[last]!) > 0) last = right;
      if (last === at) return;
      [items[at], items[last]] = [items[last]!, items[at]!];
      at = last;
    }
  }
}
