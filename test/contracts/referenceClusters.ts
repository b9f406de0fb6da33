/** What a record of a random market says about itself, in numbers: same number, same thing. */
export interface PlainRecord {
  id: string;
  source: string;
  publisher?: number;
  /** CTID. */
  ctid: number;
  name: number;
  owner?: number;
  page?: number;
  type: 'Certificate' | 'Badge';
  /** CTIDs that it says are the same. */
  sameAs: number[];
  day: number;
}

interface Pair {
  a: PlainRecord;
  b: PlainRecord;
  strength: number;
}

/**
 * Which records are one credential, written as plainly as can be: all are compared with all, nothing is remembered. Answers each
 * cluster's members, the lead first, the others by id.
 */
export function referenceClusters(records: PlainRecord[], apart: ReadonlySet<string>): string[][] {
  const isApart = (a: PlainRecord, b: PlainRecord): boolean => apart.has([a.id, b.id].sort().join(' '));
  const pairs = records.flatMap((a) =>
    records
      .filter((b) => a.id < b.id && !isApart(a, b))
      .map((b) => ({ a, b, strength: strengthOf(a, b) }))
      .filter(({ strength }) => strength > 0),
  );
  pairs.sort((one, other) => other.strength - one.strength || (key(one) < key(other) ? -1 : 1));
  let groups = records.map((record) => [record]);
  for (const pair of pairs) {
    const one = groups.find((group) => group.includes(pair.a))!;
    const other = groups.find((group) => group.includes(pair.b))!;
    if (one === other || one.some((a) => other.some((b) => isApart(a, b)))) continue;
    if (pair.strength < 0.96 && !isBest(pair, pairs)) continue;
    if (pair.strength < 0.96 && one.some((a) => other.some((b) => origin(a) === origin(b)))) continue;
    groups = [...groups.filter((group) => group !== one && group !== other), [...one, ...other]];
  }
  return groups
    .filter((group) => group.length > 1)
    .map((group) => {
      const own = group.filter(({ publisher, owner }) => publisher !== undefined && publisher === owner);
      const [lead] = (own.length > 0 ? own : group).sort((a, b) => b.day - a.day || (a.id < b.id ? -1 : 1));
      const others = group.filter((each) => each !== lead).map(({ id }) => id);
      return [lead!.id, ...others.sort()];
    })
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

const key = ({ a, b }: Pair): string => `${a.id} ${b.id}`;
const origin = ({ source, publisher }: PlainRecord): string => `${source} ${publisher}`;

function strengthOf(a: PlainRecord, b: PlainRecord): number {
  if (a.ctid === b.ctid) return 1;
  if (a.sameAs.includes(b.ctid) && b.sameAs.includes(a.ctid)) return 0.98;
  const isOtherPublisher = a.publisher !== undefined && b.publisher !== undefined && a.publisher !== b.publisher;
  if ((a.source === b.source && !isOtherPublisher) || a.name !== b.name || a.type !== b.type) return 0;
  const both = (field: 'owner' | 'page'): boolean => a[field] !== undefined && b[field] !== undefined;
  if ((both('owner') && a.owner !== b.owner) || (both('page') && a.page !== b.page)) return 0;
  if (both('owner')) return both('page') ? 0.95 : 0.7;
  return both('page') ? 0.65 : 0;
}

/** The single best of its agreements with the other's origin, from both ends. */
function isBest(pair: Pair, pairs: Pair[]): boolean {
  const isSingle = (own: PlainRecord, other: PlainRecord): boolean =>
    pairs.every(
      (each) =>
        each === pair ||
        each.strength > 0.96 ||
        each.strength < pair.strength ||
        !((each.a === own && origin(each.b) === origin(other)) || (each.b === own && origin(each.a) === origin(other))),
    );
  return isSingle(pair.a, pair.b) && isSingle(pair.b, pair.a);
}
