import { nodeKey, type Party, type TiedRecord } from '@credatlas/model';
import { edgeSayings, partyOf } from './edgeStatements.ts';
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
  for (const saying of edgeSayings(record, own)) if (saying.key !== own) add(sayings, saying.leads, saying);
  if (record.kind === 'pathway') addPathway(sayings, own, pathwayStatements(record, { asEnd: true }));
  return sayings;
}

/** Adds what a pathway says of the node. */
export function addPathway(sayings: Sayings, own: string, statements: readonly PathwayStatement[]): void {
  for (const { statement, from, to } of statements) {
    const said = { kind: statement.kind, read: () => statement };
    if (statement.from === own) add(sayings, 'out', { key: statement.to, ...said, ...otherOf(to) });
    if (statement.to === own) add(sayings, 'in', { key: statement.from, ...said, ...otherOf(from) });
  }
}

function otherOf(party: Party): Other {
  return { id: party.id, named: () => ({ party, owners: [] }) };
}

function add(sayings: Sayings, leads: 'out' | 'in', saying: Said & Other & { key: string }): void {
  const { key, id } = saying;
  const known = sayings[leads].get(key);
  if (known) known.push(saying);
  else sayings[leads].set(key, [saying]);
  const before = sayings.others.get(key);
  if (!before || (before.id === undefined && id !== undefined)) sayings.others.set(key, saying);
}
