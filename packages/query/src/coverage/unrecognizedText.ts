import { wordsOf } from '@credatlas/skills';
import { functionWords } from './functionWords.ts';
import type { TextSkills } from './TextSkills.ts';

/** A part of a text in which no skill was recognised: half-open range of characters. */
export interface TextPart {
  text: string;
  start: number;
  end: number;
}

/**
 * Where one statement of a text ends and another begins: a line, a sentence, an item of a list, brackets, and between alternatives.
 * A point, colon or comma within a word or number ends nothing.
 */
const border = /[\n\r•;!?()[\]"“”–—|]|[.:,](?=\s|$)|(?<=\s)[-*](?=\s)|(?<=\s)(?:and|or|as well as)(?=\s)/giu;

/** The statements of a text, in their order, that name no skill and are more than function words. `mentions`: where skills are named. */
export function unrecognizedText(
  text: string,
  { mentions, skillsIn }: { mentions: readonly { start: number; end: number }[]; skillsIn: Pick<TextSkills, 'in'> },
): TextPart[] {
  const borders = [...text.matchAll(border)]
    .map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
    // A name may hold a border: sales and marketing.
    .filter(({ start, end }) => !mentions.some((mention) => mention.start < start && end < mention.end));
  const starts = [0, ...borders.map(({ end }) => end)];
  const ends = [...borders.map(({ start }) => start), text.length];
  return (
    starts
      .map((start, at) => ({ start, end: ends[at]! }))
      .filter((part) => !mentions.some(({ start, end }) => start < part.end && part.start < end))
      .flatMap(({ start, end }) => {
        const words = wordsOf(text.slice(start, end));
        if (words.every(({ tokens }) => tokens.every(saysNothing))) return [];
        const [first, last] = [words.find(isTelling)!, words.findLast(isTelling)!];
        const part = { start: start + first.start, end: start + last.end };
        return [{ text: text.slice(part.start, part.end), ...part }];
      })
      // What a text names again is recognised there, too.
      .filter((part) => skillsIn.in(part.text).length === 0)
  );
}

function isTelling({ tokens }: { tokens: string[] }): boolean {
  return !tokens.every((token) => functionWords.has(token));
}

function saysNothing(token: string): boolean {
  return functionWords.has(token) || !/\p{L}{2}|[+#]/u.test(token);
}
