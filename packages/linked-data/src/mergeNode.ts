import type { GraphNode, GraphValue } from '@credatlas/model';

/** Types that one resource may gather from all its descriptions. */
const maxTypes = 100;

/** Adds to `known` what a second description of the same resource says beyond it. False when the two contradict each other. */
export function mergeNode(known: GraphNode, more: GraphNode): boolean {
  for (const type of more.types)
    if (known.types.length < maxTypes && !known.types.includes(type)) known.types.push(type);
  let agrees = true;
  for (const [name, values] of Object.entries(more.properties)) {
    const stated = known.properties[name];
    if (!stated) known.properties[name] = values;
    else if (!sameValues(stated, values)) agrees = false;
  }
  return agrees;
}

function sameValues(a: readonly GraphValue[], b: readonly GraphValue[]): boolean {
  return a.length === b.length && a.every((value, index) => sameValue(value, b[index]!));
}

/** Equal but for the places. */
function sameValue(a: GraphValue, b: GraphValue): boolean {
  if ('node' in a) return 'node' in b && sameNode(a.node, b.node);
  if ('reference' in a) return 'reference' in b && a.reference === b.reference;
  return 'literal' in b && a.literal === b.literal && a.language === b.language && a.datatype === b.datatype;
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  const names = Object.keys(a.properties);
  return (
    a.types.join() === b.types.join() &&
    names.length === Object.keys(b.properties).length &&
    names.every((name) => sameValues(a.properties[name]!, b.properties[name] ?? []))
  );
}
