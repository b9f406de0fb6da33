import type { GraphNode, Outcome } from '@credatlas/model';
import { dayOf } from './days.ts';
import { distinctBy } from './distinctBy.ts';
import { figuresOf, hasFigures, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, keyOf, literalOf, nameOf, numberOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/**
 * Figures of QData sets about the credential: those that it or its profiles name, and those that name it. Both forms are read, time
 * frames with rows of attributes (until 2023) and observations of metrics.
 */
export function datasetOutcomes(view: JoinView, profiles: Spot[]): Traced<Outcome>[] {
  const named = [view.root, ...profiles].flatMap((spot) => view.follow(spot, 'qdata:relevantDataSet'));
  const naming = view.backwards(view.root, 'schema:about', 'qdata:relevantDataSetFor', ...pointPaths);
  return distinctBy([...named, ...naming], ({ node }) => node).flatMap((set) => [
    ...attributesOf(view, set),
    ...observationsOf(view, set),
  ]);
}

const pointPaths = ['qdata:hasDimension/qdata:hasPoint', 'qdata:hasObservation/qdata:atPoint'];

function attributesOf(view: JoinView, set: Spot): Traced<Outcome>[] {
  const frames = view.follow(set, 'qdata:dataSetTimePeriod');
  // A profile may also hang at the set itself, without a time frame.
  return [...frames, set].flatMap((frame) => {
    const common = stated({ period: periodOf(frame.node), dataset: set.node.uri, source: sourceOf(set.node) });
    return view
      .follow(frame, 'qdata:dataAttributes')
      .flatMap((profile) =>
        profileFigures(view, profile).map(({ value, at }) => ({ value: { ...value, ...common }, at })),
      );
  });
}

/** Every property of a data profile that leads to a quantity, an amount or a distribution. */
function profileFigures(view: JoinView, profile: Spot): Traced<Outcome>[] {
  const about = plainTextOf(profile.node, 'ceterms:description');
  return Object.keys(profile.node.properties).flatMap((property) =>
    view.follow(profile, property).flatMap((spot) => {
      const figure = spot.node.types.some((type) => type.includes('Monetary')) ? 'amount' : 'count';
      const figures = figuresOf(spot.node, { [figure]: 'schema:value' });
      if (!hasFigures(figures)) return [];
      const value: Outcome = {
        kind: property.replace(/^.*:/, ''),
        ...stated({ text: plainTextOf(spot.node, 'schema:description') ?? about, currency: currencyOf(spot.node) }),
        ...figures,
      };
      return [{ value, at: view.at(spot, spot.node.path) }];
    }),
  );
}

/** When the set tells credentials apart, only what was observed of this one. */
function observationsOf(view: JoinView, set: Spot): Traced<Outcome>[] {
  const all = view.follow(set, 'qdata:hasObservation');
  const own = all.filter(({ node }) => pointsAt(node, view.resource.key));
  return (own.length > 0 ? own : isAboutOthers(view, set) ? [] : all).flatMap((spot) => {
    const { node } = spot;
    const [metric] = view.follow(spot, 'qdata:isObservationOf');
    const figure = currencyOf(node) ? 'amount' : 'value';
    const figures = figuresOf(node, { [figure]: node.properties['qdata:value'] ? 'qdata:value' : 'schema:value' });
    if (!hasFigures(figures)) return [];
    const value: Outcome = {
      kind: 'observation',
      ...stated({
        name: metric && nameOf(metric.node),
        text: plainTextOf(node, 'ceterms:description'),
        currency: currencyOf(node),
        population: numberOf(node, 'qdata:sizeOfPopulation')?.value,
        points: otherPoints(view, spot),
        period: periodOf(node) ?? temporalCoverage(view, set),
        dataset: set.node.uri,
        source: sourceOf(set.node),
      }),
      ...figures,
    };
    return [{ value, at: view.at(spot, node.path) }];
  });
}

function isAboutOthers(view: JoinView, set: Spot): boolean {
  const points = view.follow(set, 'qdata:hasDimension').flatMap(({ node }) => node.properties['qdata:hasPoint'] ?? []);
  return points.some((value) => keyOf(value) === view.resource.key);
}

function pointsAt(node: GraphNode, key: string): boolean {
  return (node.properties['qdata:atPoint'] ?? []).some((value) => keyOf(value) === key);
}

function otherPoints(view: JoinView, spot: Spot): string[] | undefined {
  const points = (spot.node.properties['qdata:atPoint'] ?? []).flatMap((value) => {
    if (keyOf(value) === view.resource.key) return [];
    const { name, uri } = view.party(spot, value);
    return name ?? uri ?? [];
  });
  return points.length > 0 ? points : undefined;
}

function temporalCoverage(view: JoinView, set: Spot): string | undefined {
  const [frame] = view.follow(set, 'qdata:dataSetTemporalCoverage');
  return frame && periodOf(frame.node);
}

function periodOf(node: GraphNode): string | undefined {
  const day = (name: string): string =>
    dayOf((literalOf(node, `ceterms:${name}`) ?? literalOf(node, `qdata:${name}`))?.text) ?? '';
  const period = `${day('startDate')}/${day('endDate')}`;
  return period === '/' ? undefined : period;
}

function currencyOf(node: GraphNode): string | undefined {
  return (literalOf(node, 'schema:currency') ?? literalOf(node, 'ceterms:currency'))?.text;
}

function sourceOf(node: GraphNode): string | undefined {
  return iriOf(node, 'ceterms:source');
}
