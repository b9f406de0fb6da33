import type { Edge, GraphValue } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { pathwayEdges } from './pathwayEdges.ts';
import { keyOf, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import { conditionTargets, type StatedCondition } from './statedConditions.ts';
import { transferEdges } from './transferEdges.ts';

/** Properties that join a credential to another resource, directly or through a condition profile. */
const joining = [
  'ceterms:isPreparationFor',
  'ceterms:preparationFrom',
  'ceterms:isAdvancedStandingFor',
  'ceterms:advancedStandingFrom',
  'ceterms:isRequiredFor',
  'ceterms:isRecommendedFor',
  'ceterms:hasPart',
  'ceterms:isPartOf',
  'ceterms:supersedes',
  'ceterms:supersededBy',
  'ceterms:exactAlignment',
  'ceterms:broadAlignment',
  'ceterms:narrowAlignment',
  'ceterms:majorAlignment',
  'ceterms:minorAlignment',
  'ceterms:isSimilarTo',
  'ceterms:credentialType',
  'ceterms:resultsInCredential',
  'ceterms:targetCredential',
  'ceterms:intermediaryFor',
  'ceterms:hasTransferValueProfile',
] as const;

const profileTargets = [
  'ceterms:targetCredential',
  'ceterms:targetLearningOpportunity',
  'ceterms:targetAssessment',
  'ceterms:targetOccupation',
  'ceterms:targetJob',
] as const;

/** Every edge to another resource, resolved or only named. */
export function edgesOf(view: JoinView, conditions: StatedCondition[]): Traced<Edge>[] {
  const required = conditionTargets(view, conditions)
    .filter(({ kind }) => kind !== 'renewal')
    .map(({ kind, value, from, alternativeGroup }) => ({
      at: view.at(from, value.path),
      value: {
        ...edge(view, from, { relation: kind, value }),
        ...(from === view.root ? {} : beside(view, from)),
        ...(alternativeGroup ? { alternativeGroup } : {}),
      },
    }));
  const direct = joining.flatMap((property) =>
    (view.resource.node.properties[property] ?? []).flatMap((value) =>
      joinedBy(view, { relation: property.replace('ceterms:', ''), property, value }),
    ),
  );
  return [...required, ...direct, ...statedByOthers(view), ...transferEdges(view), ...pathwayEdges(view)];
}

/** The other half of a pair: what others say of this credential is read as this credential would say it. */
const pairs: readonly (readonly [others: string, own: string])[] = [
  ['isPreparationFor', 'preparationFrom'],
  ['preparationFrom', 'isPreparationFor'],
  ['isAdvancedStandingFor', 'advancedStandingFrom'],
  ['advancedStandingFrom', 'isAdvancedStandingFor'],
  ['hasPart', 'isPartOf'],
  ['isPartOf', 'hasPart'],
];
/** Read backwards only, as what requires a course is its condition to tell. */
const oneWay: readonly (readonly [others: string, own: string])[] = [
  ['isRequiredFor', 'requires'],
  ['isRecommendedFor', 'recommends'],
  ['requires', 'isRequiredFor'],
];

/** Edges that the resource at the other end states, unless this one states them too. */
function statedByOthers(view: JoinView): Traced<Edge>[] {
  return [...pairs, ...oneWay].flatMap(([others, own]) => {
    const property = `ceterms:${others}`;
    const found = view.backwards(view.root, property, ...profileTargets.map((target) => `${property}/${target}`));
    if (found.length === 0) return [];
    const stated = view.resource.references.filter((each) => each.property.startsWith(`ceterms:${own}`));
    const known = new Set(stated.map(({ key }) => key));
    return found
      .filter(({ resource }) => !known.has(resource.key))
      .flatMap((spot) => halves(view, spot, { property, relation: own }));
  });
}

/** The edge with what its other half says beside: credit, who asserts it, and with what it is an alternative. */
function halves(view: JoinView, spot: Spot, given: { property: string; relation: string }): Traced<Edge>[] {
  const target = partyOf(spot.resource);
  return (spot.node.properties[given.property] ?? []).flatMap((value) => {
    const profile = 'node' in value && !value.node.uri ? view.step(spot, given.property, value) : undefined;
    const ends = profile ? profileTargets.flatMap((each) => profile.node.properties[each] ?? []) : [value];
    if (!ends.some((end) => keyOf(end) === view.resource.key)) return [];
    const edge = { relation: given.relation, target, via: view.via(spot), ...(profile ? beside(view, profile) : {}) };
    return [{ at: view.at(spot, value.path), value: edge }];
  });
}

/** These properties take a resource or a condition profile that targets one, or only names it. */
function joinedBy(view: JoinView, given: { relation: string; property: string; value: GraphValue }): Traced<Edge>[] {
  const { relation, property, value } = given;
  const isProfile =
    'node' in value &&
    (value.node.types.includes('ceterms:ConditionProfile') ||
      profileTargets.some((each) => value.node.properties[each]));
  const spot = isProfile ? view.step(view.root, property, value) : undefined;
  if (!spot) return [{ at: view.at(view.root, value.path), value: edge(view, view.root, { relation, value }) }];
  const targets = profileTargets.flatMap((each) => spot.node.properties[each] ?? []);
  const extra = beside(view, spot);
  if (targets.length === 0) {
    const name = textOf(spot.node, 'ceterms:name')?.text;
    const target = { ...(name ? { name } : {}), resolved: false };
    return [{ at: view.at(spot, value.path), value: { relation, target, via: view.via(spot), ...extra } }];
  }
  return targets.map((target) => ({
    at: view.at(spot, target.path),
    value: { ...edge(view, spot, { relation, value: target }), ...extra },
  }));
}

/** What a condition profile says of the edges it makes. */
function beside(view: JoinView, spot: Spot): Pick<Edge, 'credit' | 'assertedBy' | 'condition'> {
  const credit = creditsAt(view, spot).map((each) => each.value);
  const assertedBy = view.parties(spot, 'ceterms:assertedBy').map(({ value }) => value);
  return {
    ...(credit.length > 0 ? { credit } : {}),
    ...(assertedBy.length > 0 ? { assertedBy } : {}),
    condition: view.at(spot, spot.node.path),
  };
}

function edge(view: JoinView, from: Spot, given: { relation: string; value: GraphValue }): Edge {
  return { relation: given.relation, target: view.party(from, given.value), via: view.via(from) };
}
