import type { Json, JsonObject } from './Tool.ts';
import type { Cut } from './toolSchemas.ts';

/** Characters of an answer: about 10,000 tokens, beyond which agents' clients warn, or cut without saying where. */
export const maxCharacters = 40_000;
/** An object with more entries than any schema of ours has fields maps names to values, and may lose some. */
const mostFields = 200;

/** A list, or a map, that may be shortened. */
interface Shortable {
  at: string;
  length: number;
  characters: number;
  keep(count: number): void;
}

/** How many characters an answer has too many. */
export function excessOf(value: JsonObject, cut: Cut): number {
  return JSON.stringify({ ...value, cut }).length - maxCharacters;
}

/**
 * The answer with its longest lists shortened, each to at least its first item, and with what was cut said in `cut`. Changes what it
 * is given. Undefined when that does not make it short enough.
 */
export function shortened(value: JsonObject, cut: Cut): JsonObject | undefined {
  for (;;) {
    const excess = excessOf(value, cut);
    if (excess <= 0) return { ...value, cut };
    const [longest] = shortablesIn(value, '').sort((a, b) => b.characters - a.characters);
    if (!longest) return undefined;
    const { at, length, characters } = longest;
    const shown = Math.max(1, Math.min(length - 1, Math.floor(length * (1 - excess / characters))));
    longest.keep(shown);
    const before = cut.find((each) => each.at === at);
    if (before) before.shown = shown;
    else cut.push({ at, shown, of: length });
  }
}

/** The outermost lists of more than one item. */
function shortablesIn(value: Json, at: string): Shortable[] {
  if (value === null || typeof value !== 'object') return [];
  const entries = Object.entries(value);
  const isList = Array.isArray(value) ? entries.length > 1 : entries.length > mostFields;
  if (!isList) return entries.flatMap(([name, inner]) => shortablesIn(inner, `${at}/${escaped(name)}`));
  const keep = (count: number): void => {
    if (Array.isArray(value)) value.length = count;
    else for (const [name] of entries.slice(count)) delete value[name];
  };
  return [{ at, length: entries.length, characters: JSON.stringify(value).length, keep }];
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
