import { wordsOf } from '@credatlas/skills';
import { matchedPlaces, type Wanted } from './matchedPlaces.ts';

/** Characters shown of a long text, and before its first match. */
const longest = 240;
const before = 60;

/** The text, or the part of it around the first match, with half-open ranges of UTF-16 units that matched in it. */
export function highlightOf(text: string, wanted: Wanted): { text: string; marks: [start: number, end: number][] } {
  const words = wordsOf(text);
  const tokens = words.flatMap((word) => word.tokens.map((token) => ({ token, word })));
  const places = matchedPlaces(
    tokens.map(({ token }) => token),
    wanted,
  );
  const found = [...new Set([...places].sort((a, b) => a - b).map((place) => tokens[place]!.word))];
  const from = text.length <= longest ? 0 : startOf(words, (found[0]?.start ?? 0) - before);
  const shown = text.slice(from, from + longest);
  const marks = found
    .filter(({ end }) => end <= from + longest)
    .map(({ start, end }): [number, number] => [start - from, end - from]);
  return { text: shown.trimEnd(), marks };
}

/** A part begins with a word. */
function startOf(words: readonly { start: number }[], at: number): number {
  return at <= 0 ? 0 : (words.find(({ start }) => start >= at)?.start ?? 0);
}
