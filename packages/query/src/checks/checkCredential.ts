import type { SearchableCurrency } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { judgementOf } from '../judgement.ts';
import { lifeChecks } from './lifeChecks.ts';
import { missingTopics } from './missingTopics.ts';
import { recognitionChecks } from './recognitionChecks.ts';
import { ownResource, recordChecks, referenceChecks, unstatedProperties, versionChecks } from './referenceChecks.ts';
import { type CheckFinding, type CheckList, checkNames, findingStates } from './schemas.ts';

/**
 * Whether a credential is what it seems on a day, and what its record leaves out. Throws NotFoundError or WithdrawnError, and
 * InvalidInputError `malformed_day`.
 */
export async function checkCredential(
  context: QueryContext,
  identity: string,
  { on, currency }: { on?: string | undefined; currency: SearchableCurrency },
): Promise<CheckList> {
  const judgement = judgementOf({ on }, { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths });
  const credential = await findCredential(context, identity);
  const own = await ownResource(context, credential);
  const found = [
    ...lifeChecks(credential, judgement),
    ...(await recognitionChecks(context, credential, judgement)),
    ...(await referenceChecks(context, own)),
    ...(await versionChecks(context, credential)),
    ...recordChecks(credential),
  ];
  const { id, ctid, nameText, provider, provenance, completeness } = credential;
  return {
    meta: { on: judgement.day, isSearched: credential.kind === 'credential', counts: countsOf(found) },
    credential: {
      id,
      ctid: ctid ?? null,
      name: nameText,
      provider: provider?.name ?? null,
      source: provenance.source,
      updatedAt: provenance.updatedAt,
      completeness: completeness.share,
    },
    checks: found.sort((a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check)),
    missing: await missingTopics(context, credential, { judgement, currency }),
    unstated: unstatedProperties(own),
  };
}

function countsOf(found: readonly CheckFinding[]): CheckList['meta']['counts'] {
  const counts = Object.fromEntries(findingStates.map((state) => [state, 0])) as CheckList['meta']['counts'];
  for (const { state } of found) counts[state]++;
  return counts;
}
