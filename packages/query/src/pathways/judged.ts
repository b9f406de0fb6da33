import { firstMoment, lastMoment, type Party, type Status } from '@credatlas/model';
import { type Amount, amountsOf, hasNumber, inWordsOf, isNothing } from './amounts.ts';
import { type Node, nameOf, ownCredit } from './Node.ts';
import { namesOf, type Statement, takesWhole, transfers } from './Statement.ts';

export const verdicts = ['match', 'maybe', 'miss'] as const;
export type Verdict = (typeof verdicts)[number];

/** Who stands behind a statement: both by agreement, the side that receives, the one that sends, somebody else, nobody knows who. */
export const speakers = ['agreement', 'receiving', 'sending', 'recommender', 'unknown'] as const;
export type Speaker = (typeof speakers)[number];

/** A statement with what it is worth on a day. */
export interface Judged {
  statement: Statement;
  verdict: Verdict;
  speaker: Speaker;
  /** Comparable units first. */
  credit: Amount[];
  /** What is stated for several together, and which; nobody says how much of it is whose. */
  shared?: { amount: Amount; group: string };
  why: string[];
  /** Facts that would be needed for a match. */
  unknown: string[];
}

/**
 * What a statement is worth on a day (milliseconds), by interface.md §4: `match` when the receiving side, or an agreement that both
 * are party to, holds and says what counts; `maybe` when only others say so or a needed fact is not stated; `miss` when it does not hold.
 */
export function judged(statement: Statement, { from, to, on }: { from: Node; to: Node; on: number }): Judged {
  const { credit, shared, why: about } = creditOf(statement, from);
  const speaker = speakerOf(statement, from, to);
  const faults = [
    ...faultsOfEnds(from, to, on),
    ...faultsOf(statement, on),
    ...(isRefused(statement, credit) ? [refusal] : []),
  ];
  const unknown = faults.length > 0 ? [] : unknownOf(statement, { speaker, credit, to });
  const verdict = faults.length > 0 ? 'miss' : unknown.length > 0 ? 'maybe' : 'match';
  const why =
    faults.length > 0
      ? faults
      : [said(statement, { speaker, from, to }), ...about, ...chosen(statement), ...unknown.map((each) => each.why)];
  return {
    statement,
    verdict,
    speaker,
    credit,
    ...(shared ? { shared } : {}),
    why,
    unknown: unknown.map(({ fact }) => fact),
  };
}

const refusal = 'Not accepted: the credit that is stated is zero.';

/** A course that is worth no credit may be required all the same. */
function isRefused({ kind }: Statement, [amount]: Amount[]): boolean {
  return transfers(kind) && amount !== undefined && isNothing(amount);
}

/** What is required or held as a part brings its own credit; else what the statement gives, which several may share. */
function creditOf(statement: Statement, from: Node): Pick<Judged, 'credit' | 'shared' | 'why'> {
  const { kind, together } = statement;
  const own = takesWhole(kind) ? ownCredit(from) : [];
  const stated = amountsOf(statement.credit);
  if (kind === 'pathway' ? stated.length === 0 : own.length > 0) return { credit: own, why: [] };
  const [amount] = stated;
  if (!amount || !together || together.of < 2) return { credit: stated, why: [] };
  const { group, of } = together;
  if (kind === 'transferValue') {
    const why = [`The same transfer value is given for ${of} things; together they bring it once.`];
    return { credit: stated, shared: { amount, group }, why };
  }
  const why = [`Of ${inWordsOf(amount)} for ${of} things together it is not stated how much is whose.`];
  return { credit: [], shared: { amount, group }, why };
}

/** With others it is one of so many that are asked for. */
function chosen({ places }: Statement): string[] {
  return places.flatMap(({ required }) =>
    required === undefined
      ? []
      : [`It is one of several, of which ${required} ${required === 1 ? 'counts' : 'count'}.`],
  );
}

/** Agreements name their parties; other statements are of whoever asserts them, or whose record has them. */
function speakerOf({ agreement, assertedBy, statedBy }: Statement, from: Node, to: Node): Speaker {
  if (agreement && isParty(from, agreement.sending) && isParty(to, agreement.receiving)) return 'agreement';
  if (!isWay(to) && assertedBy.some((party) => owns(party, to))) return 'receiving';
  if (assertedBy.some((party) => owns(party, from))) return 'sending';
  if (assertedBy.length > 0) return 'recommender';
  if (statedBy === 'to') return 'receiving';
  if (statedBy === 'from') return from.owners.isDisjointFrom(to.owners) ? 'sending' : 'receiving';
  return 'unknown';
}

