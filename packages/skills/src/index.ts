export { type IdentifiedSkill, identifySkill } from './identifySkill.ts';
export { type MatchOptions, SkillMatcher, type SkillMention } from './SkillMatcher.ts';
export { type SkillConcept, SkillTable } from './SkillTable.ts';
export type { SkillIdentity, SkillReference } from './skillKey.ts';
export { stem } from './stem.ts';
export { compareUtf8, fold, sortKey, tokensOf } from './tokens.ts';
