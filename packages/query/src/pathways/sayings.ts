import type { Credential } from '@credatlas/model';
import { edgeStatements, partyOf } from './edgeStatements.ts';
import { type PathwayStatement, pathwayStatements } from './pathwayStatements.ts';
import { keyOf, type Named, type Statement } from './Statement.ts';

/** What is said of one node, by the key of the other end. */
export interface Sayings {
  out: Map<string, Statement[]>;
  in: Map<string, Statement[]>;
  /** What is known of the other ends. */
  others: Map<string, Named>;
}

/** What its own record says of a node, and the pathway that it is. */
export function sayingsOf(record: Credential | undefined): Sayings {
  const sayings: Sayings = { out: new Map(), in: new Map(), others: new Map() };
  if (!record) return sayings;
  const own = keyOf(partyOf(record), record.uri);
  for (const { statement, other } of edgeStatements(record)) add(sayings, { own, statement, other });
  if (record.kind === 'pathway') addPathway(sayings, own, pathwayStatements(record, { asEnd: true }));
  return sayings;
}

/** Adds what a pathway says of the node. */
export function addPathway(sayings: Sayings, own: string, statements: readonly PathwayStatement[]): void {
  for (const { statement, from, to } of statements) {
    const party = statement.from === own ? to : statement.to === own ? from : undefined;
    if (party) add(sayings, { own, statement, other: { party, owners: [] } });
  }
}

function add(sayings: Sayings, given: { own: string; statement: Statement; other: Named }): void {
  const { own, statement, other } = given;
  const [direction, key] =
    statement.from === own ? (['out', statement.to] as const) : (['in', statement.from] as const);
  // Nothing counts toward itself.
  if (key === own) return;
  const known = sayings[direction].get(key);
  if (known) known.push(statement);
  else sayings[direction].set(key, [statement]);
  const before = sayings.others.get(key);
  if (!before || (!before.party.resolved && other.party.resolved)) sayings.others.set(key, other);
}
