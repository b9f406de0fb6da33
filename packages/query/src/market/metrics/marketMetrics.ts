import { type KeywordField, type Metric, nearestName } from '@credatlas/model';
import { filterField } from '../../fields.ts';
import { type ListItem, listItems, parameterFault } from '../../parameterFault.ts';
import { type Cell, type MarketMetric, rounded, tableParts } from './MarketMetric.ts';
import { type MeasuredContext, measuredField, measuredNames } from './measuredFields.ts';
import { shareOf, shareUnit, statistic } from './statistics.ts';

/** Columns of one table; each is a pass over the matching credentials. */
const maxMetrics = 32;
const statistics = ['sum', 'min', 'max', 'mean', 'median', 'p25'];

/**
 * Metrics of the `metrics` parameter: `count,providers,median:cost,p25:days`; count unless given. Throws InvalidInputError
 * `unknown_metric`, `malformed_metric` or `repeated_metric`.
 */
export function marketMetrics(text: string | undefined, given: MeasuredContext): MarketMetric[] {
  const items = listItems(text ?? 'count');
  if (items.length > maxMetrics)
    throw fault('malformed_metric', items[maxMetrics]!, `At most ${maxMetrics} metrics at once.`);
  const repeated = items.find((item, index) => items.findIndex((each) => each.text === item.text) < index);
  if (repeated) throw fault('repeated_metric', repeated, `"${repeated.text}" is asked for twice.`);
  return items.map((item) => metricOf(item, given));
}

function metricOf(item: ListItem, given: MeasuredContext): MarketMetric {
  const name = item.text;
  const [, word = '', of = ''] = /^([^:]*):(.*)$/.exec(name) ?? [];
  if (name === 'count') return { name, label: 'credentials', unit: 'credentials', needs: [], read: ({ n }) => n };
  if (name === 'providers') return { ...distinct('provider'), name, label: 'providers' };
  switch (word) {
    case 'percent':
      return percentage(item, of);
    case 'distinct':
      return { ...distinct(keywordOf(item, of)), name, label: `different values of ${of}` };
    case 'share':
      return share(item, of, given);
    default:
      return measured(item, { word, of }, given);
  }
}

function measured(item: ListItem, { word, of }: { word: string; of: string }, given: MeasuredContext): MarketMetric {
  const field = measuredField(of, given);
  // Of what cannot be measured, any word would do to tell whether the word is one.
  const told = statistic(word, field ?? measuredField('days', given)!);
  if (!told) throw unknownMetric(item);
  if (!field) {
    const suggestion = `${word}:${nearestName(of, measuredNames) ?? 'cost'}`;
    throw fault('unknown_metric', item, `"${of}" cannot be measured. Fields: ${measuredNames.join(', ')}.`, suggestion);
  }
  if (field.isDate && (word === 'sum' || word === 'mean'))
    throw fault('malformed_metric', item, `Dates have no ${word}.`, `median:${of}`);
  return { name: item.text, ...told, presence: { kind: 'present', field: field.column } };
}

function keywordOf(item: ListItem, of: string): KeywordField {
  const field = filterField(of);
  if (field?.kind === 'keyword') return field.engine;
  throw fault('unknown_metric', item, `"${of}" has no values to tell apart.`, 'distinct:skill');
}

function distinct(keyword: KeywordField): Pick<MarketMetric, 'unit' | 'needs' | 'keyword' | 'read'> {
  const metric: Metric = { kind: 'distinct', field: keyword };
  // None among credentials that name none is unknown, not zero.
  return { unit: 'different values', needs: [metric], keyword, read: ({ told }) => told(metric) || null };
}

function share(item: ListItem, of: string, given: MeasuredContext): MarketMetric {
  const common = { name: item.text, label: `share that states ${of}`, unit: shareUnit, needs: [], read: shareOf };
  const field = measuredField(of, given);
  if (field) return { ...common, presence: { kind: 'present', field: field.column } };
  return { ...common, keyword: keywordOf(item, of) };
}

function percentage(item: ListItem, of: string): MarketMetric {
  const part = tableParts.find((each) => each === of);
  if (!part) throw fault('unknown_metric', item, `Percent of what? ${tableParts.join(', ')}.`, 'percent:row');
  const read = ({ n, among }: Cell): number | null => (among(part) === 0 ? null : rounded((100 * n) / among(part), 2));
  return { name: item.text, label: `percent of ${part}`, unit: '%', needs: [], read };
}

function unknownMetric(item: ListItem): Error {
  const forms = ['count', 'providers', ...statistics.map((word) => `${word}:cost`), 'share:cost', 'distinct:skill'];
  const parts = tableParts.map((part) => `percent:${part}`);
  const detail = `There is no metric "${item.text}". Metrics: count, providers, distinct:FIELD, share:FIELD, ${statistics.join(':FIELD, ')}:FIELD (p0 to p100), ${parts.join(', ')}. Fields: ${measuredNames.join(', ')}.`;
  return fault('unknown_metric', item, detail, nearestName(item.text, [...forms, ...parts]) ?? 'median:cost');
}

function fault(code: string, { position }: ListItem, ...[detail, suggestion]: [string, string?]): Error {
  return parameterFault(code, { parameter: 'metrics', position, detail, suggestion });
}
