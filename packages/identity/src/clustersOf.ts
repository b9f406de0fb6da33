import type { IdentityFacts, IdentityPair } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { originOf } from './evidenceBetween.ts';

export interface Cluster {
  lead: string;
  /** In UTF-8 bytes. */
  members: string[];
}

/** Each record with those that somebody has said it is not, from both ends. */
export type Apart = ReadonlyMap<string, ReadonlySet<string>>;

interface Group {
  members: string[];
  origins: Set<string>;
}

/**
 * Clusters of the records, strongest pair first, so that the outcome depends on nothing but records, pairs and decisions. Two records
 * that somebody has said are not one never get into one cluster, on whatever way round. An agreement joins only where each is the
 * other's single best at that origin, and never puts two records of one origin together. Pure.
 */
export function clustersOf(
  facts: ReadonlyMap<string, IdentityFacts>,
  given: { pairs: readonly IdentityPair[]; apart: Apart },
): Cluster[] {
  const pairs = given.pairs.filter(({ a, b }) => facts.has(a) && facts.has(b) && !given.apart.get(a)?.has(b));
  const rivals = rivalsOf(pairs, facts);
  const groups = new Map<string, Group>();
  const groupOf = (id: string): Group =>
    groups.get(id) ?? { members: [id], origins: new Set([originOf(facts.get(id)!)]) };
  for (const pair of pairs.toSorted(byStrength)) {
    const [one, other] = [groupOf(pair.a), groupOf(pair.b)];
    if (one === other || (isAgreement(pair) && !isBest(pair, { rivals, facts, one, other }))) continue;
    if (areApart(one, other, given.apart)) continue;
    const members = [...one.members, ...other.members];
    const joined = { members, origins: one.origins.union(other.origins) };
    for (const id of members) groups.set(id, joined);
  }
  return [...new Set(groups.values())].map(({ members }) => ({
    lead: leadOf(members.map((id) => facts.get(id)!)),
    members: members.toSorted(compareUtf8),
  }));
}

function areApart(one: Group, other: Group, apart: Apart): boolean {
  return one.members.some((a) => {
    const others = apart.get(a);
    return others !== undefined && other.members.some((b) => others.has(b));
  });
}

function byStrength(one: IdentityPair, other: IdentityPair): number {
  return strengthOf(other) - strengthOf(one) || compareUtf8(one.a, other.a) || compareUtf8(one.b, other.b);
}

function strengthOf({ evidence }: IdentityPair): number {
  return evidence[0]?.confidence ?? 0;
}

function isAgreement({ evidence }: IdentityPair): boolean {
  return evidence[0]?.kind === 'agreement';
}

/** Strengths of the agreements of each record with each origin, the strongest first. */
type Rivals = Map<string, number[]>;

function rivalsOf(pairs: readonly IdentityPair[], facts: ReadonlyMap<string, IdentityFacts>): Rivals {
  const rivals: Rivals = new Map();
  for (const pair of pairs) {
    if (!isAgreement(pair)) continue;
    for (const [id, other] of [[pair.a, pair.b] as const, [pair.b, pair.a] as const]) {
      const key = `${id}\n${originOf(facts.get(other)!)}`;
      rivals.set(
        key,
        [...(rivals.get(key) ?? []), strengthOf(pair)].sort((one, two) => two - one),
      );
    }
  }
  return rivals;
}

function isBest(
  pair: IdentityPair,
  given: { rivals: Rivals; facts: ReadonlyMap<string, IdentityFacts>; one: Group; other: Group },
): boolean {
  const isSingle = (id: string, other: string): boolean => {
    const [best = 0, next = 0] = given.rivals.get(`${id}\n${originOf(given.facts.get(other)!)}`) ?? [];
    return strengthOf(pair) === best && best > next;
  };
  return isSingle(pair.a, pair.b) && isSingle(pair.b, pair.a) && given.one.origins.isDisjointFrom(given.other.origins);
}

/** The record that stands for its cluster: the owner's own, else the newest, else the lowest id. */
function leadOf(members: IdentityFacts[]): string {
  const own = members.filter(({ isOwn }) => isOwn);
  const [lead] = (own.length > 0 ? own : members).toSorted(
    (a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt) || compareUtf8(a.id, b.id),
  );
  return lead!.id;
}
