import type { GraphNode, GraphValue } from './graph.ts';

/** Pure membership says nothing about the one who lists it: a collection with one member more is no other collection. */
const membership = 'ceterms:hasMember';

/** Whether two readings of a resource give the same to whoever joins it, values and their places; bare memberships aside. */
export function saysTheSame(one: GraphNode, other: GraphNode): boolean {
  if (one.uri !== other.uri || one.path !== other.path || !areEqual(one.types, other.types)) return false;
  const [names, others] = [namesOf(one), namesOf(other)];
  return (
    areEqual(names, others) && names.every((name) => areSame(one.properties[name] ?? [], other.properties[name] ?? []))
  );
}

function namesOf({ properties }: GraphNode): string[] {
  return Object.keys(properties).filter((name) => name !== membership);
}

function areSame(ones: GraphValue[], others: GraphValue[]): boolean {
  return ones.length === others.length && ones.every((one, index) => isSame(one, others[index]!));
}

function isSame(one: GraphValue, other: GraphValue): boolean {
  if (one.path !== other.path) return false;
  if ('node' in one) return 'node' in other && saysTheSame(one.node, other.node);
  if ('reference' in one) return 'reference' in other && one.reference === other.reference;
  return (
    'literal' in other &&
    one.literal === other.literal &&
    one.language === other.language &&
    one.datatype === other.datatype
  );
}

function areEqual(ones: string[], others: string[]): boolean {
  return ones.length === others.length && ones.every((one, index) => one === others[index]);
}
