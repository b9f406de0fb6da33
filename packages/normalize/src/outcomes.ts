import type { GraphNode, Outcome } from '@credatlas/model';
import { datasetOutcomes } from './datasets.ts';
import { figuresOf, hasFigures, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, literalOf, numberOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** Outcomes shown of one record: a national data set holds a row for each school and year. */
const mostOutcomes = 500;

/** Figures of aggregate data profiles, old kinds included, and of data sets about the credential. */
export function outcomesOf(view: JoinView): Traced<Outcome>[] {
  const profiles = profileProperties.flatMap(({ kind, property }) =>
    view.follow(view.root, property).map((spot) => ({ kind, spot })),
  );
  const found = [
    ...profiles.flatMap(({ kind, spot }) => profileOutcomes(view, kind, spot)),
    ...datasetOutcomes(
      view,
      profiles.map(({ spot }) => spot),
    ),
  ];
  if (found.length > mostOutcomes) {
    view.report(view.root, {
      code: 'outcomes_capped',
      severity: 'note',
      stated: { text: view.resource.uri, path: view.resource.node.path },
      message: `${found.length} figures are published about it; the first ${mostOutcomes} are kept. Nothing needs to be done.`,
    });
  }
  return found.slice(0, mostOutcomes);
}

const profileProperties = ['aggregateData', 'earnings', 'employmentOutcome', 'holders'].map((kind) => ({
  kind,
  property: `ceterms:${kind}`,
}));

function profileOutcomes(view: JoinView, kind: string, spot: Spot): Traced<Outcome>[] {
  const { node } = spot;
  const own = {
    ...figuresOf(node, { low: 'ceterms:lowEarnings', median: 'ceterms:medianEarnings', high: 'ceterms:highEarnings' }),
    ...stated({ count: numberOf(node, 'ceterms:numberAwarded')?.value }),
  };
  const common = stated({
    name: plainTextOf(node, 'ceterms:name'),
    text: plainTextOf(node, 'ceterms:description'),
    currency: literalOf(node, 'ceterms:currency')?.text,
    months: numberOf(node, 'ceterms:postReceiptMonths')?.value,
    source: iriOf(node, 'ceterms:source'),
    dataset: iriOf(node, 'qdata:relevantDataSet'),
  });
  const jobs = [...jobsObtained(view, spot)].map(({ figures, path }) => ({
    value: { kind: 'jobsObtained', ...common, ...figures },
    at: view.at(spot, path),
  }));
  // A profile may do no more than point at its data set, which is read for itself.
  if (!hasFigures(own)) return jobs;
  return [{ value: { kind, ...common, ...own }, at: view.at(spot, node.path) }, ...jobs];
}

/** Today a quantity, formerly a plain number. */
function* jobsObtained(view: JoinView, spot: Spot): Iterable<{ figures: Partial<Outcome>; path: string }> {
  const { node } = spot;
  const plain = numberOf(node, 'ceterms:jobsObtained');
  if (plain) yield { figures: { count: plain.value }, path: plain.path };
  for (const { node: quantity } of view.follow(spot, 'ceterms:jobsObtained')) yield quantityOf(quantity);
}

function quantityOf(node: GraphNode): { figures: Partial<Outcome>; path: string } {
  const text = plainTextOf(node, 'schema:description');
  return { figures: { ...figuresOf(node, { count: 'schema:value' }), ...stated({ text }) }, path: node.path };
}
