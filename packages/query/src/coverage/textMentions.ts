import type { LabelReader } from '@credatlas/ports';
import { fold, wordsOf } from '@credatlas/skills';
import { functionWords } from './functionWords.ts';
import type { TextSkills } from './TextSkills.ts';

/** A skill that a text names. */
export interface TextMention {
  keys: string[];
  label: string;
  /** Half-open range of characters. */
  start: number;
  end: number;
  /** Share of the label that is there. */
  score: number;
}

type Sources = { labels: LabelReader; skillsIn: TextSkills };

/** Words of the longest name that is looked for. */
const longestName = 6;
/** Letters of the shortest name of one word: shorter ones are other words, too. */
const shortestName = 4;
/** Names looked up at once. */
const batchSize = 5_000;

/** Skills of public schemes that a text mentions, best first, then skills that stored credentials state by just these words, each once. */
export async function mentionsIn(sources: Sources, text: string): Promise<TextMention[]> {
  const { labels, skillsIn } = sources;
  const known = await Promise.all(
    skillsIn.in(text).map(async ({ key, label, ...place }): Promise<TextMention> => {
      const keys = [...new Set([key, ...(await labels.values('skill', label))])];
      return { keys, label, ...place };
    }),
  );
  const isWithin = ({ start, end }: { start: number; end: number }): boolean =>
    known.some((other) => other.start <= start && end <= other.end && other.end - other.start > end - start);
  const stated = (await statedIn(sources, text)).filter((mention) => !isWithin(mention));
  return [...known, ...stated];
}

/** Names in use that stand in the text word for word, the longest from the left, without overlap. */
async function statedIn({ labels }: Sources, text: string): Promise<TextMention[]> {
  const words = wordsOf(text);
  const phrases = words.flatMap((_, at) =>
    Array.from({ length: Math.min(longestName, words.length - at) }, (_each, more) => {
      const [start, end] = [words[at]!.start, words[at + more]!.end];
      return { at, length: more + 1, start, end, name: fold(text.slice(start, end)) };
    }).filter(({ name, length }) => length > 1 || (name.length >= shortestName && !functionWords.has(name))),
  );
  const values = await valuesOf(labels, [...new Set(phrases.map(({ name }) => name))]);
  const found: TextMention[] = [];
  let free = 0;
  for (const [, own] of Map.groupBy(phrases, ({ at }) => at)) {
    const longest = own.findLast(({ name, at }) => at >= free && values.has(name));
    if (!longest) continue;
    free = longest.at + longest.length;
    const { start, end, name } = longest;
    const keys = values.get(name)!;
    const label = (await labels.labels('skill', keys.slice(0, 1))).get(keys[0]!) ?? text.slice(start, end);
    found.push({ keys, label, start, end, score: 1 });
  }
  return found;
}

async function valuesOf(labels: LabelReader, names: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let at = 0; at < names.length; at += batchSize)
    for (const [name, values] of await labels.valuesOfNames('skill', names.slice(at, at + batchSize)))
      found.set(name, values);
  return found;
}
