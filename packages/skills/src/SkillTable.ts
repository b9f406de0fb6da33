import { readFileSync } from 'node:fs';
import { tokensOf } from './tokens.ts';

/** A skill of a public scheme: `esco:` and the end of its IRI, `onet:` and the element, `unspsc:` or `onet-technology:` for software. */
export interface SkillConcept {
  key: string;
  label: string;
  /** Other labels, folded: tokens joined by blanks. */
  alternatives: readonly string[];
}

/** The skills of ESCO and O*NET by key and by label. Reading it takes some 60 ms, so one is made and handed on. */
export class SkillTable {
  readonly concepts: readonly SkillConcept[];
  readonly #byKey: Map<string, SkillConcept>;
  readonly #byLabel = new Map<string, SkillConcept>();

  constructor(concepts: readonly SkillConcept[]) {
    this.concepts = concepts;
    this.#byKey = new Map(concepts.map((concept) => [concept.key, concept]));
    const inOrder = [...concepts].sort((a, b) => rank(a.key) - rank(b.key) || (a.key < b.key ? -1 : 1));
    // A preferred label beats every alternative one; then ESCO beats O*NET, skills beat products, the lower key the higher. What
    // ESCO calls "Python (computer programming)" is called Python.
    for (const concept of inOrder)
      for (const label of [concept.label, bare(concept.label)]) this.#name(folded(label), concept);
    for (const concept of inOrder) for (const label of concept.alternatives) this.#name(label, concept);
  }

  /** The table that ships. */
  static read(): SkillTable {
    const lines = readFileSync(new URL('../generated/skillTable.tsv', import.meta.url), 'utf8').split('\n');
    return new SkillTable(
      lines.flatMap((line) => {
        const [key = '', label = '', alternatives = ''] = line.split('\t');
        if (key === '' || key.startsWith('#')) return [];
        return [{ key, label, alternatives: alternatives === '' ? [] : alternatives.split('|') }];
      }),
    );
  }

  concept(key: string): SkillConcept | undefined {
    return this.#byKey.get(key);
  }

  /** The concept that a label names exactly, after folding. Where several are called so: see the constructor. */
  named(label: string): SkillConcept | undefined {
    return this.#byLabel.get(folded(label));
  }

  #name(label: string, concept: SkillConcept): void {
    if (label !== '' && !this.#byLabel.has(label)) this.#byLabel.set(label, concept);
  }
}

const order = ['esco:', 'onet:', 'onet-technology:', 'unspsc:'];

function rank(key: string): number {
  return order.findIndex((scheme) => key.startsWith(scheme));
}

/** Without what stands in brackets at its end. */
function bare(label: string): string {
  return label.replace(/\s*\([^)]*\)\s*$/, '');
}

export function folded(label: string): string {
  return tokensOf(label).join(' ');
}
