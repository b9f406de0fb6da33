export { type IdentifiedSkill, identifySkill } from './identifySkill.ts';
export { hasTypos, isTypo } from './isTypo.ts';
export { type MatchOptions, SkillMatcher, type SkillMention } from './SkillMatcher.ts';
export { type SkillConcept, SkillTable } from './SkillTable.ts';
export { type SkillIdentity, type SkillReference, skillKey } from './skillKey.ts';
export { stem } from './stem.ts';
export { compareUtf8, fold, sortedUtf8, sortKey, tokensOf, wordsOf } from './tokens.ts';
