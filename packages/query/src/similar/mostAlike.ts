import type { Credential, Skill, Summary } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { QueryContext } from '../dependencies.ts';
import { type Likened, type Likeness, likenessTo } from './likeness.ts';

/** Below this two credentials have nothing in common that a person would call alike. */
const leastLikeness = 0.2;
/** Records read at once: most pages are full after some fifty. */
const batchSize = 10;

export interface Alike extends Likeness {
  other: Credential;
}

/**
 * The `size` most alike of the ids, then by id, and how many of the ids are there. A summary tells all that is compared but the field:
 * what could not come among them even if the field were the same is not read in full. `on`: milliseconds.
 */
export async function mostAlike(
  { credentials }: Pick<QueryContext, 'credentials'>,
  ids: string[],
  { own, size, on }: { own: Credential; size: number; on: number },
): Promise<{ found: Alike[]; looked: number }> {
  const likeness = likenessTo(own);
  const summaries = await credentials.preparedSummaries(ids, on);
  const ranked = ids
    .map((id, at) => ({ id, most: mostOf(summaries[at], likeness) }))
    .filter(({ most }) => most >= leastLikeness)
    .sort((a, b) => b.most - a.most);
  const looked = new Set(ids.filter((_, at) => summaries[at] !== undefined));
  let found: Alike[] = [];
  for (let from = 0; from < ranked.length; from += batchSize) {
    const last = found[size - 1];
    if (last && ranked[from]!.most < last.score) break;
    const batch = await credentials.credentials(ranked.slice(from, from + batchSize).map(({ id }) => id));
    for (const id of batch.keys()) looked.add(id);
    const alike = [...batch.values()].map((other) => ({ other, ...likeness(other) }));
    found = [...found, ...alike.filter(({ score }) => score >= leastLikeness)]
      .sort((a, b) => b.score - a.score || compareUtf8(a.other.id, b.other.id))
      .slice(0, size);
  }
  return { found, looked: looked.size };
}

/** What it comes to at most, by its summary; without one it has to be read. */
function mostOf(summary: string | undefined, likeness: (other: Likened) => Likeness): number {
  return summary === undefined ? 1 : likeness(outlineOf(JSON.parse(summary) as Summary)).score;
}

function outlineOf({ name, provider, level, family, skills }: Summary): Likened {
  return { nameText: name, provider, educationRank: level.rank ?? 0, family, skills: skills as Skill[] };
}
