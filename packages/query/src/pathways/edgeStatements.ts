import { kindOf } from '@credatlas/ctdl';
import type { Credential, Edge, Kind, Party } from '@credatlas/model';
import { keyOf, type Named, type Place, type Statement, type StepKind } from './Statement.ts';

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

/** Relations that only one of the ends may know; what transfers is stated in records of its own, which both know. */
export const relationsLeading: Readonly<Record<'out' | 'in', readonly string[]>> = {
  out: relationsThat('out'),
  in: relationsThat('in'),
};

function relationsThat(leads: 'out' | 'in'): string[] {
  return Object.entries(readings).flatMap(([relation, [kind, direction]]) =>
    direction === leads && kind !== 'transferValue' && kind !== 'transferAgreement' ? [relation] : [],
  );
}

export interface EdgeStatement {
  statement: Statement;
  other: Named;
}

/** What the edges of a record say of what counts toward it and what it counts toward. */
export function edgeStatements(record: Credential): EdgeStatement[] {
  const own = keyOf(partyOf(record), record.uri);
  const sharing = Map.groupBy(record.edges, sharedCredit);
  const targets = (group: string): number =>
    new Set(sharing.get(group)?.map(({ target }) => keyOf(target, group))).size;
  return record.edges.flatMap((edge) => {
    const reading = readings[edge.relation];
    if (!reading || !countsToward(edge)) return [];
    const [kind, leads] = reading;
    const statedIn = statedInOf(edge, record);
    const other = keyOf(edge.target, statedIn.uri ?? record.uri);
    const [from, to] = leads === 'out' ? [own, other] : [other, own];
    const { credit = [], assertedBy = [], start, end, status, agreement, alternativeGroup } = edge;
    const group = sharedCredit(edge);
    const statement: Statement = {
      from,
      to,
      kind,
      relation: edge.relation,
      statedIn,
      statedBy: speakerOf(edge, { kind, leads }),
      assertedBy,
      credit,
      ...(start ? { start } : {}),
      ...(end ? { end } : {}),
      ...(status ? { status } : {}),
      ...(agreement ? { agreement } : {}),
      ...(group && leads === 'in' ? { together: { group, of: targets(group) } } : {}),
      places: leads === 'in' && alternativeGroup ? [alternative(edge, alternativeGroup, other)] : [],
    };
    return [{ statement, other: { party: edge.target, owners: edge.owners ?? [] } }];
  });
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
