/** Warnings of one answer, each once. */
export class Warnings {
  readonly #messages = new Set<string>();
  readonly #limit: number;
  #isCut = false;

  /** Beyond twenty nobody reads on. Zero: they are somebody else's matter. */
  constructor(limit = 20) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#messages.size >= this.#limit;
  }

  add(message: string): void {
    if (this.isFull && !this.#messages.has(message)) this.#isCut = true;
    else this.#messages.add(message);
  }

  list(): string[] {
    return [
      ...this.#messages,
      ...(this.#isCut ? [`There are more than ${this.#limit} warnings; the rest is left out.`] : []),
    ];
  }
}
