import { SkillMatcher, SkillTable } from '@credatlas/skills';
import { type CurrencyNames, currencyNames } from './currencies.ts';
import { MentionedSkills } from './inferredSkills.ts';
import { ReferenceKeys } from './ReferenceKeys.ts';
import { type RegionNames, regionNames } from './regions.ts';
import { SkillReader } from './SkillReader.ts';
import { Pointers } from './SourcePaths.ts';
import { type TierRules, tierRules } from './tier/TierPolicy.ts';
import { type JudgingRules, judgingRules } from './tier/tierOf.ts';

/** What joining knows beside the documents. Each part is read when first asked for, some in a third of a second: keep one per process. */
export class Knowledge {
  readonly rules: TierRules;
  readonly judging: JudgingRules;
  readonly pointers = new Pointers();
  readonly keys = new ReferenceKeys();
  #currencies: CurrencyNames | undefined;
  #regions: RegionNames | undefined;
  #skills: SkillReader | undefined;
  #mentioned: MentionedSkills | undefined;

  constructor(rules: TierRules = tierRules()) {
    this.rules = rules;
    this.judging = judgingRules(rules);
  }

  get currencies(): CurrencyNames {
    this.#currencies ??= currencyNames();
    return this.#currencies;
  }

  get regions(): RegionNames {
    this.#regions ??= regionNames();
    return this.#regions;
  }

  get skills(): SkillReader {
    this.#skills ??= new SkillReader(SkillTable.read());
    return this.#skills;
  }

  get mentioned(): MentionedSkills {
    this.#mentioned ??= new MentionedSkills(new SkillMatcher(this.skills.table));
    return this.#mentioned;
  }
}
