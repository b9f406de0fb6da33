import { nodeKey, type Party, type TiedRecord } from '@credatlas/model';
import { type Amount, amountsOf, hasNumber, inSemesterHours, isComparable } from './amounts.ts';
import { partyOf } from './edgeStatements.ts';
import { type Named, namesOf } from './Statement.ts';

/** Something that counts toward another, or that another counts toward. */
export interface Node {
  key: string;
  party: Party;
  /** Every certain name of whoever owns or offers it. */
  owners: ReadonlySet<string>;
  /** Undefined: only named by others. */
  record?: TiedRecord;
}

export function nodeOf(record: TiedRecord): Node {
  const party = partyOf(record);
  const owners = new Set([...record.owners, ...record.offerers].flatMap(namesOf));
  return { key: nodeKey(party, record.uri), party, owners, record };
}

/** What no record is stored of. */
export function namedNode(key: string, { party, owners }: Named): Node {
  return { key, party, owners: new Set(owners.flatMap(namesOf)) };
}

export function nameOf({ party }: Node): string {
  return party.name ?? party.uri ?? 'something that is not named';
}

/** The credit that its own record states: of a course, of a credential by its condition or the sum of its courses. */
export function ownCredit({ record }: Node): Amount[] {
  if (!record) return [];
  const { credit, creditSemesterHours: hours } = record;
  const stated = amountsOf(credit.filter(({ via }) => via.uri === undefined));
  if (hours === undefined) return stated.filter(hasNumber);
  // What its courses state adds up to the hours; their least and most are not its own.
  const whole = stated.find((amount) => isComparable(amount) && inSemesterHours(amount)?.min === hours);
  return [whole ?? { min: hours, max: hours, unit: 'SemesterHour', levels: [] }];
}
