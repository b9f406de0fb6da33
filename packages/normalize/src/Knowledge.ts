import { SkillMatcher, SkillTable } from '@credatlas/skills';
import { currencyNames } from './currencies.ts';
import { type RegionNames, regionNames } from './regions.ts';
import { issuersOf, type TierRules, tierRules } from './tier/TierPolicy.ts';
import type { JudgingRules } from './tier/tierOf.ts';

/** What joining knows beside the documents. Each part is read when first asked for, some in a third of a second: keep one per process. */
export class Knowledge {
  readonly rules: TierRules;
  readonly judging: JudgingRules;
  #currencies: Map<string, string> | undefined;
  #regions: RegionNames | undefined;
  #skills: SkillTable | undefined;
  #matcher: SkillMatcher | undefined;

  constructor(rules: TierRules = tierRules()) {
    this.rules = rules;
    this.judging = { ...rules, issuers: issuersOf(rules.list) };
  }

  get currencies(): Map<string, string> {
    this.#currencies ??= currencyNames();
    return this.#currencies;
  }

  get regions(): RegionNames {
    this.#regions ??= regionNames();
    return this.#regions;
  }

  get skills(): SkillTable {
    this.#skills ??= SkillTable.read();
    return this.#skills;
  }

  get matcher(): SkillMatcher {
    this.#matcher ??= new SkillMatcher(this.skills);
    return this.#matcher;
  }
}
