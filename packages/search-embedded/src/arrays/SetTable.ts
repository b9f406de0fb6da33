import { GrowingList } from './arrays.ts';

/** Different ascending lists of whole numbers, each kept once. List 0 is the empty one. */
export class SetTable {
  readonly #members = new GrowingList();
  readonly #offsets = new GrowingList();
  /** By list. */
  readonly #hashes = new GrowingList();
  /** Open addressing: list + 1, or 0 for a free place. */
  #places = new Uint32Array(1 << 4);

  constructor() {
    this.#offsets.push(0);
    this.#offsets.push(0);
    this.#hashes.push(0);
  }

  get size(): number {
    return this.#offsets.length - 1;
  }

  /** The number of this list; `members` is read at once and not kept. */
  add(members: ArrayLike<number>): number {
    if (members.length === 0) return 0;
    if (this.size * 2 > this.#places.length) this.#grow();
    const hash = hashOf(members);
    let place = hash & (this.#places.length - 1);
    for (; this.#places[place] !== 0; place = (place + 1) & (this.#places.length - 1)) {
      const list = this.#places[place]! - 1;
      if (this.#hashes.at(list) === hash && this.#equals(list, members)) return list;
    }
    for (let index = 0; index < members.length; index++) this.#members.push(members[index]!);
    this.#offsets.push(this.#members.length);
    this.#hashes.push(hash);
    this.#places[place] = this.size;
    return this.size - 1;
  }

  /** Members of list s: members[offsets[s] … offsets[s + 1]]. */
  get lists(): { offsets: Uint32Array; members: Uint32Array } {
    return { offsets: this.#offsets.copy(), members: this.#members.copy() };
  }

  #equals(list: number, members: ArrayLike<number>): boolean {
    const from = this.#offsets.at(list);
    if (this.#offsets.at(list + 1) - from !== members.length) return false;
    for (let index = 0; index < members.length; index++)
      if (this.#members.at(from + index) !== members[index]) return false;
    return true;
  }

  #grow(): void {
    const places = new Uint32Array(this.#places.length * 4);
    for (let list = 1; list < this.size; list++) {
      let place = this.#hashes.at(list) & (places.length - 1);
      while (places[place] !== 0) place = (place + 1) & (places.length - 1);
      places[place] = list + 1;
    }
    this.#places = places;
  }
}

/** FNV-1a over the numbers, mixed once more so that low bits depend on all. */
function hashOf(members: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < members.length; index++) hash = Math.imul(hash ^ members[index]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
