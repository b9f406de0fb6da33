import { className, classOf, isA, isSingleValued, propertyOf } from '@credatlas/ctdl';
import type { GraphValue } from '@credatlas/model';
import { type Examination, type Examined, someOf } from './Examination.ts';
import { examineLiteral } from './literalRules.ts';
import { agedSeverity, examineNodeValue, examineReference, examineTextReference } from './referenceRules.ts';

/** Domain, number of values, and each value by its kind, for every property of a node. */
export function examineProperties(examined: Examined, examination: Examination): void {
  for (const [name, values] of Object.entries(examined.node.properties)) {
    if (!propertyOf(name)) continue;
    examineDomain({ name, values }, examined, examination);
    examineCount({ name, values }, examined, examination);
    for (const value of values) examineValue({ name, value }, examined, examination);
  }
}

interface Property {
  name: string;
  values: readonly GraphValue[];
}

/** Namespaces whose domains are CTDL's to say; schema.org and SKOS have wider ones of their own. */
const ownNamespaces = /^(?:ceterms|ceasn|asn|qdata):/;

/** Six properties have no domain at all, and some classes that are referred to are declared nowhere: neither can be judged (§1.7). */
function examineDomain({ name, values }: Property, { node, resource }: Examined, { findings }: Examination): void {
  const domain = (propertyOf(name)?.domain ?? []).map(className);
  const types = node.types.filter((type) => classOf(type) || domain.includes(type));
  if (!ownNamespaces.test(name) || domain.length === 0 || types.length === 0 || domain.includes('rdfs:Resource'))
    return;
  if (types.some((type) => domain.some((each) => isA(type, each)))) return;
  const pointer = values[0] ? propertyPointer(values[0].path, node.path, name) : node.path;
  findings.add('domain_violation', { pointer, resource, subject: name }, () => ({
    message: `${name} is no property of ${types.join(', ')}; it belongs to ${someOf(domain)}.`,
    fix: 'Use a property of the class, or correct the class.',
    ...agedSeverity(name),
  }));
}

/** The place of the property itself, where its values stand right under it. */
function propertyPointer(valuePath: string, nodePath: string, name: string): string {
  const rest = valuePath.slice(nodePath.length + 1).split('/')[0];
  return valuePath.startsWith(`${nodePath}/`) && rest ? `${nodePath}/${rest}` : `${nodePath}/${name}`;
}

/** One value for what can hold only once; of texts one per language. */
function examineCount({ name, values }: Property, { node, resource }: Examined, { findings }: Examination): void {
  if (values.length < 2 || !isSingleValued(name)) return;
  const seen = new Set<string>();
  const repeated = values.find((value) => {
    const language = 'literal' in value ? (value.language ?? '') : '';
    const isKnown = seen.has(language);
    seen.add(language);
    return isKnown;
  });
  if (!repeated) return;
  const pointer = propertyPointer(values[0]?.path ?? '', node.path, name);
  findings.add('several_values', { pointer, resource }, () => ({
    message: `${name} has ${values.length} values where there can be one${seen.size > 1 ? ' per language' : ''}.`,
    fix: 'Keep the one that holds.',
  }));
}

function examineValue(
  { name, value }: { name: string; value: GraphValue },
  examined: Examined,
  examination: Examination,
): void {
  const range = examination.rangeOf(name);
  if (!range) return;
  const at = { name, range };
  if ('node' in value) examineNodeValue({ ...at, value }, examined, examination);
  else if ('reference' in value) examineReference({ ...at, value }, examined, examination);
  else if (range.literal) examineLiteral({ ...at, value }, examined, examination);
  else examineTextReference({ ...at, value }, examined, examination);
}
