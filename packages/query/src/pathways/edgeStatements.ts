import { kindOf } from '@credatlas/ctdl';
import type { Credential, Edge, Kind, Party } from '@credatlas/model';
import { keyOf, type Named, type Place, type Said, type Statement, type StepKind } from './Statement.ts';

/** How an edge is read: in what way it counts, and whether it leads out of the record that has it or into it. */
const readings: Readonly<Record<string, readonly [StepKind, 'out' | 'in']>> = {
  transferValueFor: ['transferValue', 'out'],
  transferValueFrom: ['transferValue', 'in'],
  receivingProgram: ['transferAgreement', 'out'],
  sendingProgram: ['transferAgreement', 'in'],
  isAdvancedStandingFor: ['advancedStanding', 'out'],
  advancedStandingFrom: ['advancedStanding', 'in'],
  isPreparationFor: ['preparation', 'out'],
  preparationFrom: ['preparation', 'in'],
  isRequiredFor: ['requirement', 'out'],
  requires: ['requirement', 'in'],
  entryCondition: ['requirement', 'in'],
  prerequisite: ['requirement', 'in'],
  coPrerequisite: ['requirement', 'in'],
  isRecommendedFor: ['recommendation', 'out'],
  recommends: ['recommendation', 'in'],
  isPartOf: ['part', 'out'],
  hasPart: ['part', 'in'],
};

/** Relations that lead into the record that has them, and that the other end may know nothing of: joins read these one way only. */
export const knownToOneEnd = ['requires', 'entryCondition', 'prerequisite', 'coPrerequisite', 'recommends'] as const;

export interface EdgeSaying {
  leads: 'out' | 'in';
  /** Node key of the other end. */
  key: string;
  other: Named;
  said: Said;
}

/** What the edges of a record say of what counts toward it and what it counts toward. */
export function edgeSayings(record: Credential, own: string): EdgeSaying[] {
  let sharing: Map<string | undefined, number> | undefined;
  const sharers = (group: string): number => {
    sharing ??= sharersOf(record.edges);
    return sharing.get(group) ?? 1;
  };
  return record.edges.flatMap((edge) => {
    const reading = readings[edge.relation];
    if (!reading || !countsToward(edge)) return [];
    const [kind, leads] = reading;
    const key = keyOf(edge.target, edge.via.uri ?? record.uri);
    const read = (): Statement => statementOf(edge, { record, own, other: key, kind, leads, sharers });
    return [{ leads, key, other: { party: edge.target, owners: edge.owners ?? [] }, said: { kind, read } }];
  });
}

/** How many distinct targets share a credit; most have theirs alone. */
function sharersOf(edges: readonly Edge[]): Map<string | undefined, number> {
  const groups = Map.groupBy(edges, sharedCredit);
  const targets = (all: Edge[]): number => new Set(all.map(({ target }) => keyOf(target, ''))).size;
  return new Map([...groups].map(([group, all]) => [group, all.length > 1 ? targets(all) : 1]));
}

function statementOf(
  edge: Edge,
  given: {
    record: Credential;
    own: string;
    other: string;
    kind: StepKind;
    leads: 'out' | 'in';
    sharers(group: string): number;
  },
): Statement {
  const { own, other, kind, leads } = given;
  const { credit = [], assertedBy = [], start, end, status, agreement, alternativeGroup } = edge;
  const group = leads === 'in' ? sharedCredit(edge) : undefined;
  return {
    from: leads === 'out' ? own : other,
    to: leads === 'out' ? other : own,
    kind,
    relation: edge.relation,
    statedIn: statedInOf(edge, given.record),
    statedBy: speakerOf(edge, { kind, leads }),
    assertedBy,
    credit,
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(status ? { status } : {}),
    ...(agreement ? { agreement } : {}),
    ...(group ? { together: { group, of: given.sharers(group) } } : {}),
    places: leads === 'in' && alternativeGroup ? [alternative(edge, alternativeGroup, other)] : [],
  };
}

/** A record as others name it. */
export function partyOf({ id, uri, ctid, nameText, types }: Credential): Party {
  return { id, uri, ...(ctid ? { ctid } : {}), name: nameText, types, resolved: true };
}

/** Nobody is awarded an occupation or a job that a condition asks for; components of pathways are read with their pathway. */
const neverAwarded: ReadonlySet<Kind | undefined> = new Set(['occupation', 'job', 'competency', 'pathwayComponent']);

function countsToward({ relation, target }: Edge): boolean {
  return (
    relation.startsWith('transferValue') || !neverAwarded.has(target.types?.length ? kindOf(target.types) : undefined)
  );
}

function statedInOf({ via, relation }: Edge, { uri, nameText }: Credential): Statement['statedIn'] {
  const isOther = via.uri !== undefined && (relation.startsWith('transfer') || via.path[0]?.startsWith('^'));
  if (!isOther) return { uri, name: nameText };
  return { ...(via.uri ? { uri: via.uri } : {}), ...(via.name ? { name: via.name } : {}) };
}

function speakerOf({ via }: Edge, { kind, leads }: { kind: StepKind; leads: 'out' | 'in' }): Statement['statedBy'] {
  if (kind === 'transferValue' || kind === 'transferAgreement') return 'other';
  const isOwn = !via.path[0]?.startsWith('^');
  return isOwn === (leads === 'out') ? 'from' : 'to';
}

/** Whoever has the same shares the credit: targets of one condition, ends of one transfer value. */
function sharedCredit({ relation, credit, condition, via }: Edge): string | undefined {
  if (!credit) return undefined;
  return relation.startsWith('transferValue') ? via.uri : condition;
}

/** Alternatives are conditions, which may have several targets each. */
function alternative({ condition }: Edge, group: string, target: string): Place {
  return { group: `alternatives ${group}`, required: 1, item: condition ?? target };
}
