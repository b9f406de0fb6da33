import type { GraphValue } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import type { Spot } from './Spot.ts';

export const conditionProperties = [
  'ceterms:requires',
  'ceterms:recommends',
  'ceterms:corequisite',
  'ceterms:coPrerequisite',
  'ceterms:entryCondition',
  'ceterms:prerequisite',
  'ceterms:renewal',
] as const;

export const targetProperties = [
  'ceterms:targetAssessment',
  'ceterms:targetCredential',
  'ceterms:targetLearningOpportunity',
  'ceterms:targetJob',
  'ceterms:targetOccupation',
] as const;

/** One condition: where it is stated, under which property, and with which others it is an alternative. */
export interface StatedCondition {
  /** Local name of the property: requires, recommends, … */
  kind: string;
  spot: Spot;
  path: string;
  alternativeGroup?: string;
}

/** Conditions of the resource itself and of the manifests it shares with others; alternatives of one another carry their group. */
export function statedConditions(view: JoinView): StatedCondition[] {
  const found: StatedCondition[] = [];
  for (const spot of [view.root, ...view.follow(view.root, 'ceterms:commonConditions')]) {
    for (const property of conditionProperties) {
      const values = spot.node.properties[property] ?? [];
      for (let index = 0; index < values.length; index++)
        unfold(view, spot, { property, value: values[index]!, group: `${property}/${index}`, found });
    }
  }
  return found;
}

function unfold(
  view: JoinView,
  spot: Spot,
  given: { property: string; value: GraphValue; group: string; found: StatedCondition[] },
): void {
  if (!('node' in given.value)) return;
  const condition = view.step(spot, given.property, given.value);
  if (!condition) return;
  const kind = localName(given.property);
  const alternatives = alternativesOf(view, condition);
  const group = alternatives.length > 0 ? { alternativeGroup: given.group } : {};
  given.found.push({ kind, spot: condition, path: given.value.path, ...group });
  for (const each of alternatives) given.found.push({ kind, spot: each, path: each.node.path, ...group });
}

function localName(property: string): string {
  return property.slice(property.indexOf(':') + 1);
}

/** All alternatives, those of alternatives too; each once, in the order met. */
function alternativesOf(view: JoinView, condition: Spot): Spot[] {
  if (!condition.node.properties['ceterms:alternativeCondition']) return [];
  const found = new Map<unknown, Spot>([[condition.node, condition]]);
  // The map grows while it is walked.
  for (const spot of found.values())
    for (const each of view.follow(spot, 'ceterms:alternativeCondition'))
      if (!found.has(each.node)) found.set(each.node, each);
  return [...found.values()].slice(1);
}

/** A course, assessment or credential that a condition (or the resource itself) points at. */
export interface Target {
  property: string;
  value: GraphValue;
  from: Spot;
  kind: string;
  alternativeGroup?: string;
}

/** Everything conditions point at, and what condition properties point at directly without a profile between. */
export function conditionTargets(view: JoinView, conditions: StatedCondition[]): Target[] {
  const found: Target[] = [];
  for (const property of conditionProperties) {
    for (const value of view.root.node.properties[property] ?? [])
      if ('reference' in value) found.push({ property, value, from: view.root, kind: localName(property) });
  }
  for (const { spot, kind, alternativeGroup } of conditions) {
    for (const property of targetProperties) {
      for (const value of spot.node.properties[property] ?? [])
        found.push({ property, value, from: spot, kind, ...(alternativeGroup ? { alternativeGroup } : {}) });
    }
  }
  return found;
}
