import { TextSkills } from './coverage/TextSkills.ts';
import type { QueryContext, QueryDependencies } from './dependencies.ts';
import { KnownValues } from './KnownValues.ts';
import { readClassifications } from './market/classification/readClassifications.ts';
import { screensOf } from './rules/compileRule.ts';
import { readRules } from './rules/readRules.ts';
import { KnownShortlists } from './shortlists/KnownShortlists.ts';

/** What answers are made from, with what is kept between them. */
export function queryContext(given: QueryDependencies): QueryContext {
  const names = {
    ...given,
    known: new KnownValues(given.engine),
    lists: new KnownShortlists(given),
    skillsIn: new TextSkills(),
  };
  return {
    ...names,
    classifications: given.classifications ?? readClassifications(),
    rules: screensOf(given.rules ?? readRules(), names),
  };
}
