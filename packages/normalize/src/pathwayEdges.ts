import type { Choice, Edge, GraphValue, Party, PathwayComponent } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import type { JoinView } from './JoinView.ts';
import { alignments, firstTerm, keyOf, nameOf, numberOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** Conditions within conditions are read this deep; published pathways nest two. */
const deepestCondition = 8;
/** Components of one pathway; the largest published has some hundred. */
const mostComponents = 2_000;

const linkProperties = {
  hasChild: ['ceasn:hasChild', 'ceterms:hasChild'],
  precedes: ['ceterms:precedes'],
  precededBy: ['ceterms:precededBy', 'ceterms:prerequisite'],
} as const;

/** A condition with its place in the tree, and the components that it targets itself. */
interface PlacedChoice {
  choice: Choice;
  spot: Spot;
  targets: GraphValue[];
}

/**
 * What pathways say of the credential, by way of the components that stand for it: what comes before and after, and what must be
 * fulfilled, with how many of how many. The other end is what its component stands for, else the component.
 */
export function pathwayEdges(view: JoinView): Traced<Edge>[] {
  const components = view.backwards(view.root, 'ceterms:proxyFor').filter(({ resource }) => isComponent(resource.kind));
  return components.flatMap((spot) => [
    ...Object.entries(linkProperties).flatMap(([relation, properties]) =>
      properties.flatMap((property) =>
        (spot.node.properties[property] ?? []).map((value) => ({
          at: view.at(spot, value.path),
          value: { relation, target: standsFor(view, spot, value), via: view.via(spot) },
        })),
      ),
    ),
    ...choicesOf(view, spot).flatMap(({ choice, spot: condition, targets }) =>
      targets.map((value) => ({
        at: view.at(condition, value.path),
        value: {
          relation: 'targetComponent',
          target: standsFor(view, condition, value),
          via: view.via(condition),
          choice,
        },
      })),
    ),
  ]);
}

/** The steps of a pathway, with their order and conditions; undefined for what is no pathway. */
export function componentsOf(view: JoinView): Traced<PathwayComponent>[] | undefined {
  if (view.resource.kind !== 'pathway') return undefined;
  const destinations = keysOf(view.root, ['ceterms:hasDestinationComponent']);
  return gathered(view).map((spot) => {
    const { node } = spot;
    const [name, designation] = [nameOf(node), alignments(node, 'ceterms:componentDesignation')[0]?.label];
    const credit = creditsAt(view, spot).map(({ value }) => value);
    const points = view.follow(spot, 'ceterms:pointValue').map((each) => numberOf(each.node, 'schema:value')?.value)[0];
    const stands = view.parties(spot, 'ceterms:proxyFor')[0]?.value;
    const value: PathwayComponent = {
      uri: node.uri ?? '',
      types: node.types,
      isDestination: destinations.has(spot.resource.key),
      children: namesOf(spot, linkProperties.hasChild),
      precedes: namesOf(spot, linkProperties.precedes),
      precededBy: namesOf(spot, linkProperties.precededBy),
      conditions: choicesOf(view, spot).map(({ choice, targets }) => ({ ...choice, targets: targets.flatMap(iriOf) })),
      ...(name ? { name } : {}),
      ...(stands ? { stands } : {}),
      ...(designation ? { designation } : {}),
      ...(credit.length > 0 ? { credit } : {}),
      ...(points === undefined ? {} : { points }),
    };
    return view.traced(spot, value);
  });
}

/** Parts, destination, whoever says it is part of the pathway, and the children of all these; each once, in the order met. */
function gathered(view: JoinView): Spot[] {
  const found = new Map<string, Spot>();
  const waiting = [
    ...['ceterms:hasDestinationComponent', 'ceterms:hasPart', 'ceasn:hasPart'].flatMap((property) =>
      view.follow(view.root, property),
    ),
    ...view.backwards(view.root, 'ceterms:isPartOf', 'ceasn:isPartOf'),
  ];
  for (let spot = waiting.shift(); spot && found.size < mostComponents; spot = waiting.shift()) {
    if (!isComponent(spot.resource.kind) || found.has(spot.resource.key)) continue;
    found.set(spot.resource.key, spot);
    for (const property of linkProperties.hasChild) waiting.push(...view.follow(spot, property));
  }
  return [...found.values()];
}

/** Conditions of a component from the outermost inwards; one that several share is read where it is met first. */
function choicesOf(view: JoinView, component: Spot): PlacedChoice[] {
  const seen = new Set<unknown>();
  const unfold = (spot: Spot, within: string | undefined, depth: number): PlacedChoice[] => {
    if (depth > deepestCondition || seen.has(spot.node)) return [];
    seen.add(spot.node);
    const inner = view.follow(spot, 'ceterms:hasCondition');
    const targets = spot.node.properties['ceterms:targetComponent'] ?? [];
    const choice = choiceAt(view, spot, { of: targets.length + inner.length, within });
    return [{ choice, spot, targets }, ...inner.flatMap((each) => unfold(each, choice.group, depth + 1))];
  };
  return view.follow(component, 'ceterms:hasCondition').flatMap((spot) => unfold(spot, undefined, 1));
}

function choiceAt(view: JoinView, spot: Spot, given: { of: number; within: string | undefined }): Choice {
  const { node } = spot;
  const required = numberOf(node, 'ceterms:requiredNumber')?.value;
  const operator = firstTerm(node, 'ceterms:logicalOperator', 'ceterms:LogicalOperatorCategory');
  const [name, text] = [plainTextOf(node, 'ceterms:name'), plainTextOf(node, 'ceterms:description')];
  return {
    group: view.at(spot, node.path),
    of: given.of,
    ...(required === undefined ? {} : { required: Math.trunc(required) }),
    ...(operator ? { operator } : {}),
    ...(given.within ? { within: given.within } : {}),
    ...(name ? { name } : {}),
    ...(text ? { text } : {}),
  };
}

function standsFor(view: JoinView, from: Spot, value: GraphValue): Party {
  const component = view.behind(from, value);
  const [proxied] = component
    ? view.parties({ node: component.node, resource: component, walked: [] }, 'ceterms:proxyFor')
    : [];
  return proxied?.value ?? view.party(from, value);
}

function isComponent(kind: string): boolean {
  return kind === 'pathwayComponent';
}

function keysOf(spot: Spot, properties: readonly string[]): Set<string> {
  return new Set(
    properties.flatMap((property) => (spot.node.properties[property] ?? []).flatMap((each) => keyOf(each) ?? [])),
  );
}

function namesOf(spot: Spot, properties: readonly string[]): string[] {
  return [...new Set(properties.flatMap((property) => (spot.node.properties[property] ?? []).flatMap(iriOf)))];
}

function iriOf(value: GraphValue): string[] {
  if ('reference' in value) return [value.reference];
  return 'node' in value && value.node.uri ? [value.node.uri] : [];
}
