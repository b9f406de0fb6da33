import { kindOf } from '@credatlas/ctdl';
import type { Edge, Kind, Party, Tie, TiedRecord } from '@credatlas/model';
import { credits, type Named, type Other, type Place, type Said, type Statement, type StepKind } from './Statement.ts';

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

/** Whether it says that the record which has it is credited elsewhere: by a transfer value, an agreement or advanced standing. */
export function isCrediting({ relation }: Edge): boolean {
  const [kind, leads] = readings[relation] ?? [];
  return kind !== undefined && leads === 'out' && credits(kind);
}

export interface EdgeSaying {
  leads: 'out' | 'in';
  /** Node key of the other end. */
  key: string;
  other: Other;
  said: Said;
}

/** What the edges of a record say of what counts toward it and what it counts toward. */
export function edgeSayings(record: TiedRecord, own: string): EdgeSaying[] {
  let sharing: Map<string | undefined, number> | undefined;
  const sharers = (group: string): number => {
    sharing ??= sharersOf(record.ties);
    return sharing.get(group) ?? 1;
  };
  return record.ties.flatMap((tie) => {
    const reading = readings[tie.relation];
    if (!reading || !countsToward(tie)) return [];
    const [kind, leads] = reading;
    const { key, id } = tie;
    const read = (): Statement => statementOf(tie, { record, own, kind, leads, sharers });
    return [{ leads, key, other: { id, read: () => namedBy(tie.edge()) }, said: { kind, read } }];
  });
}

function namedBy({ target, owners = [] }: Edge): Named {
  return { party: target, owners };
}

/** How many distinct targets share a credit; most have theirs alone. */
function sharersOf(ties: readonly Tie[]): Map<string | undefined, number> {
  const groups = Map.groupBy(ties, ({ shared }) => shared);
  const targets = (all: Tie[]): number => new Set(all.map(({ key }) => key)).size;
  return new Map([...groups].map(([group, all]) => [group, all.length > 1 ? targets(all) : 1]));
}

function statementOf(
  { key: other, shared, edge: edgeOf }: Tie,
  given: {
    record: TiedRecord;
    own: string;
    kind: StepKind;
    leads: 'out' | 'in';
    sharers(group: string): number;
  },
): Statement {
  const { own, kind, leads } = given;
  const edge = edgeOf();
  const { credit = [], assertedBy = [], start, end, status, agreement, alternativeGroup } = edge;
  const group = leads === 'in' ? shared : undefined;
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
export function partyOf({
  id,
  uri,
  ctid,
  nameText,
  types,
}: Pick<TiedRecord, 'id' | 'uri' | 'ctid' | 'nameText' | 'types'>): Party {
  return { id, uri, ...(ctid ? { ctid } : {}), name: nameText, types, resolved: true };
}

/** Nobody is awarded an occupation or a job that a condition asks for; components of pathways are read with their pathway. */
const neverAwarded: ReadonlySet<Kind | undefined> = new Set(['occupation', 'job', 'competency', 'pathwayComponent']);

function countsToward({ relation, types }: Tie): boolean {
  return relation.startsWith('transferValue') || !neverAwarded.has(types?.length ? kindOf(types) : undefined);
}

function statedInOf({ via, relation }: Edge, { uri, nameText }: TiedRecord): Statement['statedIn'] {
  const isOther = via.uri !== undefined && (relation.startsWith('transfer') || via.path[0]?.startsWith('^'));
  if (!isOther) return { uri, name: nameText };
  return { ...(via.uri ? { uri: via.uri } : {}), ...(via.name ? { name: via.name } : {}) };
}

function speakerOf({ via }: Edge, { kind, leads }: { kind: StepKind; leads: 'out' | 'in' }): Statement['statedBy'] {
  if (kind === 'transferValue' || kind === 'transferAgreement') return 'other';
  const isOwn = !via.path[0]?.startsWith('^');
  return isOwn === (leads === 'out') ? 'from' : 'to';
}

/** Alternatives are conditions, which may have several targets each. */
function alternative({ condition }: Edge, group: string, target: string): Place {
  return { group: `alternatives ${group}`, required: 1, item: condition ?? target };
}
