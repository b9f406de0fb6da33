import type { Skill } from './statement.ts';

const statedConfidences = new Set(['linked', 'codeOnly', 'labelOnly']);
const statedRelations = new Set(['requires', 'assesses', 'teaches']);

/** What strict answers count: a statement that names the skill and that it is required, assessed or taught. */
export function isStated({ confidence, relation }: Skill): boolean {
  return statedConfidences.has(confidence) && statedRelations.has(relation);
}
