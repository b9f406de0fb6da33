import { identifySkill, type SkillConcept, SkillMatcher, type SkillMention, SkillTable } from '@credatlas/skills';

/** Skills of public schemes by name, and in running text. Made when first asked: reading the table takes a tenth of a second. */
export class TextSkills {
  #table: SkillTable | undefined;
  #matcher: SkillMatcher | undefined;

  /** The concept that is called or has exactly this: key, IRI, code, label or alternative label. */
  named(text: string): SkillConcept | undefined {
    const table = this.#known();
    const key = identifySkill({ uri: text, code: text }, table)?.key;
    return table.concept(text) ?? (key === undefined ? undefined : table.concept(key)) ?? table.named(text);
  }

  /** Every name of a concept and of its narrower ones, its own first. */
  namesOf(key: string): string[] {
    const table = this.#known();
    return [key, ...table.narrowerThan(key)].flatMap((each) => {
      const concept = table.concept(each);
      return concept ? [concept.label, ...concept.alternatives] : [];
    });
  }

  /** Skills that a text mentions, best first, each once. */
  in(text: string): SkillMention[] {
    this.#matcher ??= new SkillMatcher(this.#known());
    return this.#matcher.find(text);
  }

  #known(): SkillTable {
    this.#table ??= SkillTable.read();
    return this.#table;
  }
}
