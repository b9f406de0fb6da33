import type { NamedSkill, TextUnit } from '@credatlas/model';
import type { LabelReader } from '@credatlas/ports';
import { tokensOf } from '@credatlas/skills';
import type { TextSkills } from './coverage/TextSkills.ts';
import type { Warnings } from './Warnings.ts';

/** Words of a skill's name that are looked up together. */
const longestName = 6;
/** Other names of one skill at most (interface §4); more is a warning. */
const maxNames = 64;

export interface NameSources {
  labels: LabelReader;
  skillsIn: TextSkills;
}

/** The same units, with those that follow one another and together name a skill made one; the longest name from the left counts. */
export async function withNamedSkills(
  units: readonly TextUnit[],
  sources: NameSources,
  warnings: Warnings,
): Promise<TextUnit[]> {
  const joined: TextUnit[] = [];
  for (let at = 0; at < units.length; ) {
    const span = await longestSpan(units.slice(at, at + longestName), sources, warnings);
    joined.push(span ?? units[at]!);
    at += span?.tokens.length ?? 1;
  }
  return joined;
}

async function longestSpan(
  units: readonly TextUnit[],
  sources: NameSources,
  warnings: Warnings,
): Promise<TextUnit | undefined> {
  const end = units.findIndex(({ phrase }) => phrase);
  const tokens = units.slice(0, end < 0 ? units.length : end).flatMap((unit) => unit.tokens);
  for (let length = tokens.length; length > 0; length -= 1) {
    const own = tokens.slice(0, length);
    const skill = await skillNamed(own, sources, warnings);
    if (skill) return { tokens: own, phrase: false, variants: [], skill };
  }
  return undefined;
}

async function skillNamed(
  tokens: string[],
  { labels, skillsIn }: NameSources,
  warnings: Warnings,
): Promise<NamedSkill | undefined> {
  const name = tokens.join(' ');
  const concept = skillsIn.named(name);
  const keys = [...new Set([...(await labels.values('skill', name)), ...(concept ? [concept.key] : [])])];
  if (keys.length === 0) return undefined;
  const stored = await labels.labels('skill', keys);
  const all = [...keys.flatMap((key) => skillsIn.namesOf(key)), ...stored.values()].map(tokensOf);
  const others = [...new Map(all.map((each) => [each.join(' '), each])).entries()]
    .filter(([other, each]) => other !== name && each.length > 0)
    .map(([, each]) => each);
  if (others.length > maxNames)
    warnings.add(`"${name}" has more than ${maxNames} other names; the first ${maxNames} are used.`);
  return { keys, names: others.slice(0, maxNames) };
}
