import { declaredInverseOf, isA, referenceKey } from '@credatlas/ctdl';
import type { GraphNode } from '@credatlas/model';
import type { Examination } from './Examination.ts';
import { identityKeysOf } from './Neighbours.ts';

/** What the resources of one document say of each other. */
export function examineRelations(nodes: readonly GraphNode[], examination: Examination): void {
  examineInverses(nodes, examination);
  examineFrameworks(nodes, examination);
}

function examineInverses(nodes: readonly GraphNode[], { findings }: Examination): void {
  const byKey = new Map(nodes.flatMap((node) => identityKeysOf(node).map((key) => [key, node] as const)));
  const targets = targetsByNode();
  for (const node of nodes)
    for (const [name, values] of Object.entries(node.properties)) {
      const inverse = declaredInverseOf(name);
      if (inverse === undefined) continue;
      const own = identityKeysOf(node);
      for (const value of values) {
        const other = 'reference' in value ? byKey.get(referenceKey(value.reference)) : undefined;
        // A framework leads to its topmost competencies by ceasn:hasTopChild, and only those point at it (`ctdl-model` §1.7).
        if (!other || other === node || (name === 'ceasn:isChildOf' && isFramework(other))) continue;
        const back = targets(other, inverse);
        if (own.some((key) => back.has(key))) continue;
        const isContradicted = back.size > 0;
        findings.add(
          isContradicted ? 'inverse_mismatch' : 'inverse_one_directional',
          { pointer: value.path, resource: node.uri },
          () => ({
            message: `${name} points at ${other.uri}, ${isContradicted ? `whose ${inverse} points elsewhere` : `which states no ${inverse}`}.`,
            fix: `State ${inverse} there, pointing back at ${node.uri}.`,
          }),
        );
      }
    }
}

function isFramework({ types }: GraphNode): boolean {
  return types.some((type) => isA(type, 'ceasn:CompetencyFramework'));
}

/** What a node points at by a property, as identity keys; each worked out once. */
function targetsByNode(): (node: GraphNode, property: string) => ReadonlySet<string> {
  const known = new Map<GraphNode, Map<string, Set<string>>>();
  return (node, property) => {
    const byProperty = known.get(node) ?? new Map<string, Set<string>>();
    known.set(node, byProperty);
    const found =
      byProperty.get(property) ??
      new Set(
        (node.properties[property] ?? []).flatMap((value) =>
          'reference' in value ? [referenceKey(value.reference)] : [],
        ),
      );
    byProperty.set(property, found);
    return found;
  };
}

/** A competency that stands beside a framework but says it is part of another one. */
function examineFrameworks(nodes: readonly GraphNode[], { findings }: Examination): void {
  const frameworks = nodes.filter(isFramework);
  if (frameworks.length === 0) return;
  const keys = new Set(frameworks.flatMap(identityKeysOf));
  for (const node of nodes) {
    const values = node.properties['ceasn:isPartOf'] ?? [];
    const references = values.flatMap((value) => ('reference' in value ? [value] : []));
    const [first] = references;
    if (!first || references.some(({ reference }) => keys.has(referenceKey(reference)))) continue;
    findings.add('framework_mismatch', { pointer: first.path, resource: node.uri }, () => ({
      message: `It says that it is part of ${first.reference}, but the framework of this document is ${frameworks[0]?.uri}.`,
      fix: 'Point ceasn:isPartOf at the framework that it is published with.',
      suggestion: frameworks[0]?.uri,
    }));
  }
}
