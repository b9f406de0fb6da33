import { isAscii } from './tokens.ts';

/** A part of a text, and where it begins there; plain when it is all ASCII. */
export interface Sentence {
  text: string;
  start: number;
  isPlain: boolean;
}

/** A label does not run across the end of a sentence, a line or an item of a list. */
export function sentencesIn(text: string): Sentence[] {
  // Names and most descriptions are one sentence.
  if (!anyEnd.test(text)) return text === '' ? [] : [{ text, start: 0, isPlain: isAscii(text) }];
  const found: Sentence[] = [];
  let [start, isPlain] = [0, true];
  for (let at = 0; at <= text.length; at++) {
    const character = text.charCodeAt(at);
    if (at < text.length && !isEnd(character)) {
      if (character > 127) isPlain = false;
      continue;
    }
    if (at > start) found.push({ text: text.slice(start, at), start, isPlain });
    [start, isPlain] = [at + 1, true];
  }
  return found;
}

/** One of `.;:!?`, a line break or a bullet. */
function isEnd(character: number): boolean {
  // Letters first: nearly all characters are.
  if (character > 63) return character === 0x2022;
  return ends.has(character);
}

const anyEnd = /[.;:!?\n\r\u2022]/;
const ends = new Set(Array.from('.;:!?\n\r', (each) => each.charCodeAt(0)));
