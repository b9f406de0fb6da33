import { kindOf } from '@credatlas/ctdl';
import type { Credential, Edge, SearchableCurrency } from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';
import { comparedSkills } from './comparedSkills.ts';
import { comparisonRows, type MissingValue } from './comparisonRows.ts';
import type { QueryContext } from './dependencies.ts';
import { dominatedOnes } from './dominance.ts';
import { findCredential } from './findCredential.ts';
import { judgementOf, vettedJudgement } from './judgement.ts';
import { listItems, parameterFault } from './parameterFault.ts';
import type { Comparison } from './schemas.ts';
import { summaryOf } from './summaryOf.ts';

/** More do not fit side by side. */
const maxCompared = 10;

/**
 * Credentials side by side, a row per measure; a missing value is null, and `missing` says why. Throws InvalidInputError for fewer than
 * two or more than ten, NotFoundError or WithdrawnError for one that is not there.
 */
export async function compareCredentials(
  given: Pick<QueryContext, 'credentials' | 'clock' | 'staleAfterMonths' | 'lists'>,
  {
    ids,
    currency,
    ...asked
  }: { ids: string; currency: SearchableCurrency; on?: string; context?: string; issuerList?: string },
): Promise<Comparison> {
  const plain = judgementOf(asked, { now: given.clock.now(), staleAfterMonths: given.staleAfterMonths });
  const judgement = await vettedJudgement(plain, { lists: given.lists, name: asked.issuerList });
  const credentials = await comparedOnes(given, ids);
  const { rows, missing } = comparisonRows(credentials, currency);
  return {
    credentials: credentials.map((credential) => summaryOf(credential, { currency, judgement })),
    rows: rows.map((row) => ({ ...row, note: noteOf(missing, row.field, credentials) })),
    skills: comparedSkills(credentials),
    pathways: pathways(credentials),
    dominated: dominatedOnes(credentials, currency),
    missing,
  };
}

async function comparedOnes(given: { credentials: CredentialReader }, ids: string): Promise<Credential[]> {
  const identities = listItems(ids).map(({ text }) => text);
  if (identities.length < 2 || identities.length > maxCompared) throw refused(`It names ${identities.length}.`);
  const found = new Map<string, Credential>();
  for (const identity of identities) {
    const credential = await findCredential(given, identity, 'ids');
    if (found.has(credential.id)) throw refused(`"${identity}" is there already, as ${credential.id}.`);
    found.set(credential.id, credential);
  }
  return [...found.values()];
}

function refused(detail: string): Error {
  return parameterFault('invalid_parameter', {
    parameter: 'ids',
    detail: `Two to ${maxCompared} different credentials are compared. ${detail}`,
    suggestion: 'ids=a,b',
  });
}

function noteOf(missing: MissingValue[], field: string, credentials: Credential[]): string | null {
  const notes = missing
    .filter((each) => each.field === field)
    .map(({ id, reason }) => `${credentials.find((each) => each.id === id)?.nameText ?? id}: ${reason}`);
  return notes.length > 0 ? `${notes.join('; ')}.` : null;
}

/** The two names of one relation: read from where it leads out of, and from where it leads into. */
const halves: Readonly<Record<string, string>> = {
  preparationFrom: 'isPreparationFor',
  advancedStandingFrom: 'isAdvancedStandingFor',
  requires: 'isRequiredFor',
  recommends: 'isRecommendedFor',
  hasPart: 'isPartOf',
  transferValueFrom: 'transferValueFor',
};

/**
 * Edges to other credentials, the compared ones among them, each once though both ends know it; edges to courses and assessments are
 * parts, not pathways.
 */
function pathways(credentials: Credential[]): Comparison['pathways'] {
  const all = credentials.flatMap(({ id, edges }) =>
    edges.flatMap((edge) => {
      const compared = credentials.find((other) => isTarget(edge, other));
      if (!compared && !leadsToCredential(edge)) return [];
      const { relation, target, credit = [], start, end } = edge;
      const dates = { ...(start ? { start } : {}), ...(end ? { end } : {}) };
      return [{ from: id, relation, to: target, isCompared: compared !== undefined, credit, ...dates }];
    }),
  );
  const outwards = new Set(all.map(({ from, relation, to }) => `${from} ${relation} ${to.id}`));
  return all.filter(({ from, relation, to }) => !outwards.has(`${to.id} ${halves[relation]} ${from}`));
}

function isTarget({ target }: Edge, { id, uri }: Credential): boolean {
  return target.id === id || target.uri === uri;
}

/** What was not found and has no type may be one. */
function leadsToCredential({ target }: Edge): boolean {
  return target.types?.length ? kindOf(target.types) === 'credential' : !target.resolved;
}
