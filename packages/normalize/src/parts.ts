import type { JoinView } from './JoinView.ts';
import type { Spot } from './Spot.ts';
import type { StatedCondition, Target } from './statedConditions.ts';
import { conditionTargets } from './statedConditions.ts';

/** A course, programme or assessment that belongs to the credential. */
export interface Part {
  spot: Spot;
  /** requires: without it no credential; recommends: useful; leadsTo: it says itself that it leads here. */
  relation: 'requires' | 'recommends' | 'leadsTo';
  isAlternative: boolean;
  kind: 'learning' | 'assessment';
  /** The programme that it is reached through; what that one states in all holds for its parts too. */
  within?: Part;
}

const requiring = new Set(['requires', 'corequisite', 'coPrerequisite']);

/** Courses and assessments within two hops: targets of conditions, what points at the credential as its result, and parts of these. */
export function partsOf(view: JoinView, conditions: StatedCondition[]): Part[] {
  const stated = conditionTargets(view, conditions).flatMap((target) => partOf(view, target));
  const leading = view
    .backwards(view.root, 'ceterms:targetCredential', 'ceterms:resultsInCredential')
    .filter(({ resource }) => resource.kind === 'learning' || resource.kind === 'assessment')
    .map(
      (spot): Part => ({ spot, relation: 'leadsTo', isAlternative: false, kind: spot.resource.kind as Part['kind'] }),
    );
  const first = distinct([...stated, ...leading]);
  const second = first.flatMap((part) => subPartsOf(view, part));
  return distinct([...first, ...second]);
}

function partOf(view: JoinView, target: Target): Part[] {
  const relation = requiring.has(target.kind) ? 'requires' : target.kind === 'recommends' ? 'recommends' : undefined;
  const spot = view.step(target.from, target.property, target.value);
  if (!relation || !spot) return [];
  const kind =
    spot.resource.key === view.resource.key || !spot.node.uri ? kindByProperty(target.property) : spot.resource.kind;
  if (kind !== 'learning' && kind !== 'assessment') return [];
  return [{ spot, relation, isAlternative: target.alternativeGroup !== undefined, kind }];
}

function kindByProperty(property: string): string {
  return property === 'ceterms:targetAssessment'
    ? 'assessment'
    : property === 'ceterms:targetLearningOpportunity'
      ? 'learning'
      : 'other';
}

function subPartsOf(view: JoinView, part: Part): Part[] {
  return ['ceterms:hasPart', 'ceterms:targetLearningOpportunity', 'ceterms:targetAssessment'].flatMap((property) =>
    view.follow(part.spot, property).flatMap((spot) => {
      const kind = spot.resource.kind;
      return kind === 'learning' || kind === 'assessment' ? [{ ...part, spot, kind, within: part }] : [];
    }),
  );
}

/** The same course reached twice counts once, as what binds most: required before recommended, for all before as an alternative. */
function distinct(parts: Part[]): Part[] {
  const found = new Map<unknown, Part>();
  for (const part of parts) {
    const identity = part.spot.node.uri ? part.spot.resource.key : part.spot.node;
    const known = found.get(identity);
    if (!known || looseness(part) < looseness(known)) found.set(identity, part);
  }
  return [...found.values()];
}

const byBinding: readonly Part['relation'][] = ['requires', 'leadsTo', 'recommends'];

function looseness({ relation, isAlternative }: Part): number {
  return byBinding.indexOf(relation) * 2 + (isAlternative ? 1 : 0);
}

/** What must be taken and has no way around it: the outermost parts, each with the parts within it. */
export function requiredParts(parts: Part[]): { part: Part; within: Part[] }[] {
  const within = Map.groupBy(parts, (part) => part.within);
  return parts
    .filter((part) => part.relation === 'requires' && !part.isAlternative && !part.within)
    .map((part) => ({ part, within: within.get(part) ?? [] }));
}

/** Undefined when there is nothing to add up, or when one of them says nothing. */
export function sumOfAll(amounts: readonly (number | undefined)[]): number | undefined {
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return amounts.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
