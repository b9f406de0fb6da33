import type { KeywordField } from '@credatlas/model';
import type { LabelReader, RecordReader } from '@credatlas/ports';
import { valueName } from './valueNames.ts';

export type LabelSources = { labels: LabelReader; records: RecordReader };

/** Fields whose values are named by the documents, and the field under which those names are kept. */
export const namedBy: Partial<Record<KeywordField, KeywordField>> = {
  skill: 'skill',
  'skill.requires': 'skill',
  'skill.assesses': 'skill',
  'skill.teaches': 'skill',
  provider: 'provider',
  recognizedBy: 'recognizedBy',
  occupation: 'occupation',
  'occupation.path': 'occupation',
  program: 'program',
  'program.path': 'program',
  industry: 'industry',
  'industry.path': 'industry',
  subject: 'subject',
  keyword: 'keyword',
  collection: 'collection',
};

/** What people call each of the values. */
export async function namesOf(
  field: KeywordField,
  values: string[],
  sources: LabelSources,
): Promise<Map<string, string>> {
  if (field === 'source') return sourceNames(values, sources.records);
  const plain = new Map(values.map((value) => [value, valueName(field, value)]));
  const named = namedBy[field];
  if (!named) return plain;
  // The beginning of a code is named only where it is a whole code of its own.
  const labels = await sources.labels.labels(named, [...plain.values()]);
  return new Map([...plain].map(([value, name]) => [value, labels.get(name) ?? name]));
}

async function sourceNames(values: string[], records: RecordReader): Promise<Map<string, string>> {
  const names = new Map((await records.sources()).map(({ id, name }) => [id, name]));
  return new Map(values.map((value) => [value, names.get(value) ?? value]));
}
