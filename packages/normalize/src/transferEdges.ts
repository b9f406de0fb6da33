import type { Agreement, Edge, GraphValue, Party } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import { dayOf } from './days.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { keyOf, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** What this counts as elsewhere (transferValueFor), what counts here (transferValueFrom), and with whom it is agreed. */
export function transferEdges(view: JoinView): Traced<Edge>[] {
  const { kind } = view.resource;
  if (kind === 'transferValue') return bothEnds(view);
  if (kind === 'transferAgreement') return agreedEnds(view);
  const profiles = [
    ...view.backwards(view.root, 'ceterms:transferValueFrom', 'ceterms:transferValueFor'),
    ...view.follow(view.root, 'ceterms:providesTransferValueFor'),
    ...view.follow(view.root, 'ceterms:receivesTransferValueFrom'),
  ];
  const distinct = [...new Map(profiles.map((spot) => [spot.node, spot])).values()];
  return [
    ...distinct
      .filter(({ node, resource }) => !node.uri || resource.kind === 'transferValue')
      .flatMap((spot) => transferEdgesOf(view, spot)),
    ...agreementEdges(view),
  ];
}

/** The record of a transfer value itself: an edge to each end. */
function bothEnds(view: JoinView): Traced<Edge>[] {
  const common = conditionsOfTransfer(view, view.root);
  return (['transferValueFrom', 'transferValueFor'] as const).flatMap((relation) =>
    view
      .parties(view.root, `ceterms:${relation}`)
      .map(({ value: target, at }) => ({ at, value: { relation, target, via: view.via(view.root), ...common } })),
  );
}

function transferEdgesOf(view: JoinView, spot: Spot): Traced<Edge>[] {
  const isHere = (value: GraphValue): boolean => keyOf(value) === view.resource.key;
  const values = (property: string): GraphValue[] => spot.node.properties[property] ?? [];
  const [from, to] = [values('ceterms:transferValueFrom'), values('ceterms:transferValueFor')];
  const common = { via: view.via(spot), ...conditionsOfTransfer(view, spot) };
  const at = view.at(spot, spot.node.path);
  const counterparts = (others: GraphValue[]): Edge['target'][] =>
    others.length > 0 ? others.map((value) => view.party(spot, value)) : [partyOf(spot.resource)];
  // A course may be the only one to say that the profile is about it.
  const isFrom = from.some(isHere) || spot.walked.at(-1) === 'ceterms:providesTransferValueFor';
  const isTo = to.some(isHere) || spot.walked.at(-1) === 'ceterms:receivesTransferValueFrom';
  return [
    ...(isFrom
      ? counterparts(to).map((target) => ({ at, value: { relation: 'transferValueFor', target, ...common } }))
      : []),
    ...(isTo
      ? counterparts(from).map((target) => ({ at, value: { relation: 'transferValueFrom', target, ...common } }))
      : []),
  ];
}

/** How much counts, who says so, from when to when, and under which agreement. */
function conditionsOfTransfer(view: JoinView, spot: Spot): Omit<Edge, 'relation' | 'target' | 'via'> {
  const credit = creditsAt(view, spot).map(({ value }) => value);
  const owner = view.parties(spot, 'ceterms:ownedBy')[0]?.value;
  const [agreement] = view.backwards(spot, 'ceterms:hasTransferValueProfile');
  return {
    ...(credit.length > 0 ? { credit } : {}),
    ...(owner ? { assertedBy: owner } : {}),
    ...daysOf(spot, ['startDate', 'dateEffective'], ['endDate', 'expirationDate']),
    ...(agreement ? { agreement: agreementAt(view, agreement) } : {}),
  };
}

/** Programmes between which an agreement holds, seen from either. */
function agreementEdges(view: JoinView): Traced<Edge>[] {
  return (['sending', 'receiving'] as const).flatMap((own) => {
    const other = own === 'sending' ? 'receiving' : 'sending';
    return view.backwards(view.root, `ceterms:${own}Program`).flatMap((spot) => {
      const agreement = agreementAt(view, spot);
      const programs = view.parties(spot, `ceterms:${other}Program`);
      const ends = programs.length > 0 ? programs : view.parties(spot, `ceterms:${other}Organization`);
      const common = { via: view.via(spot), agreement, ...daysOf(spot, startOfAgreement, endOfAgreement) };
      return ends.map(({ value: target, at }) => ({ at, value: { relation: `${other}Program`, target, ...common } }));
    });
  });
}

/** The record of an agreement itself. */
function agreedEnds(view: JoinView): Traced<Edge>[] {
  const days = daysOf(view.root, startOfAgreement, endOfAgreement);
  return partyProperties('sending')
    .concat(partyProperties('receiving'))
    .flatMap((property) =>
      view.parties(view.root, property).map(({ value: target, at }) => ({
        at,
        value: { relation: property.replace('ceterms:', ''), target, via: view.via(view.root), ...days },
      })),
    );
}

function agreementAt(view: JoinView, spot: Spot): Agreement {
  const side = (name: 'sending' | 'receiving'): Party[] =>
    partyProperties(name).flatMap((property) => view.parties(spot, property).map(({ value }) => value));
  return {
    agreement: partyOf(spot.resource),
    sending: side('sending'),
    receiving: side('receiving'),
    ...daysOf(spot, startOfAgreement, endOfAgreement),
  };
}

function partyProperties(side: 'sending' | 'receiving'): string[] {
  return ['Organization', 'Department', 'Program'].map((part) => `ceterms:${side}${part}`);
}

const startOfAgreement = ['dateEffective', 'startDate'];
const endOfAgreement = ['expirationDate', 'endDate'];

/** The first of the stated days of each list that can be read. */
function daysOf({ node }: Spot, starts: string[], ends: string[]): { start?: string; end?: string } {
  const first = (names: string[]): string | undefined =>
    names.map((name) => dayOf(textOf(node, `ceterms:${name}`)?.text)).find((day) => day !== undefined);
  const [start, end] = [first(starts), first(ends)];
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) };
}
