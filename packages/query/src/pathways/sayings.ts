import { nodeKey, type Party, type TiedRecord } from '@credatlas/model';
import { type EdgeSaying, edgeSayings, partyOf } from './edgeStatements.ts';
import { type PathwayStatement, pathwayStatements } from './pathwayStatements.ts';
import type { Other, Said } from './Statement.ts';

/** What is said of one node, by the key of the other end. */
export interface Sayings {
  out: Map<string, Said[]>;
  in: Map<string, Said[]>;
  /** What is known of the other ends. */
  others: Map<string, Other>;
}

/** What its own record says of a node, and the pathway that it is. */
export function sayingsOf(record: TiedRecord | undefined): Sayings {
  const sayings: Sayings = { out: new Map(), in: new Map(), others: new Map() };
  if (!record) return sayings;
  const own = nodeKey(partyOf(record), record.uri);
  for (const { leads, key, other, said } of edgeSayings(record, own))
    if (key !== own) add(sayings, { leads, key, other, said });
  if (record.kind === 'pathway') addPathway(sayings, own, pathwayStatements(record, { asEnd: true }));
  return sayings;
}

/** Adds what a pathway says of the node. */
export function addPathway(sayings: Sayings, own: string, statements: readonly PathwayStatement[]): void {
  for (const { statement, from, to } of statements) {
    const said = { kind: statement.kind, read: () => statement };
    if (statement.from === own) add(sayings, { leads: 'out', key: statement.to, other: otherOf(to), said });
    if (statement.to === own) add(sayings, { leads: 'in', key: statement.from, other: otherOf(from), said });
  }
}

function otherOf(party: Party): Other {
  return { id: party.id, read: () => ({ party, owners: [] }) };
}

function add(sayings: Sayings, { leads, key, other, said }: EdgeSaying): void {
  const known = sayings[leads].get(key);
  if (known) known.push(said);
  else sayings[leads].set(key, [said]);
  const before = sayings.others.get(key);
  if (!before || (before.id === undefined && other.id !== undefined)) sayings.others.set(key, other);
}
