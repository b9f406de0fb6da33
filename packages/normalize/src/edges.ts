import type { Edge, GraphValue } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { embedded, keyOf, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import { conditionTargets, type StatedCondition } from './statedConditions.ts';

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
      value: { ...edge(view, from, { relation: kind, value }), ...(alternativeGroup ? { alternativeGroup } : {}) },
    }));
  const direct = joining.flatMap((property) =>
    (view.resource.node.properties[property] ?? []).flatMap((value) =>
      joinedBy(view, { relation: property.replace('ceterms:', ''), property, value }),
    ),
  );
  return [...required, ...direct, ...transferEdges(view)];
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
  const credit = creditsAt(view, spot).map((each) => each.value);
  const assertedBy = view.parties(spot, 'ceterms:assertedBy')[0]?.value;
  const extra = { ...(credit.length > 0 ? { credit } : {}), ...(assertedBy ? { assertedBy } : {}) };
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

function edge(view: JoinView, from: Spot, given: { relation: string; value: GraphValue }): Edge {
  return { relation: given.relation, target: view.party(from, given.value), via: view.via(from) };
}

/** Through transfer value profiles: what this counts as (transferValueFor), and what counts here (transferValueFrom). */
function transferEdges(view: JoinView): Traced<Edge>[] {
  const profiles = [
    ...view.backwards(view.root, 'ceterms:transferValueFrom', 'ceterms:transferValueFor'),
    ...view.follow(view.root, 'ceterms:providesTransferValueFor'),
    ...view.follow(view.root, 'ceterms:receivesTransferValueFrom'),
  ];
  const distinct = [...new Map(profiles.map((spot) => [spot.resource.key, spot])).values()];
  return distinct
    .filter(({ resource }) => resource.kind === 'transferValue')
    .flatMap((spot) => transferEdgesOf(view, spot));
}

function transferEdgesOf(view: JoinView, spot: Spot): Traced<Edge>[] {
  const isHere = (value: GraphValue): boolean => keyOf(value) === view.resource.key;
  const values = (property: string): GraphValue[] => spot.node.properties[property] ?? [];
  const [from, to] = [values('ceterms:transferValueFrom'), values('ceterms:transferValueFor')];
  const credit = creditsAt(view, spot).map(({ value }) => value);
  const text = (property: string): string | undefined => textOf(spot.node, property)?.text;
  const [start, end] = [text('ceterms:startDate'), text('ceterms:endDate')];
  const owner = view.parties(spot, 'ceterms:ownedBy')[0]?.value;
  const common = {
    via: view.via(spot),
    ...(credit.length > 0 ? { credit } : {}),
    ...(owner ? { assertedBy: owner } : {}),
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
  };
  const at = view.at(spot, spot.node.path);
  const counterparts = (others: GraphValue[]): Edge['target'][] =>
    others.length > 0 ? others.map((value) => view.party(spot, value)) : [partyOf(spot.resource)];
  return [
    ...(from.some(isHere)
      ? counterparts(to).map((target) => ({ at, value: { relation: 'transferValueFor', target, ...common } }))
      : []),
    ...(to.some(isHere)
      ? counterparts(from).map((target) => ({ at, value: { relation: 'transferValueFrom', target, ...common } }))
      : []),
  ];
}

/** Collections that list this credential, by either side. */
export function collectionsOf(view: JoinView): { uri: string; name?: string; types: string[] }[] {
  const spots = [
    ...view.backwards(view.root, 'ceterms:hasMember'),
    ...view.follow(view.root, 'ceterms:isMemberOf'),
  ].filter(({ resource }) => resource.kind === 'collection');
  const members = view
    .backwards(view.root, 'ceterms:proxyFor', 'ceterms:hasMember/ceterms:proxyFor')
    .flatMap((spot) => view.follow(spot, 'ceterms:isMemberOf'));
  return [...new Map([...spots, ...members].map((spot) => [spot.resource.key, spot])).values()].map(
    ({ node, resource }) => {
      const name = textOf(node, 'ceterms:name')?.text;
      const types = embedded(node, 'ceterms:collectionType').flatMap(
        (each) => textOf(each, 'ceterms:targetNodeName')?.text ?? [],
      );
      return { uri: resource.uri, ...(name ? { name } : {}), types };
    },
  );
}
