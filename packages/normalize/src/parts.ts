import type { JoinView } from './JoinView.ts';
import type { Spot } from './Spot.ts';
import type { Target } from './statedConditions.ts';

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
export function partsOf(view: JoinView, targets: readonly Target[]): Part[] {
  const first = new Parts();
  for (const target of targets) {
    const part = partOf(view, target);
    if (part) first.add(part);
  }
  for (const spot of view.backwards(view.root, 'ceterms:targetCredential', 'ceterms:resultsInCredential')) {
    const { kind } = spot.resource;
    if (isPartKind(kind)) first.add({ spot, relation: 'leadsTo', isAlternative: false, kind });
  }
  const all = new Parts();
  for (const part of first.all()) all.add(part);
  for (const part of first.all()) {
    for (const property of subParts) {
      for (const spot of view.follow(part.spot, property)) {
        const { kind } = spot.resource;
        if (isPartKind(kind)) all.add({ ...part, spot, kind, within: part });
      }
    }
  }
  return all.all();
}

const subParts = ['ceterms:hasPart', 'ceterms:targetLearningOpportunity', 'ceterms:targetAssessment'];

function isPartKind(kind: string): kind is Part['kind'] {
  return kind === 'learning' || kind === 'assessment';
}

function partOf(view: JoinView, target: Target): Part | undefined {
  const relation = requiring.has(target.kind) ? 'requires' : target.kind === 'recommends' ? 'recommends' : undefined;
  const spot = relation && view.step(target.from, target.property, target.value);
  if (!relation || !spot) return undefined;
  const kind =
    spot.resource.key === view.resource.key || !spot.node.uri ? kindByProperty(target.property) : spot.resource.kind;
  if (!isPartKind(kind)) return undefined;
  return { spot, relation, isAlternative: target.alternativeGroup !== undefined, kind };
}

function kindByProperty(property: string): string {
  return property === 'ceterms:targetAssessment'
    ? 'assessment'
    : property === 'ceterms:targetLearningOpportunity'
      ? 'learning'
      : 'other';
}

/** The same course reached twice counts once, as what binds most: required before recommended, for all before as an alternative. */
class Parts {
  readonly #found = new Map<unknown, Part>();

  add(part: Part): void {
    const identity = part.spot.node.uri ? part.spot.resource.key : part.spot.node;
    const known = this.#found.get(identity);
    if (!known || looseness(part) < looseness(known)) this.#found.set(identity, part);
  }

  all(): Part[] {
    return [...this.#found.values()];
  }
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
