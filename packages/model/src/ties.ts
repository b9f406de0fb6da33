import type { Credential } from './credential.ts';
import type { Edge } from './pathway.ts';
import type { Party } from './statement.ts';

/** One edge of a record: read whole when it is asked for, since of a hub's thousands few matter. */
export interface Tie extends TieHead {
  edge(): Edge;
}

interface TieHead {
  relation: string;
  /** What it names, by `nodeKey`. */
  key: string;
  /** Ours, where what it names has a record. */
  id?: string;
  types?: string[];
  /** What else has the same shares the credit: targets of one condition, ends of one transfer value. */
  shared?: string;
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
  ties: Tie[];
  /** Whether it has more edges than its record holds. */
  isCutShort: boolean;
}

export function tiedRecord(credential: Credential): TiedRecord {
  const ties = credential.edges.map((edge): Tie => ({ ...tieHead(edge, credential.uri), edge: () => edge }));
  return { ...headOf(credential), ties };
}

/** To be raised when the same record is written otherwise: what was written before is then made anew when it is asked for. */
export const tiesVersion = 1;

/** Lines of JSON: the record with the heads of its ties, then the edge of each. */
export function writeTies(credential: Credential): string {
  const ties = credential.edges.map((edge) => tieHead(edge, credential.uri));
  return [{ ...headOf(credential), ties }, ...credential.edges].map((line) => JSON.stringify(line)).join('\n');
}

/** What `writeTies` wrote. */
export function readTies(text: string): TiedRecord {
  const [first = '', ...edges] = text.split('\n');
  const head = JSON.parse(first) as Omit<TiedRecord, 'ties'> & { ties: TieHead[] };
  const ties = head.ties.map((tie, index): Tie => {
    let read: Edge | undefined;
    return Object.assign(tie, { edge: () => (read ??= JSON.parse(edges[index]!) as Edge) });
  });
  return { ...head, ties };
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

function tieHead({ relation, target, via, credit, condition }: Edge, uri: string): TieHead {
  const shared = credit && (relation.startsWith('transferValue') ? via.uri : condition);
  return {
    relation,
    key: nodeKey(target, via.uri ?? uri),
    ...(target.id ? { id: target.id } : {}),
    ...(target.types ? { types: target.types } : {}),
    ...(shared ? { shared } : {}),
  };
}
