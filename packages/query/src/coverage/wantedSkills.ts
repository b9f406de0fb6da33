import type { LabelReader } from '@credatlas/ports';
import { identityForms } from '../identityForms.ts';
import { parameterFault } from '../parameterFault.ts';
import type { TextSkills } from './TextSkills.ts';
import type { TextMention } from './textMentions.ts';

/** A skill asked for: one identity, whatever it was called. */
export interface WantedSkill {
  /** What was asked, each way. */
  asked: string[];
  /** Keys that statements of it may have; none: nothing is known by that name. */
  keys: string[];
  label: string;
  /** Where a pasted text mentions it: half-open range of characters, and how much of the label is there. */
  mention?: { start: number; end: number; score: number };
}

/** More would be no question about one person or one job. */
const mostSkills = 100;

type Asked = Omit<WantedSkill, 'asked'> & { text: string };

/**
 * The distinct skills of a question, in the order asked. Of names all count, known or not; of a text what it mentions. Throws
 * InvalidInputError `no_skills` or `too_many_skills`.
 */
export async function wantedSkills(
  given: { labels: LabelReader; skillsIn: TextSkills },
  question: { skills: string[]; text?: string | undefined; mentions: readonly TextMention[] },
): Promise<WantedSkill[]> {
  const named = await Promise.all(question.skills.map((text) => namedSkill(given, text)));
  const mentioned = question.mentions.map(({ keys, label, ...mention }): Asked => {
    return { text: question.text!.slice(mention.start, mention.end), keys, label, mention };
  });
  const wanted = together([...named, ...mentioned]);
  if (wanted.length > mostSkills) {
    const detail = `${wanted.length} different skills are asked for, more than ${mostSkills}.`;
    throw parameterFault('too_many_skills', { parameter: question.skills.length > 0 ? 'skills' : 'text', detail });
  }
  return wanted;
}

async function namedSkill(
  { labels, skillsIn }: { labels: LabelReader; skillsIn: TextSkills },
  text: string,
): Promise<Asked> {
  const concept = skillsIn.named(text);
  const stored = await firstKnown(labels, text);
  const keys = [...new Set([...stored, ...(concept ? [concept.key] : [])])];
  const [first] = keys;
  const label = first === undefined ? undefined : (await labels.labels('skill', [first])).get(first);
  return { text, keys, label: label ?? concept?.label ?? text };
}

async function firstKnown(labels: LabelReader, text: string): Promise<string[]> {
  for (const form of identityForms(text)) {
    const values = await labels.values('skill', form);
    if (values.length > 0) return values;
  }
  return [];
}

/** What shares a key is one skill. */
function together(all: readonly Asked[]): WantedSkill[] {
  const wanted: WantedSkill[] = [];
  for (const { text, keys, label, mention } of all) {
    const isSame = ({ keys: known, asked }: WantedSkill): boolean =>
      keys.length > 0
        ? known.some((key) => keys.includes(key))
        : known.length === 0 && asked.some((other) => other.toLowerCase() === text.toLowerCase());
    const same = wanted.filter(isSame);
    const [first, ...others] = same;
    if (!first) {
      wanted.push({ asked: [text], keys, label, ...(mention ? { mention } : {}) });
      continue;
    }
    first.asked = [...new Set([...first.asked, ...others.flatMap(({ asked }) => asked), text])];
    first.keys = [...new Set([...first.keys, ...others.flatMap(({ keys: own }) => own), ...keys])];
    for (const other of others) wanted.splice(wanted.indexOf(other), 1);
  }
  return wanted;
}
