import type { SkillTable } from './SkillTable.ts';
import { labelKey, type SkillIdentity, type SkillReference, skillKey } from './skillKey.ts';
import { tokensOf } from './tokens.ts';

export interface IdentifiedSkill extends SkillIdentity {
  /** What the reference would be known by alone, where that is another key, and why both are one. */
  merged?: { key: string; because: string };
}

/**
 * One identity for the same skill, however it is referred to: a concept of ESCO or O*NET that the reference links to or is called like
 * exactly; else what other references of the same name are known by; else its own identifier. The same reference always gets the same
 * key. Undefined when it names nothing.
 */
export function identifySkill(reference: SkillReference, table: SkillTable): IdentifiedSkill | undefined {
  const own = skillKey(reference);
  if (!own) return undefined;
  if (own.confidence === 'labelOnly') {
    // The key is the label folded already.
    const named = table.called(own.key.slice(labelKey.length));
    return named ? mergedInto(own, named.key, `both are called "${reference.label}"`) : own;
  }
  const linked = table.concept(own.key);
  const label = linked?.label ?? reference.label ?? '';
  const tokens = tokensOf(label);
  const name = tokens.join(' ');
  const named = table.called(name);
  if (named) return mergedInto(own, named.key, `both are called "${label}"`);
  if (linked || !isSkillName(tokens, name)) return own;
  return mergedInto(own, labelKey + name, `it is called "${label}"`);
}

function mergedInto(own: SkillIdentity, key: string, because: string): IdentifiedSkill {
  return own.key === key ? own : { ...own, key, merged: { key: own.key, because } };
}

/** More is a sentence that describes, not a name that two frameworks would share. */
const longestName = 6;
/** Digits, and words that number parts of a framework: what they name differs from one to the next. */
const numbering =
  /\d|(?:^| )(?:unit|module|level|part|standard|section|chapter|competency|objective|outcome|element|topic|lesson)s?(?: |$)/;

/** Whether the words of a competency's label, together its name, are one by which the same skill may be known elsewhere. */
function isSkillName(tokens: readonly string[], name: string): boolean {
  return (
    tokens.length > 0 &&
    tokens.length <= longestName &&
    tokens.some((token) => token.length > 2) &&
    !numbering.test(name)
  );
}
