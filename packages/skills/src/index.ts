export { type SkillIdentity, type SkillReference, skillKey } from './skillKey.ts';
export { stem } from './stem.ts';
export { compareUtf8, fold, sortKey, tokensOf } from './tokens.ts';
