import { statusOf } from '@credatlas/ctdl';
import type { Agreement, Edge, GraphValue, Party } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import { dayOf } from './days.ts';
import { distinctBy } from './distinctBy.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { conceptTerms, keyOf, plainTextOf } from './reading.ts';
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
  return [
    ...distinctBy(profiles, ({ node }) => node)
      .filter(({ node, resource }) => !node.uri || resource.kind === 'transferValue')
      .flatMap((spot) => transferEdgesOf(view, spot)),
    ...agreementEdges(view),
  ];
}

/** The record of a transfer value itself: an edge to each end. */
function bothEnds(view: JoinView): Traced<Edge>[] {
  const via = view.via(view.root);
  return conditionsOfTransfer(view, view.root).flatMap((common) =>
    (['transferValueFrom', 'transferValueFor'] as const).flatMap((relation) =>
      (view.resource.node.properties[`ceterms:${relation}`] ?? []).map((value) => ({
        at: view.at(view.root, value.path),
        value: { relation, ...counterpart(view, view.root, value), via, ...common },
      })),
    ),
  );
}

function transferEdgesOf(view: JoinView, spot: Spot): Traced<Edge>[] {
  const isHere = (value: GraphValue): boolean => keyOf(value) === view.resource.key;
  const values = (property: string): GraphValue[] => spot.node.properties[property] ?? [];
  const [from, to] = [values('ceterms:transferValueFrom'), values('ceterms:transferValueFor')];
  const at = view.at(spot, spot.node.path);
  const counterparts = (others: GraphValue[]): Pick<Edge, 'target' | 'owners'>[] =>
    others.length > 0 ? others.map((value) => counterpart(view, spot, value)) : [{ target: partyOf(spot.resource) }];
  // A course may be the only one to say that the profile is about it.
  const isFrom = from.some(isHere) || spot.walked.at(-1) === 'ceterms:providesTransferValueFor';
  const isTo = to.some(isHere) || spot.walked.at(-1) === 'ceterms:receivesTransferValueFrom';
  const ends = [
    ...(isFrom ? counterparts(to).map((end) => ({ relation: 'transferValueFor', ...end })) : []),
    ...(isTo ? counterparts(from).map((end) => ({ relation: 'transferValueFrom', ...end })) : []),
  ];
  const via = view.via(spot);
  return conditionsOfTransfer(view, spot).flatMap((common) =>
    ends.map((end) => ({ at, value: { ...end, via, ...common } })),
  );
}

/** The other end; one that has no record of its own says who owns it, as nobody else can. */
function counterpart(view: JoinView, spot: Spot, value: GraphValue): Pick<Edge, 'target' | 'owners'> {
  const target = view.party(spot, value);
  if (target.resolved || !('node' in value)) return { target };
  const owners = view.parties({ ...spot, node: value.node }, 'ceterms:ownedBy').map((party) => party.value);
  return owners.length > 0 ? { target, owners } : { target };
}

/** How much counts, who says so, from when to when, and under which agreement; once for each agreement that holds it. */
function conditionsOfTransfer(view: JoinView, spot: Spot): Omit<Edge, 'relation' | 'target' | 'via'>[] {
  const credit = creditsAt(view, spot).map(({ value }) => value);
  const assertedBy = view.parties(spot, 'ceterms:ownedBy').map(({ value }) => value);
  const common = {
    ...(credit.length > 0 ? { credit } : {}),
    ...(assertedBy.length > 0 ? { assertedBy } : {}),
    ...daysOf(spot, startOfTransfer, endOfTransfer),
    ...statusAt(spot),
  };
  const agreements = view.backwards(spot, 'ceterms:hasTransferValueProfile');
  return agreements.length === 0
    ? [common]
    : agreements.map((agreement) => ({ ...common, agreement: agreementAt(view, agreement) }));
}

function statusAt({ node }: Spot): Pick<Edge, 'status'> {
  const [stated] = conceptTerms(node, 'ceterms:lifeCycleStatusType', '');
  return stated ? { status: statusOf(stated.term) } : {};
}

const sides = [
  { program: 'ceterms:sendingProgram', other: 'receiving' },
  { program: 'ceterms:receivingProgram', other: 'sending' },
] as const;

/** Programmes between which an agreement holds, seen from either. */
function agreementEdges(view: JoinView): Traced<Edge>[] {
  return sides.flatMap(({ program, other }) => {
    return view.backwards(view.root, program).flatMap((spot) => {
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
    ...statusAt(spot),
  };
}

function partyProperties(side: 'sending' | 'receiving'): string[] {
  return ['Organization', 'Department', 'Program'].map((part) => `ceterms:${side}${part}`);
}

const startOfTransfer = ['ceterms:startDate', 'ceterms:dateEffective'];
const endOfTransfer = ['ceterms:endDate', 'ceterms:expirationDate'];
const startOfAgreement = ['ceterms:dateEffective', 'ceterms:startDate'];
const endOfAgreement = ['ceterms:expirationDate', 'ceterms:endDate'];

/** The first of the stated days of each list that can be read. */
function daysOf({ node }: Spot, starts: string[], ends: string[]): { start?: string; end?: string } {
  const first = (names: string[]): string | undefined =>
    names.map((name) => dayOf(plainTextOf(node, name))).find((day) => day !== undefined);
  const [start, end] = [first(starts), first(ends)];
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) };
}
