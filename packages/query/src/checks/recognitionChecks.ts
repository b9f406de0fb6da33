import { identityKey } from '@credatlas/ctdl';
import { type Credential, firstMoment, type Party, type Recognition } from '@credatlas/model';
import { isHeld } from '../compare/judgedMeasures.ts';
import type { QueryContext } from '../dependencies.ts';
import type { Judgement } from '../judgement.ts';
import { endsSoon } from './lifeChecks.ts';
import type { CheckFinding } from './schemas.ts';

/** What the side that recognizes says of others. */
const outgoing = ['accredits', 'approves', 'recognizes', 'regulates'];
const outgoingProperties = outgoing.map((name) => `ceterms:${name}`);

type Given = Pick<QueryContext, 'credentials' | 'graphs'>;

interface Claim extends Recognition {
  path: string;
}

/**
 * Recognition of the credential and of its provider, by role and agent: whether it holds on the day, and whether both sides say so. A
 * dated action is of the side that acts.
 */
export async function recognitionChecks(
  given: Given,
  credential: Credential,
  judgement: Judgement,
): Promise<CheckFinding[]> {
  const claims = credential.recognition.map((each, index): Claim => ({ ...each, path: `/recognition/${index}` }));
  if (claims.length === 0)
    return [
      {
        check: 'recognition',
        state: 'unknown',
        detail: 'No accreditation, approval or other recognition is stated.',
        paths: [],
      },
    ];
  const recognizers = await recognizersOf(given, credential);
  const groups = Map.groupBy(claims, ({ role, agent, subject }) => `${subject} ${role} ${agent ? keyOf(agent) : ''}`);
  const found: CheckFinding[] = [];
  for (const group of groups.values()) found.push(...periods(group, judgement), await sides(given, group, recognizers));
  return found;
}

function keyOf({ ctid, uri, name }: Party): string {
  return ctid ? `ctid:${ctid}` : (uri ?? name ?? '');
}

/** Identity keys of the organizations whose own records say that they recognize its provider. */
async function recognizersOf({ graphs }: Given, { provider, provenance }: Credential): Promise<Set<string>> {
  if (!provider?.uri) return new Set();
  const key = identityKey(provider.uri, provider.ctid);
  const referrers = await graphs.referrers(provenance.source, [key], outgoingProperties);
  return new Set(referrers.map((each) => each.key));
}

function periods(group: readonly Claim[], { on, day }: Judgement): CheckFinding[] {
  const dated = group.filter(({ start, end }) => start !== undefined || end !== undefined);
  const paths = dated.map(({ path }) => path);
  const found = (state: CheckFinding['state'], detail: string): CheckFinding[] => [
    { check: 'recognition', state, detail: `${nameOf(group[0]!)} ${detail}`, paths },
  ];
  if (dated.length === 0) return [];
  const held = dated.filter((claim) => isHeld(claim, on));
  const end = held
    .flatMap((claim) => claim.end ?? [])
    .sort()
    .at(-1);
  if (held.length > 0) {
    if (held.some((claim) => claim.end === undefined)) return found('ok', `holds on ${day}.`);
    return endsSoon(end!, on) ? found('warning', `ends on ${end}.`) : found('ok', `holds until ${end}.`);
  }
  const isToCome = dated.every(({ start }) => start !== undefined && (firstMoment(start) ?? on) > on);
  if (isToCome) return found('warning', `begins only on ${dated.map(({ start }) => start).sort()[0]}.`);
  const last = dated
    .flatMap((claim) => claim.end ?? [])
    .sort()
    .at(-1);
  const still = group.length > dated.length ? '; a statement without dates goes on all the same' : '';
  return found('problem', `has lapsed: it ended on ${last}${still}.`);
}

async function sides(
  { credentials }: Given,
  group: readonly Claim[],
  recognizers: ReadonlySet<string>,
): Promise<CheckFinding> {
  const [first] = group as [Claim, ...Claim[]];
  const { agent, subject } = first;
  const name = nameOf(first);
  const own = group.filter(({ property }) => isOwn(property));
  const isTheirs =
    own.length < group.length || (subject === 'provider' && agent !== undefined && recognizers.has(keyOf(agent)));
  const found = (state: CheckFinding['state'], detail: string): CheckFinding => ({
    check: 'recognition',
    state,
    detail,
    paths: group.map(({ path }) => path),
  });
  if (!agent) return found('unknown', `${name}: by whom is not stated.`);
  const agentName = agent.name ?? agent.uri ?? 'that agent';
  if (own.length > 0 && isTheirs) return found('ok', `${name}: both sides say so.`);
  if (own.length === 0) return found('note', `${name}: only ${agentName} says so, not the record itself.`);
  const isStored = agent.id !== undefined && (await credentials.organization(agent.id)) !== undefined;
  return isStored
    ? found('warning', `${name} is one-sided: the record of ${agentName} does not say so.`)
    : found('unknown', `${name}: no record of ${agentName} is stored, so that its side is not known.`);
}

/** `accreditedBy`, `accreditedIn`. */
function isOwn(property: string): boolean {
  return /(By|In)$/.test(property);
}

const nouns: Readonly<Record<Recognition['role'], string>> = {
  accredited: 'Accreditation',
  approved: 'Approval',
  recognized: 'Recognition',
  regulated: 'Regulation',
  registered: 'Registration',
};

function nameOf({ role, agent, subject }: Recognition): string {
  const by = agent ? ` by ${agent.name ?? agent.uri ?? 'somebody'}` : '';
  return `${nouns[role]}${subject === 'provider' ? ' of its provider' : ''}${by}`;
}
