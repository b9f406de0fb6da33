import {
  type Clause,
  type Credential,
  covers,
  holdsForAll,
  issuersOf,
  type JudgedTier,
  type Listing,
  partyKey,
  type TierContext,
  type TierValue,
} from '@credatlas/model';
import type { KnownShortlist } from './KnownShortlists.ts';

/** The rule that a shortlist of issuers adds to the policy's. */
const vettedRule = 'issuer-on-shortlist';

type Contexts = readonly TierContext[];

/**
 * What being on the list is worth, as on the recognition list: `high` when it holds in the fields asked about, nothing when it does
 * not; where no field is asked about and the list is for some only, `contextual`.
 */
function worthOf({ scope }: KnownShortlist, contexts: Contexts): TierValue | undefined {
  if (holdsForAll(scope)) return 'high';
  if (contexts.length === 0) return 'contextual';
  return contexts.some((context) => covers(scope, context)) ? 'high' : undefined;
}

const order: readonly TierValue[] = ['high', 'contextual', 'limited', 'unknown'];

/** The condition for a tier when the list counts as evidence; `plain` is the condition without it. */
export function vettedClause(
  value: TierValue,
  { list, contexts, plain }: { list: KnownShortlist; contexts: Contexts; plain: (value: TierValue) => Clause },
): Clause {
  const worth = worthOf(list, contexts);
  if (!worth || order.indexOf(value) < order.indexOf(worth)) return plain(value);
  if (value !== worth) return { op: 'and', clauses: [plain(value), { op: 'not', clause: list.clause }] };
  const better = order.slice(0, order.indexOf(worth)).map(plain);
  const listed: Clause = {
    op: 'and',
    clauses: [list.clause, ...better.map((clause): Clause => ({ op: 'not', clause }))],
  };
  return { op: 'or', clauses: [plain(value), listed] };
}

/** The same for one credential: the tier, and the listing that decided it if the list did. */
export function vettedTier(
  judged: JudgedTier,
  { list, contexts, credential }: { list: KnownShortlist; contexts: Contexts; credential: Credential },
): JudgedTier {
  const worth = worthOf(list, contexts);
  const listing = listingOf(credential, list);
  if (!worth || !listing || order.indexOf(judged.value) <= order.indexOf(worth)) return judged;
  return { value: worth, rule: vettedRule, because: [], listing };
}

function listingOf(credential: Credential, { name, scope, entries }: KnownShortlist): Listing | undefined {
  for (const issuer of issuersOf(credential)) {
    const entry = entries.get(partyKey(issuer));
    if (entry)
      return {
        issuer: issuer.name ?? entry.name ?? partyKey(issuer),
        scope,
        why: entry.why ?? `on the shortlist ${name}`,
        source: entry.source ?? `shortlist ${name}`,
        date: entry.date ?? '',
      };
  }
  return undefined;
}
