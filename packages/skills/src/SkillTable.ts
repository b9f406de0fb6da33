import { readFileSync } from 'node:fs';
import { tokensOf } from './tokens.ts';

/** A skill of a public scheme: `esco:` and the end of its IRI, `onet:` and the element, `unspsc:` or `onet-technology:` for software. */
export interface SkillConcept {
  key: string;
  label: string;
  /** Other labels, folded: tokens joined by blanks. */
  alternatives: readonly string[];
  /** Keys of what it is a kind of: a product, of its category. */
  broader?: readonly string[];
}

/** The skills of ESCO and O*NET by key and by label. Reading it takes some 60 ms, so one is made and handed on. */
export class SkillTable {
  readonly concepts: readonly SkillConcept[];
  readonly #byKey: Map<string, SkillConcept>;
  readonly #byLabel = new Map<string, SkillConcept>();
  readonly #broader = new Map<string, Set<string>>();
  readonly #narrower = new Map<string, Set<string>>();

  constructor(concepts: readonly SkillConcept[]) {
    this.concepts = concepts;
    this.#byKey = new Map(concepts.map((concept) => [concept.key, concept]));
    const inOrder = [...concepts].sort((a, b) => rank(a.key) - rank(b.key) || (a.key < b.key ? -1 : 1));
    // A preferred label beats every alternative one; then ESCO beats O*NET, skills beat products, the lower key the higher. What
    // ESCO calls "Python (computer programming)" is called Python.
    for (const concept of inOrder)
      for (const label of [concept.label, bare(concept.label)]) this.#name(folded(label), concept);
    for (const concept of inOrder) for (const label of concept.alternatives) this.#name(label, concept);
    for (const concept of concepts) for (const key of concept.broader ?? []) this.#order(concept, key);
  }

  /** The table that ships. */
  static read(): SkillTable {
    const lines = readFileSync(new URL('../generated/skillTable.tsv', import.meta.url), 'utf8').split('\n');
    return new SkillTable(
      lines.flatMap((line) => {
        const [key = '', label = '', alternatives = '', broader = ''] = line.split('\t');
        if (key === '' || key.startsWith('#')) return [];
        return [
          { key, label, alternatives: listOf(alternatives), ...(broader === '' ? {} : { broader: listOf(broader) }) },
        ];
      }),
    );
  }

  concept(key: string): SkillConcept | undefined {
    return this.#byKey.get(key);
  }

  /** The concept that a label names exactly, after folding. Where several are called so: see the constructor. */
  named(label: string): SkillConcept | undefined {
    return this.called(folded(label));
  }

  /** The same by a label that is folded already. */
  called(folded: string): SkillConcept | undefined {
    return this.#byLabel.get(folded);
  }

  /** Keys that skills are known by of what this one is a kind of. */
  broaderThan(key: string): string[] {
    return [...(this.#broader.get(key) ?? [])];
  }

  /** Keys that skills are known by of the kinds of this one. */
  narrowerThan(key: string): string[] {
    return [...(this.#narrower.get(key) ?? [])];
  }

  /** What two schemes call the same is one skill, so both ends are known by the key of their name. */
  #order(concept: SkillConcept, above: string): void {
    const [own, broader] = [concept, this.#byKey.get(above)].map((each) => each && this.named(each.label)?.key);
    if (own === undefined || broader === undefined || own === broader) return;
    addTo(this.#broader, own, broader);
    addTo(this.#narrower, broader, own);
  }

  #name(label: string, concept: SkillConcept): void {
    if (label !== '' && !this.#byLabel.has(label)) this.#byLabel.set(label, concept);
  }
}

function listOf(text: string): string[] {
  return text === '' ? [] : text.split('|');
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}

const order = ['esco:', 'onet:', 'onet-technology:', 'unspsc:'];

function rank(key: string): number {
  return order.findIndex((scheme) => key.startsWith(scheme));
}

/** Without what stands in brackets at its end. */
export function bare(label: string): string {
  return label.replace(/\s*\([^)]*\)\s*$/, '');
}

export function folded(label: string): string {
  return tokensOf(label).join(' ');
}
