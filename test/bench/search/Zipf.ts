import type { Dice } from '../Dice.ts';

/** A power of two, so that a part of it is an exact number. */
const parts = 4_096;

/** Numbers below `size`, of which number n is drawn in proportion to 1 / (n + 1)^exponent. */
export class Zipf {
  readonly #sums: Float64Array;
  readonly #sum: number;
  /** Where to look for a number: what is drawn of the n-th part of all lies between entry n and the next. */
  readonly #firsts: Uint32Array;

  constructor(size: number, exponent: number) {
    this.#sums = new Float64Array(size);
    let sum = 0;
    for (let number = 0; number < size; number++) {
      sum += (number + 1) ** -exponent;
      this.#sums[number] = sum;
    }
    this.#sum = sum;
    this.#firsts = Uint32Array.from({ length: parts + 1 }, (_, part) =>
      this.#lowerBound((part / parts) * sum, { low: 0, high: size - 1 }),
    );
  }

  draw(dice: Dice): number {
    const drawn = dice.next();
    const part = Math.floor(drawn * parts);
    return this.#lowerBound(drawn * this.#sum, { low: this.#firsts[part]!, high: this.#firsts[part + 1]! });
  }

  #lowerBound(wanted: number, within: { low: number; high: number }): number {
    let { low, high } = within;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
