import type { TaggedClause, TextUnit } from '@credatlas/model';
import { hasTypos } from '@credatlas/skills';
import type { QueryContext } from './dependencies.ts';
import { quoted } from './filterSyntax.ts';

/** Fewer finds than this are taken for a slip, if another spelling has more. */
const few = 3;
/** Words of a query that are corrected, and spellings of each that are tried. */
const maxWords = 8;
const maxSpellings = 3;

/** The same words, spelled as credentials spell them, and how many those find: where a query found few and they find more. */
export interface Correction {
  q: string;
  total: number;
}

/** Words are corrected one after the other, each by the spelling that finds most within the filter; quoted ones stay. */
export async function didYouMean(
  { engine, vocabulary }: QueryContext,
  units: readonly TextUnit[] | undefined,
  { filter, total }: { filter: TaggedClause[]; total: number },
): Promise<Correction | null> {
  if (!units || total >= few) return null;
  let best = { units: [...units], total };
  for (const [at, { tokens, phrase }] of units.slice(0, maxWords).entries()) {
    const [token = ''] = tokens;
    if (phrase || !hasTypos(token)) continue;
    const { terms } = await vocabulary.termsLike({ typo: token }, maxSpellings);
    for (const term of terms) {
      const other = best.units.with(at, { tokens: [term], phrase, variants: [] });
      const found = await engine.count({ text: { units: other, mode: 'strict' }, filter });
      if (found > best.total || (best.total === 0 && (await knows(engine, term)) && !(await knows(engine, token))))
        best = { units: other, total: found };
    }
  }
  return best.total > total ? { q: best.units.map(written).join(' '), total: best.total } : null;
}

/** Two slips in one query are mended one at a time, and the first alone finds nothing yet. */
async function knows(engine: QueryContext['engine'], token: string): Promise<boolean> {
  const units = [{ tokens: [token], phrase: false, variants: [] }];
  return (await engine.count({ text: { units, mode: 'strict' }, filter: [] })) > 0;
}

function written({ tokens, phrase }: TextUnit): string {
  return phrase ? quoted(tokens.join(' ')) : tokens.join(' ');
}
