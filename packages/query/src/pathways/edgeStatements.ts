import { kindOf } from '@credatlas/ctdl';
import type { Edge, Kind, Party, TiedRecord, Ties } from '@credatlas/model';
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

/** What the edges of a record say of what counts toward it and what it counts toward; of one other node only, where its key is given. */
export function edgeSayings(record: TiedRecord, own: string, other?: string): EdgeSaying[] {
  const speaking = new SpeakingRecord(record, own);
  const { keys } = record.ties;
  const sayings: EdgeSaying[] = [];
  const add = (at: number): void => {
    const reading = readings[record.ties.relations[at]!];
    if (reading && countsToward(record.ties, at)) sayings.push(new EdgeSaying(at, reading, speaking));
  };
  if (other === undefined) for (let at = 0; at < keys.length; at++) add(at);
  else for (let at = keys.indexOf(other); at >= 0; at = keys.indexOf(other, at + 1)) add(at);
  return sayings;
}

/** One edge, as what it says and as what is known of its other end. A class, since a hub has thousands that nobody reads. */
class EdgeSaying implements Said, Other {
  readonly leads: 'out' | 'in';
  readonly kind: StepKind;
  readonly #at: number;
  readonly #speaking: SpeakingRecord;

  constructor(at: number, [kind, leads]: readonly [StepKind, 'out' | 'in'], speaking: SpeakingRecord) {
    this.kind = kind;
    this.leads = leads;
    this.#at = at;
    this.#speaking = speaking;
  }

  /** Node key of the other end. */
  get key(): string {
    return this.#speaking.record.ties.keys[this.#at]!;
  }

  get id(): string | undefined {
    return this.#speaking.record.ties.ids[this.#at] ?? undefined;
  }

  named(): Named {
    const { target, owners = [] } = this.#speaking.record.ties.edge(this.#at);
    return { party: target, owners };
  }

  read(): Statement {
    return statementOf(this.#at, this, this.#speaking);
  }
}

/** The record whose edges are read. */
class SpeakingRecord {
  readonly record: TiedRecord;
  /** Its node key. */
  readonly own: string;
  /** Places of the edges that share a credit, by what has it. */
  #sharers: Map<string | null | undefined, number[]> | undefined;

  constructor(record: TiedRecord, own: string) {
    this.record = record;
    this.own = own;
  }

  /** How many distinct targets share a credit; most have theirs alone. */
  sharers(group: string): number {
    const { shared, keys } = this.record.ties;
    this.#sharers ??= Map.groupBy(keys.keys(), (at) => shared[at]);
    return new Set(this.#sharers.get(group)?.map((at) => keys[at])).size;
  }
}

function statementOf(
  at: number,
  { key: other, kind, leads }: Pick<EdgeSaying, 'key' | 'kind' | 'leads'>,
  speaking: SpeakingRecord,
): Statement {
  const { own, record } = speaking;
  const edge = record.ties.edge(at);
  const group = leads === 'in' ? record.ties.shared[at] : undefined;
  const { credit = [], assertedBy = [], start, end, status, agreement, alternativeGroup } = edge;
  return {
    from: leads === 'out' ? own : other,
    to: leads === 'out' ? other : own,
    kind,
    relation: edge.relation,
    statedIn: statedInOf(edge, record),
    statedBy: speakerOf(edge, { kind, leads }),
    assertedBy,
    credit,
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(status ? { status } : {}),
    ...(agreement ? { agreement } : {}),
    ...(group ? { together: { group, of: speaking.sharers(group) } } : {}),
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

function countsToward({ relations, types }: Ties, at: number): boolean {
  const of = types[at];
  return relations[at]!.startsWith('transferValue') || !neverAwarded.has(of?.length ? kindOf(of) : undefined);
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
