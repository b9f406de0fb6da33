import { evidence, type TextQuery, type TextUnit } from '@credatlas/model';
import type { Vocabulary } from '@credatlas/ports';
import { stem, tokensOf } from '@credatlas/skills';
import { parameterFault } from './parameterFault.ts';
import type { Warnings } from './Warnings.ts';

/** Variants of one token at most (interface §4); more is a warning. */
const maxVariants = 64;
/** Words and phrases of one query: beyond, nobody typed it. */
const maxUnits = 64;

/**
 * Words and quoted phrases of `q`; undefined when it is blank. Throws InvalidInputError `empty_query` when it holds neither letter nor
 * digit: everything would be no answer to it, and nothing neither.
 */
export function textUnits(q: string | undefined, warnings: Warnings): TextUnit[] | undefined {
  if (q === undefined || q.trim() === '') return undefined;
  const units = [...q.matchAll(/"([^"]*)("?)|[^"]+/g)].flatMap(([text, quoted, end]): TextUnit[] => {
    if (end === '') warnings.add('A quote is never closed; the phrase is taken to go on to the end.');
    const tokens = tokensOf(quoted ?? text);
    if (quoted !== undefined && tokens.length > 0) return [{ tokens, phrase: true, variants: [] }];
    return tokens.map((token) => ({ tokens: [token], phrase: false, variants: [] }));
  });
  if (units.length === 0)
    throw parameterFault('empty_query', { parameter: 'q', detail: 'It holds no letter and no digit to look for.' });
  if (units.length > maxUnits) warnings.add(`The text has more than ${maxUnits} words; the first ${maxUnits} count.`);
  return units.slice(0, maxUnits);
}

/** The query for a mode; expanded mode adds the vocabulary's terms of the same stem. */
export async function textQuery(
  units: TextUnit[],
  given: { mode: TextQuery['mode']; vocabulary: Vocabulary; warnings: Warnings },
): Promise<TextQuery> {
  if (given.mode === 'strict') return { units, mode: 'strict' };
  const expanded: TextUnit[] = [];
  for (const unit of units) {
    if (unit.phrase) expanded.push(unit);
    else expanded.push({ ...unit, variants: await variantsOf(unit.tokens[0] ?? '', given) });
  }
  return { units: expanded, mode: 'expanded' };
}

async function variantsOf(
  token: string,
  { vocabulary, warnings }: { vocabulary: Vocabulary; warnings: Warnings },
): Promise<TextUnit['variants']> {
  const { terms, truncated } = await vocabulary.sharingStem(stem(token), maxVariants);
  if (truncated)
    warnings.add(`"${token}" has more than ${maxVariants} variants; the most frequent ${maxVariants} are used.`);
  return terms.filter((term) => term !== token).map((term) => ({ token: term, evidence: evidence.stem }));
}
