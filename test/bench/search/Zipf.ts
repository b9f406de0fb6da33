import type { Dice } from '../Dice.ts';

/** Numbers below `size`, of which number n is drawn in proportion to 1 / (n + 1)^exponent. */
export class Zipf {
  readonly #sums: Float64Array;

  constructor(size: number, exponent: number) {
    this.#sums = new Float64Array(size);
    let sum = 0;
    for (let number = 0; number < size; number++) {
      sum += (number + 1) ** -exponent;
      this.#sums[number] = sum;
    }
  }

  draw(dice: Dice): number {
    const wanted = dice.next() * this.#sums.at(-1)!;
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
