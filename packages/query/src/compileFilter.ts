import {
  type Clause,
  firstMoment,
  nearestName,
  recognitionRoles,
  type TaggedClause,
  unreachable,
} from '@credatlas/model';
import { anywhere, circleOf } from './circle.ts';
import type { QueryContext } from './dependencies.ts';
import { type FilterField, filterField, filterFields } from './fields.ts';
import {
  type FieldNode,
  type FilterNode,
  type FilterValue,
  filterFault,
  malformed,
  parseFilter,
} from './filterSyntax.ts';
import { type Judgement, judgedClause, judgedValues } from './judgement.ts';
import { type FoundValues, type KeywordFilterField, readKeyword } from './readKeyword.ts';
import { ruleClause } from './rules/ruleClause.ts';
import { columnOf, type OrderedField, spanForms, spanOf } from './span.ts';
import type { Warnings } from './Warnings.ts';

export interface FilterContext
  extends Pick<QueryContext, 'labels' | 'credentials' | 'known' | 'lists' | 'skillsIn' | 'rules'> {
  currency: string;
  judgement: Judgement;
  /** In expanded mode inferred skills count as skills. */
  mode: 'strict' | 'expanded';
  /** Told of values that nothing has. */
  warnings: Warnings;
}

/**
 * The filter as engines take it: names looked up, dates and money in numbers, each top-level clause tagged with its field. Throws
 * InvalidInputError `malformed_filter`, `unknown_filter_field` or `unknown_filter_value`, with the position.
 */
export async function compileFilter(text: string | undefined, context: FilterContext): Promise<TaggedClause[]> {
  if (text === undefined || text.trim() === '') return [];
  return compileList(parseFilter(text), context);
}

type Range = Extract<Clause, { op: 'range' }>;
type Presence = Extract<Clause, { op: 'present' }>;
type ValueField = Exclude<FilterField, { kind: 'validOn' | 'rule' }>;
/** `heldOn`: the day that recognition is narrowed to, in milliseconds. */
type NarrowedContext = FilterContext & { heldOn?: number };

/** A list of clauses, all of which must hold; `validOn` narrows the others. */
export async function compileList(nodes: FilterNode[], context: NarrowedContext): Promise<TaggedClause[]> {
  const days = nodes.filter((node) => node.kind === 'field' && node.field === 'validOn') as FieldNode[];
  if (days.length > 1) throw malformed('validOn stands once in a list.', days[1]?.position ?? 0);
  const heldOn = days[0] ? dayOf(days[0]) : context.heldOn;
  const narrowed = heldOn === undefined ? context : { ...context, heldOn };
  const compiled: TaggedClause[] = [];
  for (const node of nodes) if (node !== days[0]) compiled.push(await compileNode(node, narrowed));
  // Nothing to narrow: any recognition that holds on that day.
  if (days[0] && heldOn !== undefined && !nodes.some(speaksOfRecognition))
    compiled.push({ field: 'validOn', clause: heldClause(heldOn) });
  return compiled;
}

function dayOf({ values, isNegated, position }: FieldNode): number {
  const [value] = values;
  const isDay = value?.kind === 'text' && /^\d{4}-\d{2}-\d{2}$/.test(value.text);
  const day = isDay ? firstMoment(value.text) : undefined;
  if (day === undefined || isNegated || values.length > 1)
    throw malformed('validOn takes one day.', position, 'validOn:2026-01-31');
  return day;
}

export function speaksOfRecognition(node: FilterNode): boolean {
  return node.kind === 'field' ? isRecognition(node.field) : node.alternatives.flat().some(speaksOfRecognition);
}

function isRecognition(field: string): boolean {
  return field === 'recognizedBy' || field === 'recognition';
}

async function compileNode(node: FilterNode, context: NarrowedContext): Promise<TaggedClause> {
  if (node.kind === 'field') {
    if (node.field === 'rule') return ruleClause(node, context);
    return { field: node.field, clause: await compileField(node, context) };
  }
  const alternatives: Clause[] = [];
  for (const list of node.alternatives) {
    alternatives.push(allOf((await compileList(list, context)).map(({ clause }) => clause)));
  }
  return { clause: anyOf(alternatives) };
}

function knownField({ field: name, position }: FieldNode): FilterField {
  const field = filterField(name);
  if (field) return field;
  const names = filterFields.map((each) => each.name);
  throw filterFault('unknown_filter_field', {
    detail: `There is no field "${name}". Fields: ${names.join(', ')}.`,
    position,
    suggestion: nearestName(name, names),
  });
}

async function compileField(node: FieldNode, context: NarrowedContext): Promise<Clause> {
  const field = knownField(node);
  // Whole lists are narrowed by it before their fields are read.
  if (field.kind === 'validOn' || field.kind === 'rule')
    throw malformed('validOn takes one day.', node.position, 'validOn:2026-01-31');
  const alternatives: Clause[] = [];
  for (const value of node.values) {
    if (value.kind !== 'none' && value.kind !== 'present') alternatives.push(await valueClause(field, value, context));
  }
  const hasNone = node.values.some(({ kind }) => kind === 'none');
  const isPresent = node.values.some(({ kind }) => kind === 'present');
  // Only asked for where it matters: for shortlists it looks up all of them.
  if (!node.isNegated && !hasNone && !isPresent) return anyOf(alternatives);
  const present = await presentClause(field, context);
  const missing: Clause = { op: 'not', clause: present };
  if (!node.isNegated) return anyOf([...alternatives, ...(hasNone ? [missing] : []), ...(isPresent ? [present] : [])]);
  if (isPresent)
    throw malformed('"*" cannot be left out.', node.position, `Write ${node.field}:none for what has no value.`);
  if (alternatives.length === 0) return present;
  const others: Clause = { op: 'not', clause: anyOf(alternatives) };
  return hasNone ? others : allOf([present, others]);
}

