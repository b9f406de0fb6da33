import { evidence, type TextQuery, type TextUnit } from '@credatlas/model';
import type { Vocabulary, WantedTerms } from '@credatlas/ports';
import { stem, tokensOf } from '@credatlas/skills';
import { type NameSources, withNamedSkills } from './namedSpans.ts';
import { parameterFault } from './parameterFault.ts';
import type { Warnings } from './Warnings.ts';

/** Variants of one token at most (interface §4); more is a warning. */
const maxVariants = 64;
/** Characters from which the last word is taken for a beginning. */
const fromLength = 3;
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

/**
 * The query for a mode. Expanded mode adds the vocabulary's terms of the same stem, those that the last word begins, those that a word may
 * be a slip of, and what else a skill is called that the words name.
 */
export async function textQuery(
  units: TextUnit[],
  given: NameSources & { mode: TextQuery['mode']; vocabulary: Vocabulary; warnings: Warnings },
): Promise<TextQuery> {
  const { mode, vocabulary, warnings } = given;
  if (mode === 'strict') return { units, mode };
  const named = await withNamedSkills(units, given, warnings);
  const expanded: TextUnit[] = [];
  for (const unit of named) {
    const isLast = unit === named.at(-1);
    expanded.push(
      await withVariants(unit, {
        vocabulary,
        warnings,
        wanted: (token, at) => ({
          stem: stem(token),
          ...(isLast && at === unit.tokens.length - 1 && [...token].length >= fromLength ? { prefix: token } : {}),
          typo: token,
        }),
      }),
    );
  }
  return { units: expanded, mode };
}

/** Words and others of the same stem, and nothing else that they might mean. */
export async function stemQuery(units: TextUnit[], given: Omit<Expansion, 'wanted'>): Promise<TextQuery> {
  const expanded: TextUnit[] = [];
  for (const unit of units)
    expanded.push(await withVariants(unit, { ...given, wanted: (token) => ({ stem: stem(token) }) }));
  return { units: expanded, mode: 'expanded' };
}

interface Expansion {
  vocabulary: Vocabulary;
  warnings: Warnings;
  wanted(token: string, at: number): WantedTerms;
}

/** Quoted text is not expanded. */
async function withVariants(unit: TextUnit, { vocabulary, warnings, wanted }: Expansion): Promise<TextUnit> {
  if (unit.phrase) return unit;
  const variants: TextUnit['variants'] = [];
  for (const [at, token] of unit.tokens.entries()) {
    const { terms, truncated } = await vocabulary.termsLike(wanted(token, at), maxVariants);
    if (truncated)
      warnings.add(`"${token}" has more than ${maxVariants} variants; the most frequent ${maxVariants} are used.`);
    const own = stem(token);
    for (const term of terms)
      if (term !== token)
        variants.push({
          token: term,
          evidence: stem(term) === own ? evidence.stem : evidence.near,
          ...(at === 0 ? {} : { at }),
        });
  }
  return { ...unit, variants };
}
