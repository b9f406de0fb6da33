import type { Credential, SearchableCurrency } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { judgementOf, vettedJudgement } from '../judgement.ts';
import { summaryOf } from '../summaryOf.ts';
import { comparedOnes } from './comparedOnes.ts';
import { comparedPathways, sharedNext } from './comparedPathways.ts';
import { comparedSkills } from './comparedSkills.ts';
import { comparisonRows, type MissingValue } from './comparisonRows.ts';
import { dominanceMeasures, dominatedOnes } from './dominance.ts';
import { judgedMeasures } from './judgedMeasures.ts';
import type { Comparison } from './schemas.ts';
import { versionChanges } from './versionChanges.ts';

interface ComparisonQuestion {
  ids: string;
  currency: SearchableCurrency;
  on?: string;
  context?: string;
  issuerList?: string;
  /** By which one makes another needless. */
  measures?: string;
}

/**
 * Credentials, or versions of one, side by side, a row per measure; a missing value is null, and `missing` says why. Throws
 * InvalidInputError for fewer than two, more than twenty or an unknown measure, NotFoundError or WithdrawnError for what is not there.
 */
export async function compareCredentials(
  given: Pick<QueryContext, 'credentials' | 'history' | 'clock' | 'staleAfterMonths' | 'lists'>,
  { ids, currency, measures, ...asked }: ComparisonQuestion,
): Promise<Comparison> {
  const plain = judgementOf(asked, { now: given.clock.now(), staleAfterMonths: given.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: given.lists, name: asked.issuerList });
  const dominating = dominanceMeasures(measures);
  const compared = await comparedOnes(given, ids);
  const credentials = compared.map(({ credential }) => credential);
  const { rows, missing } = comparisonRows(credentials, currency, judgedMeasures(judgement));
  return {
    on: judgement.day,
    credentials: credentials.map((credential) => summaryOf(credential, { currency, judgement })),
    rows: rows.map((row) => ({ ...row, note: noteOf(missing, row.field, credentials) })),
    skills: comparedSkills(credentials),
    pathways: comparedPathways(credentials),
    next: sharedNext(credentials),
    dominated: dominatedOnes(credentials, dominating, { currency, judgement }),
    changes: versionChanges(compared),
    missing,
  };
}

function noteOf(missing: MissingValue[], field: string, credentials: Credential[]): string | null {
  const notes = missing
    .filter((each) => each.field === field)
    .map(({ id, reason }) => `${credentials.find((each) => each.id === id)?.nameText ?? id}: ${reason}`);
  return notes.length > 0 ? `${notes.join('; ')}.` : null;
}
