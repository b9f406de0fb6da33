import { createHash } from 'node:crypto';
import type { SearchHit, TaggedClause, TextQuery } from '@credatlas/model';
import type { QueryContext } from './dependencies.ts';
import { parameterFault } from './parameterFault.ts';

/** Numbers that records are drawn by (`lot`) lie below this. */
const lots = 2 ** 32;
/** Records that a sample is drawn from: of more, so many that follow one another in the order of their lots, which is random itself. */
const stretch = 5_000;

/**
 * So many of the matching credentials, drawn at random: the first in an order that the seed makes. The same seed draws the same as long as
 * the same match; each is as likely as any other, to a hundredth where more than 5,000 match.
 */
export async function drawSample(
  { engine }: QueryContext,
  conditions: { text?: TextQuery; filter: TaggedClause[] },
  { size, seed }: { size: number; seed: number },
): Promise<SearchHit[]> {
  const start = drawn(seed, '');
  const found: SearchHit[] = [];
  for (const [gte, lt] of [
    [start, lots],
    [0, start],
  ] as const) {
    const within: TaggedClause = { clause: { op: 'range', field: 'lot', gte, lt } };
    const { hits } = await engine.search({
      ...conditions,
      filter: [...conditions.filter, within],
      facets: [],
      sort: [{ by: 'lot', descending: false }],
      size: stretch - found.length,
    });
    found.push(...hits);
    if (found.length >= stretch) break;
  }
  const order = new Map(found.map(({ id }) => [id, drawn(seed, id)]));
  return found.sort((a, b) => order.get(a.id)! - order.get(b.id)! || (a.id < b.id ? -1 : 1)).slice(0, size);
}

function drawn(seed: number, id: string): number {
  return createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE();
}

/** A sample has the order that it is drawn in, and no second page. Throws InvalidInputError `not_in_samples`. */
export function refuseOrder({ sort, after }: { sort?: string | undefined; after?: string | undefined }): void {
  for (const [parameter, value] of Object.entries({ sort, after }))
    if (value !== undefined)
      throw parameterFault('not_in_samples', {
        parameter,
        detail: 'A sample comes in the order it is drawn in and has one page.',
        suggestion: `Leave ${parameter} out, or sample.`,
      });
}
