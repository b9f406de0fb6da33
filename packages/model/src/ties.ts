import type { Credential } from './credential.ts';
import type { Edge } from './pathway.ts';
import type { Party } from './statement.ts';

/**
 * The edges of a record by what they name, column beside column: of most records one edge is asked for, of a hub's thousands few.
 * Entry n of each column is about edge n.
 */
export interface Ties {
  /** What it names, by `nodeKey`. */
  readonly keys: readonly string[];
  readonly relations: readonly string[];
  /** Ours, where what it names has a record. */
  readonly ids: readonly (string | null)[];
  readonly types: readonly (string[] | null)[];
  /** What else has the same shares the credit: targets of one condition, ends of one transfer value. */
  readonly shared: readonly (string | null)[];
  edge(at: number): Edge;
}

const headFields = [
  'id',
  'uri',
  'ctid',
  'kind',
  'nameText',
  'types',
  'owners',
  'offerers',
  'provider',
  'status',
  'dates',
  'credit',
  'creditSemesterHours',
  'pathways',
  'components',
] as const;

/** What is needed of a record to follow what counts toward what. */
export interface TiedRecord extends Pick<Credential, (typeof headFields)[number]> {
  ties: Ties;
  /** Whether it has more edges than its record holds. */
  isCutShort: boolean;
}

export function tiedRecord(credential: Credential): TiedRecord {
  const { uri, edges } = credential;
  const ties = {
    keys: edges.map(({ target, via }) => nodeKey(target, via.uri ?? uri)),
    relations: edges.map(({ relation }) => relation),
    ids: edges.map(({ target }) => target.id ?? null),
    types: edges.map(({ target }) => target.types ?? null),
    shared: edges.map((edge) => sharedBy(edge) || null),
    edge: (at: number) => edges[at]!,
  };
  return { ...headOf(credential), ties };
}

/** To be raised when the same record is written otherwise: what was written before is then made anew when it is asked for. */
export const tiesVersion = 2;

/** Lines of JSON: the record, the columns of its ties, then the edge of each. */
export function writeTies(credential: Credential): string {
  const { ties, ...head } = tiedRecord(credential);
  const columns = [ties.keys, ties.relations, ties.ids, ties.types, ties.shared];
  return [head, ...columns, ...credential.edges].map((line) => JSON.stringify(line)).join('\n');
}

/** What `writeTies` wrote. */
export function readTies(text: string): TiedRecord {
  const lines = text.split('\n');
  return { ...(JSON.parse(lines[0]!) as Omit<TiedRecord, 'ties'>), ties: new WrittenTies(lines) };
}

/** Each line is read when it is asked for. */
class WrittenTies implements Ties {
  readonly #lines: string[];
  readonly #read: unknown[];

  constructor(lines: string[]) {
    this.#lines = lines;
    this.#read = new Array(lines.length);
  }

  get keys(): string[] {
    return this.#line(1);
  }

  get relations(): string[] {
    return this.#line(2);
  }

  get ids(): (string | null)[] {
    return this.#line(3);
  }

  get types(): (string[] | null)[] {
    return this.#line(4);
  }

  get shared(): (string | null)[] {
    return this.#line(5);
  }

  edge(at: number): Edge {
    return this.#line(6 + at);
  }

  #line<T>(at: number): T {
    this.#read[at] ??= JSON.parse(this.#lines[at]!);
    return this.#read[at] as T;
  }
}

/** Key of a party: what records of all sources call the same. A thing that has only a name is its own for each who names it. */
export function nodeKey(party: Party, namedIn: string): string {
  if (party.ctid) return `ctid:${party.ctid}`;
  return party.uri ?? `name:${party.name ?? ''}@${namedIn}`;
}

function headOf(credential: Credential): Omit<TiedRecord, 'ties'> {
  const head = Object.fromEntries(headFields.map((field) => [field, credential[field]])) as Pick<
    Credential,
    (typeof headFields)[number]
  >;
  return { ...head, isCutShort: credential.issues.some(({ code }) => code === 'neighbourhood_cut') };
}

function sharedBy({ relation, via, credit, condition }: Edge): string | undefined {
  return credit && (relation.startsWith('transferValue') ? via.uri : condition);
}