/** Has a value of the field at all. */
export async function presentClause(
  field: ValueField,
  { heldOn, mode, currency, judgement, lists }: NarrowedContext,
): Promise<Clause> {
  if (field.kind === 'shortlist') return anyOf((await lists.all()).map(({ clause }) => clause));
  if (field.kind === 'near') return anywhere;
  if (field.kind === 'judged')
    return anyOf(judgedValues[field.name].map((value) => judgedClause(field.name, value, judgement)));
  if (field.kind !== 'keyword') return { op: 'present', field: columnOf(field, currency) };
  const present: Clause = { op: 'present', field: field.engine };
  if (isRecognition(field.name) && heldOn !== undefined) return allOf([present, heldClause(heldOn)]);
  return field.engine === 'skill' && mode === 'expanded'
    ? anyOf([present, { op: 'present', field: 'skill.inferred' }])
    : present;
}

async function valueClause(field: ValueField, value: FilterValue, context: NarrowedContext): Promise<Clause> {
  if (field.kind === 'judged') return judgedClause(field.name, judgedText(field, value), context.judgement);
  if (field.kind === 'near') return circleOf(value);
  if (field.kind === 'shortlist') return listClause(keywordText(field, value), context);
  if (field.kind !== 'keyword') return rangeClause(field, value, context.currency);
  return keywordClause(field, await readKeyword(field, keywordText(field, value), context), context);
}

function keywordClause(
  field: KeywordFilterField,
  { engine, values }: FoundValues,
  { heldOn, mode }: NarrowedContext,
): Clause {
  if (isRecognition(field.name) && heldOn !== undefined)
    return field.name === 'recognition'
      ? heldClause(heldOn, { roles: values })
      : heldClause(heldOn, { agents: values });
  const clause: Clause = { op: 'any', field: engine, values };
  return engine === 'skill' && mode === 'expanded'
    ? anyOf([clause, { op: 'any', field: 'skill.inferred', values }, { op: 'any', field: 'skill.broader', values }])
    : clause;
}

async function listClause(
  { text, position }: { text: string; position: number },
  { lists }: FilterContext,
): Promise<Clause> {
  const list = await lists.find(text);
  if (list) return list.clause;
  const names = await lists.names();
  throw filterFault('unknown_filter_value', {
    detail: `There is no shortlist "${text.slice(0, 100)}".`,
    position,
    suggestion: nearestName(text, names),
  });
}

function judgedText(field: Extract<FilterField, { kind: 'judged' }>, value: FilterValue): string {
  const { text, position } = keywordText(field, value);
  const allowed = judgedValues[field.name];
  if (allowed.includes(text)) return text;
  throw filterFault('unknown_filter_value', {
    detail: `"${field.name}" is ${allowed.join(', ')}; ${field.name}:none for what is unknown.`,
    position,
    suggestion: nearestName(text, allowed),
  });
}

function keywordText(field: FilterField, value: FilterValue): { text: string; position: number } {
  if (value.kind === 'text') return value;
  throw malformed(
    `"${field.name}" holds names, not numbers: ranges do not apply.`,
    value.position,
    'Put the value in double quotes if the sign belongs to it.',
  );
}

/** Values of an ordered field as a person wrote them. */
export function rangeClause(ordered: OrderedField, value: FilterValue, currency: string): Range | Presence {
  const field = columnOf(ordered, currency);
  const span = (text: string): [number, number] => {
    const read = spanOf(ordered, text);
    if (read) return read;
    throw malformed(
      `"${text}" is no ${ordered.kind === 'date' ? 'date' : 'number'}.`,
      value.position,
      spanForms[ordered.kind],
    );
  };
  switch (value.kind) {
    case 'compare':
      return { op: 'range', field, ...comparison(value.operator, span(value.text)) };
    case 'between':
      return {
        op: 'range',
        field,
        ...(value.from === '' ? {} : { gte: span(value.from)[0] }),
        ...(value.to === '' ? {} : { lte: span(value.to)[1] }),
      };
    case 'text': {
      const [first, last] = span(value.text);
      return { op: 'range', field, gte: first, lte: last };
    }
    case 'none':
    case 'present':
      return { op: 'present', field };
    default:
      return unreachable(value);
  }
}

function comparison(
  operator: Extract<FilterValue, { kind: 'compare' }>['operator'],
  [first, last]: [number, number],
): Pick<Range, 'gt' | 'gte' | 'lt' | 'lte'> {
  switch (operator) {
    case '<':
      return { lt: first };
    case '<=':
      return { lte: last };
    case '>':
      return { gt: last };
    case '>=':
      return { gte: first };
    default:
      return unreachable(operator);
  }
}

/** Tiers are held like recognitions, so the roles are always named. */
function heldClause(on: number, narrowed: { roles?: string[]; agents?: string[] } = {}): Clause {
  return { op: 'held', on, roles: [...recognitionRoles], ...narrowed };
}

function anyOf(clauses: Clause[]): Clause {
  return clauses.length === 1 ? clauses[0]! : { op: 'or', clauses };
}

function allOf(clauses: Clause[]): Clause {
  return clauses.length === 1 ? clauses[0]! : { op: 'and', clauses };
}
