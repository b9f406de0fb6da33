import { counted } from '@credatlas/model';
import { conditionsOf } from '../conditions.ts';
import type { QueryContext } from '../dependencies.ts';
import { parameterFault } from '../parameterFault.ts';
import type { CredentialList } from '../schemas.ts';
import { askedFor, type SearchParameters, searchCredentials } from '../searchCredentials.ts';
import { Warnings } from '../Warnings.ts';
import { type WantedState, wantedState } from './wantedState.ts';

/**
 * How many an earlier state of the store finds. Throws InvalidInputError `counts_only` where credentials, facets or a page are asked for,
 * and what `wantedState` throws.
 */
export async function totalsAsOf(
  context: QueryContext,
  { asOf, ...parameters }: SearchParameters & { asOf: string },
): Promise<CredentialList> {
  const { size, facets, after, unit = 'credential' } = parameters;
  if (size > 0 || facets || after)
    throw parameterFault('counts_only', {
      parameter: 'asOf',
      detail: 'Of an earlier state the search tells totals; /v1/market counts it by any dimensions.',
      suggestion: 'size=0',
    });
  const past = await wantedState(context, { asOf, unit });
  if (!past) return searchCredentials(context, parameters);
  try {
    return await totalsOf({ ...context, ...past.context }, past, parameters);
  } finally {
    await past.close();
  }
}

async function totalsOf(
  context: QueryContext,
  past: WantedState,
  parameters: SearchParameters,
): Promise<CredentialList> {
  const warnings = new Warnings();
  const asked = await askedFor(context, { ...parameters, on: parameters.on ?? past.day }, warnings);
  const { mode, unit, judgement } = asked;
  const totalIn = async (own: 'strict' | 'expanded'): Promise<number> => {
    const told = own === mode ? warnings : new Warnings(0);
    return context.engine.count(await conditionsOf(context, { ...asked, mode: own, warnings: told }));
  };
  const totals = { strict: await totalIn('strict'), expanded: await totalIn('expanded') };
  const total = totals[mode];
  if (past.lost.length > 0)
    warnings.add(
      `Of ${counted(past.lost.length, 'credential')} the version of then is no longer kept; they are not counted.`,
    );
  return {
    meta: {
      ...{ total, totals, unit, units: { credentials: total, clusters: total }, didYouMean: null, mode, size: 0 },
      ...{ on: judgement.day, snapshot: past.seq, truncated: false, warnings: warnings.list() },
    },
    results: [],
    facets: {},
    next: null,
    prev: null,
  };
}