function owns(party: Party, node: Node): boolean {
  return namesOf(party).some((name) => node.owners.has(name));
}

/** Programmes are parties themselves. */
function isParty(node: Node, parties: Party[]): boolean {
  return parties.some((party) => owns(party, node) || namesOf(party).includes(node.key));
}

function faultsOfEnds(from: Node, to: Node, on: number): string[] {
  return [from, to].flatMap((node) => {
    if (!node.record) return [];
    const { status, dates } = node.record;
    const over =
      status === 'ended' ? ['has ended'] : faultsOfPeriod({ start: dates.effective, end: dates.expires }, on);
    return over.map((fault) => `${nameOf(node)} ${fault}.`);
  });
}

function faultsOf({ statedIn, start, end, status, agreement }: Statement, on: number): string[] {
  const what = statedIn.name ?? 'The statement';
  const own = status === 'ended' ? ['has ended'] : faultsOfPeriod({ start, end }, on);
  const faults = own.map((fault) => `${what} ${fault}.`);
  if (!agreement) return faults;
  const agreed = agreement.status === 'ended' ? ['has ended'] : faultsOfPeriod(agreement, on);
  return [...faults, ...agreed.map((fault) => `${agreement.agreement.name ?? 'The agreement'} ${fault}.`)];
}

function faultsOfPeriod(
  { start, end }: { start?: string | undefined; end?: string | undefined },
  on: number,
): string[] {
  if (start && (firstMoment(start) ?? on) > on) return [`does not hold yet: it starts on ${start}`];
  if (end && (lastMoment(end) ?? on) < on) return [`has expired: it ended on ${end}`];
  return [];
}

interface UnknownFact {
  fact: string;
  why: string;
}

function unknownOf(
  { kind, status, statedIn }: Statement,
  given: { speaker: Speaker; credit: Amount[]; to: Node },
): UnknownFact[] {
  const { speaker, credit, to } = given;
  const facts: UnknownFact[] = [];
  if (kind === 'recommendation') facts.push({ fact: 'requirement', why: 'It is only recommended, not required.' });
  if (speaker !== 'agreement' && speaker !== 'receiving')
    facts.push({ fact: 'receivingSide', why: `Whether ${receiverOf(to)} accepts it is not stated.` });
  if (isWay(to)) facts.push({ fact: 'to', why: 'Toward what it counts is not stated.' });
  if (kind === 'transferAgreement')
    facts.push({ fact: 'credit', why: 'What counts, and for how much, is not stated.' });
  if (kind === 'transferValue' && !credit.some(isStated))
    facts.push({ fact: 'credit', why: 'How much counts is not stated.' });
  for (const [what, state] of [
    [nameOf(to), to.record?.status],
    [statedIn.name ?? 'The statement', status],
  ] as const)
    if (isUnsettled(state)) facts.push({ fact: 'status', why: `${what} is ${inWords[state]}.` });
  return facts;
}

function isStated(amount: Amount): boolean {
  return hasNumber(amount) || amount.percentage !== undefined || amount.text !== undefined;
}

/** A transfer value stands for what it counts as where it does not say what that is. */
function isWay({ record }: Node): boolean {
  return record?.kind === 'transferValue';
}

const inWords = { developing: 'still being developed', suspended: 'suspended at present' } as const;

function isUnsettled(status: Status | undefined): status is keyof typeof inWords {
  return status === 'developing' || status === 'suspended';
}

function receiverOf(to: Node): string {
  return isWay(to) ? 'the receiving side' : sideOf(to, 'the receiving side');
}

/** Who says so; what stands in a record of its own is named. */
function said(
  { statedIn, statedBy, agreement, assertedBy }: Statement,
  ends: { speaker: Speaker; from: Node; to: Node },
) {
  const { speaker, from, to } = ends;
  const where = statedBy === 'other' && statedIn.name ? ` (${statedIn.name})` : '';
  const who = assertedBy.map(({ name }) => name ?? 'somebody').join(', ');
  if (speaker === 'agreement') return `Both sides agree: ${agreement?.agreement.name ?? 'an agreement'}${where}.`;
  if (speaker === 'receiving') return `${sideOf(to, 'The receiving side')} says so${where}.`;
  if (speaker === 'sending') return `Only ${sideOf(from, 'the sending side')}, which sends, says so${where}.`;
  if (speaker === 'recommender') return `${who}, which is neither side, says so${where}.`;
  return `Who says so is not stated${where}.`;
}

function sideOf({ record }: Node, otherwise: string): string {
  return record?.provider?.name ?? otherwise;
}
