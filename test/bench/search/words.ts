import { Dice } from '../Dice.ts';

const onsets = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'w',
  'br',
  'cl',
  'dr',
  'gr',
  'pl',
];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io'];
const endings = ['', '', 'n', 'r', 's', 't', 'l', 'm', 'ng', 'ck'];

/** So many different words of two to four syllables, the same every time. */
export function inventedWords(count: number, seed: number): string[] {
  const dice = new Dice(seed);
  const words = new Set<string>();
  while (words.size < count) {
    const syllables = Array.from({ length: 2 + dice.below(3) }, () => `${dice.one(onsets)}${dice.one(vowels)}`);
    words.add(syllables.join('') + dice.one(endings));
  }
  return [...words];
}
