import { type Clause, NotFoundError, type Organization, type SearchableCurrency } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { judgementOf } from '../judgement.ts';
import { listItems, parameterFault } from '../parameterFault.ts';
import { Warnings } from '../Warnings.ts';
import { askedQuestions } from './askedQuestions.ts';
import { brokenReferences } from './brokenReferences.ts';
import { duplicates } from './duplicates.ts';
import { freshness } from './freshness.ts';
import { missingFields } from './missingFields.ts';
import { ownRecords } from './ownRecords.ts';
import { peerMeasures } from './peerMeasures.ts';
import { peerSkills } from './peerSkills.ts';
import type { ReportContext } from './ReportContext.ts';
import type { ProviderReport } from './schemas.ts';

/** A group to compare with, not the market. */
const maxPeers = 20;

/**
 * What a provider should know about its own records: how many of which kind, stale, broken, incomplete (and what that costs), published
 * by others too, and where it stands among the peers it names. Throws NotFoundError for an organization that is not here, InvalidInputError
 * for parameters that cannot be read.
 */
export async function providerReport(
  context: QueryContext,
  identity: string,
  given: { peers?: string | undefined; currency: SearchableCurrency; on?: string | undefined },
): Promise<ProviderReport> {
  const judgement = judgementOf(
    { on: given.on },
    { now: context.clock.now(), staleAfterMonths: context.staleAfterMonths },
  );
  const organization = await organizationOf(context, identity);
  const peers = await peersOf(context, given.peers, organization);
  const isOwn = ownClause(organization);
  const isPeers: Clause = { op: 'or', clauses: peers.map(ownClause) };
  const report: ReportContext = {
    ...context,
    organization,
    peers,
    own: [{ clause: isOwn }],
    ofPeers: [{ clause: isPeers }, { clause: { op: 'not', clause: isOwn } }],
    judgement,
    currency: given.currency,
    warnings: new Warnings(),
  };
  const records = await ownRecords(report);
  const missing = await missingFields(report);
  const asked = await askedQuestions(report, missing);
  const broken = await brokenReferences(report, records.resources);
  const copies = await duplicates(report);
  return {
    meta: {
      on: judgement.day,
      currency: given.currency,
      snapshot: (await context.engine.info()).seq,
      truncated: records.truncated || copies.truncated,
      warnings: report.warnings.list(),
    },
    organization: { ...named(organization), ctid: organization.ctid ?? null, source: organization.source },
    peers: await counted(report),
    records: records.shown,
    freshness: await freshness(report),
    brokenReferences: broken,
    missing: asked.missing,
    asked: asked.shown,
    duplicates: copies.shown,
    ...(await peerMeasures(report)),
    skills: await peerSkills(report),
  };
}

/** What it owns or offers at the source of its own record; copies elsewhere are told as duplicates. */
function ownClause({ id, source }: Organization): Clause {
  return {
    op: 'and',
    clauses: [
      { op: 'any', field: 'provider', values: [id] },
      { op: 'any', field: 'source', values: [source] },
    ],
  };
}

async function organizationOf(
  { credentials }: QueryContext,
  identity: string,
  parameter?: string,
): Promise<Organization> {
  const organization = await credentials.organization(identity);
  if (organization) return organization;
  const detail = `There is no organization "${identity.slice(0, 200)}". Use its CTID, its IRI or the id of a list.`;
  const faults = parameter ? [{ code: 'unknown_organization', parameter, detail }] : [];
  throw new NotFoundError('unknown_organization', detail, { faults });
}

async function peersOf(context: QueryContext, text: string | undefined, own: Organization): Promise<Organization[]> {
  const items = listItems(text);
  if (items.length > maxPeers)
    throw parameterFault('invalid_parameter', {
      parameter: 'peers',
      detail: `A report compares with at most ${maxPeers} peers; it names ${items.length}.`,
    });
  const found = new Map<string, Organization>();
  for (const { text: identity } of items) {
    const peer = await organizationOf(context, identity, 'peers');
    if (peer.id !== own.id) found.set(peer.id, peer);
  }
  return [...found.values()];
}

function named({ id, nameText }: Organization): { id: string; name: string | null } {
  return { id, name: nameText || null };
}

async function counted({ engine, peers }: ReportContext): Promise<ProviderReport['peers']> {
  const shown: ProviderReport['peers'] = [];
  for (const peer of peers) {
    shown.push({ ...named(peer), credentials: await engine.count({ filter: [{ clause: ownClause(peer) }] }) });
  }
  return shown;
}
