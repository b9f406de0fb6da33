import type { Edge, GraphValue } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import { pathwayEdges } from './pathwayEdges.ts';
import { keyOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { Target } from './statedConditions.ts';
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

const joiningRelations = joining.map((property) => ({ property, relation: property.replace('ceterms:', '') }));

/** Every edge to another resource, resolved or only named. */
export function edgesOf(view: JoinView, targets: readonly Target[]): Traced<Edge>[] {
  const found: Traced<Edge>[] = [];
  const besides = new Map<Spot, ReturnType<typeof beside>>();
  for (const { kind, value, from, alternativeGroup } of targets) {
    if (kind === 'renewal') continue;
    const made = edge(view, from, { relation: kind, value });
    if (from !== view.root) {
      const known = besides.get(from) ?? beside(view, from);
      besides.set(from, known);
      Object.assign(made, known);
    }
    if (alternativeGroup) made.alternativeGroup = alternativeGroup;
    found.push({ at: view.at(from, value.path), value: made });
  }
  for (const { property, relation } of joiningRelations) {
    for (const value of view.root.node.properties[property] ?? [])
      found.push(...joinedBy(view, { relation, property, value }));
  }
  found.push(...statedByOthers(view), ...transferEdges(view), ...pathwayEdges(view));
  return found;
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

/** What others say, by which paths they may say it, and how it reads from here. */
const halvesRead = [...pairs, ...oneWay].map(([others, own]) => {
  const property = `ceterms:${others}`;
  const paths = [property, ...profileTargets.map((target) => `${property}/${target}`)];
  return { property, paths, relation: own, ownProperty: `ceterms:${own}` };
});

const halfByPath: ReadonlyMap<string, unknown> = new Map(
  halvesRead.flatMap((half) => half.paths.map((path) => [path, half] as const)),
);

/** Edges that the resource at the other end states, unless this one states them too. */
function statedByOthers(view: JoinView): Traced<Edge>[] {
  const found: Traced<Edge>[] = [];
  const told = new Set([...view.pointingPaths].map((path) => halfByPath.get(path)));
  for (const half of halvesRead) {
    if (!told.has(half)) continue;
    const { property, paths, relation, ownProperty } = half;
    const others = view.backwards(view.root, ...paths);
    const known = new Set<string>();
    for (const stated of view.resource.references) if (stated.property.startsWith(ownProperty)) known.add(stated.key);
    for (const spot of others)
      if (!known.has(spot.resource.key)) found.push(...halves(view, spot, { property, relation }));
  }
  return found;
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
    const name = plainTextOf(spot.node, 'ceterms:name');
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
  const said: Pick<Edge, 'credit' | 'assertedBy' | 'condition'> = {};
  const credit = creditsAt(view, spot);
  if (credit.length > 0) said.credit = credit.map(({ value }) => value);
  const assertedBy = view.parties(spot, 'ceterms:assertedBy');
  if (assertedBy.length > 0) said.assertedBy = assertedBy.map(({ value }) => value);
  said.condition = view.at(spot, spot.node.path);
  return said;
}

function edge(view: JoinView, from: Spot, given: { relation: string; value: GraphValue }): Edge {
  return { relation: given.relation, target: view.party(from, given.value), via: view.via(from) };
}
