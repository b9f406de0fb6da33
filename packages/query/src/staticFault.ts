import { CredatlasError, nearestName } from '@credatlas/model';
import { type FilterField, filterField, filterFields } from './fields.ts';
import { type FilterNode, type FilterValue, parseFilter } from './filterSyntax.ts';
import { judgedValues } from './judgement.ts';
import { isOrdered, spanForms, spanOf } from './span.ts';

/** What is wrong with a filter, as far as that can be told without the data: for filters that stand in files. */
export function staticFault(filter: string): string | undefined {
  try {
    return faultIn(parseFilter(filter));
  } catch (error) {
    if (error instanceof CredatlasError) return error.message;
    throw error;
  }
}

function faultIn(nodes: readonly FilterNode[]): string | undefined {
  for (const node of nodes) {
    const fault = node.kind === 'field' ? fieldFault(node) : faultIn(node.alternatives.flat());
    if (fault) return fault;
  }
  return undefined;
}

function fieldFault({ field: name, values }: Extract<FilterNode, { kind: 'field' }>): string | undefined {
  const field = filterField(name);
  if (field) return values.map((value) => valueFault(field, value)).find((fault) => fault !== undefined);
  const names = filterFields.map((each) => each.name);
  const nearest = nearestName(name, names);
  return `there is no field "${name}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
}

function valueFault(field: FilterField, value: FilterValue): string | undefined {
  if (value.kind === 'none' || value.kind === 'present') return undefined;
  if (isOrdered(field)) {
    const texts = value.kind === 'between' ? [value.from, value.to].filter((text) => text !== '') : [value.text];
    const wrong = texts.find((text) => !spanOf(field, text));
    return wrong === undefined
      ? undefined
      : `"${wrong}" is no ${field.kind} for "${field.name}". ${spanForms[field.kind]}`;
  }
  if (value.kind !== 'text') return `"${field.name}" holds names, so that ranges do not apply`;
  const allowed = closedValues(field);
  if (!allowed || allowed.some((each) => bare(each) === bare(value.text))) return undefined;
  return `"${field.name}" has no value "${value.text}". Values: ${allowed.join(', ')}`;
}

function closedValues(field: FilterField): readonly string[] | undefined {
  if (field.kind === 'judged') return judgedValues[field.name];
  return field.kind === 'keyword' && field.reading.by === 'closed' ? field.reading.values : undefined;
}

/** `micro-credential` and `microCredential` are one. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
