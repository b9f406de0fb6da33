import type { CoverageCursor } from '@credatlas/model';
import { readCursor, writeCursor } from '../cursor.ts';
import type { QueryContext } from '../dependencies.ts';
import { parameterFault } from '../parameterFault.ts';
import { Warnings } from '../Warnings.ts';
import type { Coverage } from './schemas.ts';
import { askedSkills, conditionsIn, type SkillQuestion, withCovered, withSupply } from './skillQuestion.ts';

export interface CoverageQuestion extends SkillQuestion {
  min?: number | undefined;
  share?: number | undefined;
  size: number;
  after?: string | undefined;
}

/**
 * Credentials that cover at least `min` of the skills, or a share of them, within a filter: most covered first, then most assessed, then
 * most linked, then id. What is not recognized counts among the skills, and nothing covers it. Throws InvalidInputError naming the
 * parameter.
 */
export async function findCoverage(context: QueryContext, question: CoverageQuestion): Promise<Coverage> {
  const asked = await askedSkills(context, question);
  const { judgement, unrecognized, warnings, conditions } = asked;
  const n = asked.wanted.length;
  const min = leastOf(question, n);
  const { mode, size, after } = question;
  const pageOf = { ...question, size: undefined, after: undefined, on: judgement.day };
  const point = after ? { after: pointIn(after, pageOf) } : {};
  const answer = await context.engine.coverage({ ...conditions, min, size, ...point });
  const otherMode = mode === 'strict' ? 'expanded' : 'strict';
  // Its warnings would say the same twice.
  const otherwise = await conditionsIn(otherMode, context, { ...asked, warnings: new Warnings(0) });
  const other = await context.engine.coverage({ ...otherwise, min, size: 0 });
  const credentials = await context.credentials.credentials(answer.hits.map(({ id }) => id));
  return {
    meta: {
      total: answer.total,
      totals: { strict: 0, expanded: 0, [mode]: answer.total, [otherMode]: other.total },
      mode,
      n,
      min,
      size,
      on: judgement.day,
      snapshot: answer.seq,
      truncated: false,
      warnings: warnings.list(),
    },
    recognized: await withSupply(context, asked),
    unrecognized,
    unrecognizedText: asked.unrecognizedText,
    results: answer.hits.flatMap(({ id }) => {
      const credential = credentials.get(id);
      return credential ? [withCovered(credential, asked)] : [];
    }),
    next: answer.next ? writeCursor({ kind: 'keyset', values: answer.next.counts, id: answer.next.id }, pageOf) : null,
  };
}

/** A share is rounded up; one skill is enough unless more are asked for. */
function leastOf({ min, share }: CoverageQuestion, n: number): number {
  if (min !== undefined && share !== undefined)
    throw parameterFault('min_and_share', { parameter: 'share', detail: 'Give min or share, not both.' });
  const least = min ?? (share === undefined ? 1 : Math.ceil(share * n - 1e-9));
  if (least > n)
    throw parameterFault('min_too_large', { parameter: 'min', detail: `Only ${n} different skills are asked for.` });
  return Math.max(least, 1);
}

function pointIn(after: string, pageOf: unknown): CoverageCursor {
  const point = readCursor(after, pageOf);
  const counts = point.kind === 'keyset' ? point.values.map(Number) : [];
  const [covered = 0, assessed = 0, linked = 0] = counts;
  return { counts: [covered, assessed, linked], id: point.kind === 'keyset' ? point.id : '' };
}
