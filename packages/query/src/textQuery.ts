import { evidence, type TextQuery, type TextUnit } from '@credatlas/model';
import type { Vocabulary } from '@credatlas/ports';
import { stem, tokensOf } from '@credatlas/skills';

/** Variants of one token at most (reference §4); more is a warning. */
const maxVariants = 64;
/** Units of one query: beyond, nobody typed it. */
const maxUnits = 64;

/** Words and quoted phrases of `q`; undefined when it holds no word. */
export function textUnits(q: string | undefined): { units: TextUnit[]; isCut: boolean } | undefined {
  const parts = [...(q ?? '').matchAll(/"([^"]*)"|[^"]+/g)];
  const units = parts.flatMap((part): TextUnit[] => {
    const tokens = tokensOf(part[1] ?? part[0]);
    if (part[1] !== undefined) return tokens.length > 0 ? [{ tokens, phrase: true, variants: [] }] : [];
    return tokens.map((token) => ({ tokens: [token], phrase: false, variants: [] }));
  });
  return units.length > 0 ? { units: units.slice(0, maxUnits), isCut: units.length > maxUnits } : undefined;
}

/** The query for a mode; expanded mode adds the vocabulary's terms of the same stem. */
export async function textQuery(
  units: TextUnit[],
  given: { mode: TextQuery['mode']; vocabulary: Vocabulary; warn(message: string): void },
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
  given: { vocabulary: Vocabulary; warn(message: string): void },
): Promise<TextUnit['variants']> {
  const { terms, truncated } = await given.vocabulary.sharingStem(stem(token), maxVariants);
  if (truncated)
    given.warn(`"${token}" has more than ${maxVariants} variants; the most frequent ${maxVariants} are used.`);
  return terms.filter((term) => term !== token).map((term) => ({ token: term, evidence: evidence.stem }));
}
