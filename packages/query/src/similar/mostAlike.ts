import type { Credential, Skill, Summary } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import type { QueryContext } from '../dependencies.ts';
import { type Likened, type Likeness, likenessTo } from './likeness.ts';
import { sharingField } from './sharingField.ts';

/** Below this two credentials have nothing in common that a person would call alike. */
const leastLikeness = 0.2;
/** Records read at once, after those that the page has room for. */
const batchSize = 10;

export interface Alike extends Likeness {
  other: Credential;
}

/** What is known of one that has not been read; without an outline it has to be. */
interface Candidate {
  id: string;
  outline: Likened | undefined;
  /** How alike it is at most. */
  most: number;
}

/**
 * The `size` most alike of the ids, then by id, and how many of the ids are there. A summary tells all that is compared but the field,
 * and the index who has none in common: what could not come among them even if a field in common were the same is not read in full.
 * `on`: milliseconds.
 */
export async function mostAlike(
  context: Pick<QueryContext, 'credentials' | 'engine' | 'labels'>,
  ids: string[],
  { own, size, on }: { own: Credential; size: number; on: number },
): Promise<{ found: Alike[]; looked: number }> {
  const { credentials } = context;
  const likeness = likenessTo(own);
  const outlines = (await credentials.preparedSummaries(ids, on)).map(outlineOf);
  const looked = new Set(ids.filter((_, at) => outlines[at] !== undefined));
  let found: Alike[] = [];
  const isWanted = ({ most }: Candidate): boolean => most >= (found[size - 1]?.score ?? leastLikeness);
  const ranked = (candidates: readonly Candidate[]): Candidate[] =>
    candidates.filter(isWanted).sort((a, b) => b.most - a.most);
  const read = async (candidates: readonly Candidate[]): Promise<void> => {
    const batch = await credentials.credentials(candidates.map(({ id }) => id));
    for (const id of batch.keys()) looked.add(id);
    const alike = [...batch.values()].map((other) => ({ other, ...likeness(other) }));
    found = [...found, ...alike.filter(({ score }) => score >= leastLikeness)]
      .sort((a, b) => b.score - a.score || compareUtf8(a.other.id, b.other.id))
      .slice(0, size);
  };
  const all = ranked(
    ids.map((id, at): Candidate => {
      const outline = outlines[at];
      return { id, outline, most: outline ? likeness(outline).score : 1 };
    }),
  );
  await read(all.slice(0, size));
  const others = all.slice(size).filter(isWanted);
  const sharing = await sharingField(
    context,
    own,
    others.map(({ id }) => id),
  );
  const told = others.map((each) =>
    each.outline && !sharing.has(each.id) ? { ...each, most: likeness({ ...each.outline, ...noField }).score } : each,
  );
  for (let left = ranked(told); left.length > 0; left = left.slice(batchSize).filter(isWanted))
    await read(left.slice(0, batchSize));
  return { found, looked: looked.size };
}

const noField = { programs: [], occupations: [], subjects: [] };

function outlineOf(summary: string | undefined): Likened | undefined {
  if (summary === undefined) return undefined;
  const { name, provider, level, family, skills } = JSON.parse(summary) as Summary;
  return { nameText: name, provider, educationRank: level.rank ?? 0, family, skills: skills as Skill[] };
}
