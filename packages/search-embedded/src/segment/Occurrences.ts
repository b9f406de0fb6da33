import { type GrowingBytes, GrowingList } from '../arrays/arrays.ts';

/** Where the terms of one document occur: a list of positions for each of its postings, in arrays that serve for every document. */
export class Occurrences {
  /** By posting: its first and last occurrence, and how many there are. */
  readonly #first = new GrowingList();
  readonly #last = new GrowingList();
  readonly #counts = new GrowingList();
  /** By occurrence: its position, and the next one of the same posting. */
  readonly #positions = new GrowingList();
  readonly #next = new GrowingList();

  /** Positions ascend; `posting` is at most one more than any before. */
  add(posting: number, position: number): void {
    const occurrence = this.#positions.length;
    this.#positions.push(position);
    this.#next.push(0);
    if (posting === this.#counts.length) {
      this.#first.push(occurrence);
      this.#last.push(occurrence);
      this.#counts.push(1);
      return;
    }
    this.#next.set(this.#last.at(posting), occurrence);
    this.#last.set(posting, occurrence);
    this.#counts.set(posting, this.#counts.at(posting) + 1);
  }

  /** Writes how many a posting has, and the distances between them; the bytes end in `ends`. Then begins anew. */
  flush(bytes: GrowingBytes, ends: GrowingList): void {
    for (let posting = 0; posting < this.#counts.length; posting++) {
      bytes.pushNumber(this.#counts.at(posting));
      let [before, occurrence] = [0, this.#first.at(posting)];
      for (let left = this.#counts.at(posting); left > 0; left--) {
        bytes.pushNumber(this.#positions.at(occurrence) - before);
        before = this.#positions.at(occurrence);
        occurrence = this.#next.at(occurrence);
      }
      ends.push(bytes.length);
    }
    for (const list of [this.#first, this.#last, this.#counts, this.#positions, this.#next]) list.length = 0;
  }
}
