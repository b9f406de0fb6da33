import { createHash } from 'node:crypto';

/** Choices that look random and are the same on every machine: each drawn from the SHA-256 of a name and a question. */
export class Chooser {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** 0 … below `limit`. */
  below(question: string, limit: number): number {
    return createHash('sha256').update(`${this.#name} ${question}`).digest().readUInt32BE(0) % limit;
  }

  one<T>(question: string, choices: readonly T[]): T {
    return choices[this.below(question, choices.length)]!;
  }

  /** `count` different ones, in their own order. */
  some<T>(question: string, choices: readonly T[], count: number): T[] {
    const ranked = choices.map((choice, index) => ({
      choice,
      index,
      rank: this.below(`${question} ${index}`, 1_000_000),
    }));
    const kept = ranked.sort((a, b) => a.rank - b.rank).slice(0, count);
    return kept.sort((a, b) => a.index - b.index).map(({ choice }) => choice);
  }

  chance(question: string, percent: number): boolean {
    return this.below(question, 100) < percent;
  }
}
