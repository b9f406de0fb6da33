import { type Credential, tiedRecord } from '@credatlas/model';
import { type Amount, hasNumber, inSemesterHours } from './amounts.ts';
import { isCrediting } from './edgeStatements.ts';
import { credits } from './Statement.ts';
import { StepFinder, type StepReader } from './StepFinder.ts';
import type { Step } from './steps.ts';

/**
 * Steps by which a credential counts elsewhere for credit and that hold on the day, one to each other end: transfer values, agreements
 * and advanced standing, as `findPathways` judges them. What it is required for, part of, or prepares for gives none.
 */
export async function creditingSteps(
  given: { credentials: StepReader; on: number },
  credential: Credential,
): Promise<{ steps: Step[]; isCut: boolean }> {
  if (!credential.edges.some(isCrediting)) return { steps: [], isCut: false };
  const finder = new StepFinder(given);
  const around = await finder.around(finder.start(tiedRecord(credential)), 'out');
  const steps = around.flatMap((ways) => ways.find(({ kind, best }) => credits(kind) && best.verdict !== 'miss') ?? []);
  return { steps, isCut: finder.isCut };
}

/** What the deciding statement gives in semester hours, at least; undefined where that is not stated. */
export function leastHours({ best }: Step): number | undefined {
  const [amount] = best.credit;
  return amount && inSemesterHours(amount)?.min;
}

/** What is credited, where it is stated in any way. */
export function creditOf({ best }: Step): Amount | undefined {
  return best.credit.find(hasNumber) ?? best.credit[0];
}
