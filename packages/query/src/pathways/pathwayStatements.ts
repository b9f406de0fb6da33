import { type Choice, nodeKey, type Party, type PathwayComponent, type TiedRecord } from '@credatlas/model';
import { partyOf } from './edgeStatements.ts';
import type { Place, Statement } from './Statement.ts';

/** Components between two that stand for something are looked through this deep; published pathways nest three. */
const deepest = 8;
/** Statements read from one pathway: some hundred components have some hundred. */
const mostStatements = 2_000;

export interface PathwayStatement {
  statement: Statement;
  from: Party;
  to: Party;
}

/** A component that comes before or lies below another, with the choices on the way; innermost last. */
interface Below {
  component: PathwayComponent;
  places: Place[];
}

/**
 * What a pathway says: which of the things that its components stand for lead to which others, by order, by tree and by condition.
 * Components that stand for nothing are looked through. What its destination stands for, or else the pathway itself, is its end;
 * `asEnd`: the pathway itself, whatever that stands for.
 */
export function pathwayStatements(
  pathway: Omit<TiedRecord, 'ties' | 'isCutShort'>,
  { asEnd = false } = {},
): PathwayStatement[] {
  const steps = new Steps(pathway.components ?? []);
  const found: PathwayStatement[] = [];
  for (const top of pathway.components ?? []) {
    const to =
      top.isDestination && asEnd
        ? partyOf(pathway)
        : (top.stands ?? (top.isDestination ? partyOf(pathway) : undefined));
    if (!to) continue;
    for (const { component, places } of steps.standingBelow(top)) {
      if (found.length >= mostStatements) return found;
      const from = component.stands!;
      const [fromKey, toKey] = [nodeKey(from, component.uri), nodeKey(to, pathway.uri)];
      if (fromKey === toKey) continue;
      const said = { from: fromKey, to: toKey, places, credit: component.credit ?? [] };
      found.push({ statement: { ...said, ...common(pathway) }, from, to });
    }
  }
  return found;
}

function common({ uri, nameText, owners, offerers, status, dates }: Parameters<typeof pathwayStatements>[0]) {
  return {
    kind: 'pathway',
    relation: 'hasPart',
    statedIn: { uri, name: nameText },
    statedBy: 'other',
    assertedBy: owners.length > 0 ? owners : offerers,
    status,
    ...(dates.effective ? { start: dates.effective } : {}),
    ...(dates.expires ? { end: dates.expires } : {}),
  } as const;
}

class Steps {
  readonly #byUri: Map<string, PathwayComponent>;
  readonly #before = new Map<string, PathwayComponent[]>();

  constructor(components: PathwayComponent[]) {
    this.#byUri = new Map(components.map((component) => [component.uri, component]));
    for (const component of components)
      for (const later of component.precedes) this.#before.set(later, [...(this.#before.get(later) ?? []), component]);
  }

  /** The nearest components below that stand for something, each once. */
  standingBelow(top: PathwayComponent): Below[] {
    const found: Below[] = [];
    const seen = new Set([top.uri]);
    const walk = (above: PathwayComponent, places: Place[], depth: number): void => {
      for (const below of this.#below(above)) {
        const { component } = below;
        if (seen.has(component.uri)) continue;
        seen.add(component.uri);
        const all = [...places, ...below.places];
        if (component.stands) found.push({ ...below, places: all });
        else if (depth < deepest) walk(component, all, depth + 1);
      }
    };
    walk(top, [], 1);
    return found;
  }

  /** What its conditions target, its children, and what comes before it. */
  #below({ uri, children, precededBy, conditions }: PathwayComponent): Below[] {
    const byGroup = new Map(conditions.map((condition) => [condition.group, condition]));
    const chosen = conditions.flatMap((condition) =>
      condition.targets.map((target) => ({ target, places: chainOf(condition, { target, byGroup }) })),
    );
    const plain = [...children, ...precededBy, ...(this.#before.get(uri) ?? []).map((each) => each.uri)];
    const all = [...chosen, ...plain.map((target) => ({ target, places: [] }))];
    return all.flatMap(({ target, places }) => {
      const component = this.#byUri.get(target);
      return component ? [{ component, places }] : [];
    });
  }
}

/** The conditions that hold a target, outermost first; conditions name the one they lie within. */
function chainOf(
  innermost: Choice,
  { target, byGroup }: { target: string; byGroup: ReadonlyMap<string, Choice> },
): Place[] {
  const places: Place[] = [];
  let item = target;
  for (let choice: Choice | undefined = innermost; choice && places.length < deepest; ) {
    // `And` asks for all of them; `Or` and `OnlyOne` count one.
    const required = choice.required ?? (/^(Or|OnlyOne)$/.test(choice.operator ?? '') ? 1 : undefined);
    places.unshift({ group: choice.group, item, ...(required === undefined ? {} : { required }) });
    item = choice.group;
    choice = choice.within === undefined ? undefined : byGroup.get(choice.within);
  }
  return places;
}
