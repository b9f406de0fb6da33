import {
  type Clause,
  firstMoment,
  InvalidInputError,
  lastMoment,
  type NumberField,
  nearestName,
  type TaggedClause,
  unreachable,
} from '@credatlas/model';
import type { CredentialReader, LabelReader } from '@credatlas/ports';
import { type FilterField, filterField, filterFields, moneyColumn } from './fields.ts';
import { type FilterNode, type FilterValue, malformed, parseFilter } from './filterSyntax.ts';
import { readKeyword } from './readKeyword.ts';

export interface FilterContext {
  labels: LabelReader;
  credentials: CredentialReader;
  currency: string;
  mode: 'strict' | 'expanded';
  /** Told of values that nothing has. */
  warn(message: string): void;
}

/** The filter as engines take it: names looked up, dates and money in numbers, each top-level clause tagged with its field. */
export async function compileFilter(text: string | undefined, context: FilterContext): Promise<TaggedClause[]> {
  if (text === undefined || text.trim() === '') return [];
  return compileList(parseFilter(text), context);
}

async function compileList(nodes: FilterNode[], context: FilterContext): Promise<TaggedClause[]> {
  const validOn = nodes.find((node) => node.kind === 'field' && node.field === 'validOn');
  const own = validOn ? nodes.filter((node) => !isRecognition(node)) : nodes;
  const compiled: TaggedClause[] = [];
  for (const node of own) compiled.push(await compileNode(node, context));
  if (validOn?.kind === 'field') compiled.push(await compileHeld(validOn, nodes.filter(isNarrowed), context));
  return compiled;
}

type FieldNode = Extract<FilterNode, { kind: 'field' }>;

function isRecognition(node: FilterNode): boolean {
  return node.kind === 'field' && (node.field === 'validOn' || isNarrowed(node));
}

/** Positive clauses on recognition are narrowed to what holds on that day; negated ones stand for themselves. */
function isNarrowed(node: FilterNode): node is FieldNode {
  return node.kind === 'field' && (node.field === 'recognizedBy' || node.field === 'recognition') && !node.isNegated;
}

async function compileHeld(validOn: FieldNode, narrowed: FieldNode[], context: FilterContext): Promise<TaggedClause> {
  const value = validOn.values[0];
  const on = value?.kind === 'text' ? firstMoment(value.text) : undefined;
  if (on === undefined || validOn.isNegated || validOn.values.length > 1)
    throw malformed('validOn takes one date, like 2026-01-31.', validOn.position);
  const held: Extract<Clause, { op: 'held' }> = { op: 'held', on };
  for (const node of narrowed) {
    const field = knownField(node);
    if (field.kind !== 'keyword') continue;
    const values = [];
    for (const each of node.values)
      if (each.kind === 'text') values.push(...(await readKeyword(field, each, context)).values);
    if (values.length > 0) held[node.field === 'recognition' ? 'roles' : 'agents'] = values;
  }
  return {
    field: narrowed.some(({ field }) => field === 'recognizedBy') ? 'recognizedBy' : 'recognition',
    clause: held,
  };
}

async function compileNode(node: FilterNode, context: FilterContext): Promise<TaggedClause> {
  if (node.kind === 'field') return { field: node.field, clause: await compileField(node, context) };
  const alternatives: Clause[] = [];
  for (const list of node.alternatives) {
    const clauses = (await compileList(list, context)).map(({ clause }) => clause);
    alternatives.push(clauses.length === 1 ? clauses[0]! : { op: 'and', clauses });
  }
  return { clause: { op: 'or', clauses: alternatives } };
}

function knownField(node: FieldNode): FilterField {
  const field = filterField(node.field);
  if (field) return field;
  const names = filterFields.map(({ name }) => name);
  const suggestion = nearestName(node.field, names);
  const detail = `There is no field "${node.field}". Fields: ${names.join(', ')}.`;
  throw new InvalidInputError('unknown_filter_field', `filter, position ${node.position}: ${detail}`, {
    faults: [
      {
        code: 'unknown_filter_field',
        parameter: 'filter',
        position: node.position,
        detail,
        ...(suggestion ? { suggestion } : {}),
      },
    ],
  });
}

async function compileField(node: FieldNode, context: FilterContext): Promise<Clause> {
  const field = knownField(node);
  if (field.kind === 'validOn')
    throw malformed('validOn narrows recognizedBy or recognition in the same list.', node.position);
  const columns = columnsOf(field, context);
  const named = node.values.filter((value) => value.kind !== 'none' && value.kind !== 'present');
  const alternatives: Clause[] = [];
  for (const value of named) alternatives.push(await valueClause(field, value, context));
  const present: Clause = anyOf(columns.map((column): Clause => ({ op: 'present', field: column })));
  const missing: Clause = { op: 'not', clause: present };
  const hasNone = node.values.some(({ kind }) => kind === 'none');
  const isPresent = node.values.some(({ kind }) => kind === 'present');
  if (!node.isNegated) return anyOf([...alternatives, ...(hasNone ? [missing] : []), ...(isPresent ? [present] : [])]);
  if (isPresent) return missing;
  if (alternatives.length === 0) return present;
  const excluded: Clause = { op: 'and', clauses: [present, { op: 'not', clause: anyOf(alternatives) }] };
  return hasNone ? anyOf([excluded, missing]) : excluded;
}

type Column = Extract<Clause, { op: 'present' }>['field'];

/** Columns that hold the field's values; in expanded mode inferred skills count as skills. */
function columnsOf(field: FilterField, { currency, mode }: FilterContext): Column[] {
  if (field.kind === 'money') return [moneyColumn(field.engine, currency)];
  if (field.kind === 'validOn') return [];
  return field.engine === 'skill' && mode === 'expanded' ? ['skill', 'skill.inferred'] : [field.engine];
}

function anyOf(clauses: Clause[]): Clause {
  return clauses.length === 1 ? clauses[0]! : { op: 'or', clauses };
}

async function valueClause(field: FilterField, value: FilterValue, context: FilterContext): Promise<Clause> {
  switch (field.kind) {
    case 'keyword': {
      const text = keywordText(field, value);
      const { engine, values } = await readKeyword(field, { text, position: value.position }, context);
      const clause: Clause = { op: 'any', field: engine, values };
      return engine === 'skill' && context.mode === 'expanded'
        ? anyOf([clause, { op: 'any', field: 'skill.inferred', values }])
        : clause;
    }
    case 'number':
      return rangeClause(field.engine, value, (text) => [
        plainNumber(text, value.position),
        plainNumber(text, value.position),
      ]);
    case 'money': {
      const cents = (text: string): number => plainNumber(text, value.position) * 100;
      return rangeClause(moneyColumn(field.engine, context.currency), value, (text) => [cents(text), cents(text)]);
    }
    case 'date':
      return rangeClause(field.engine, value, (text) => period(text, value.position));
    case 'validOn':
      throw malformed('validOn takes one date.', value.position);
    default:
      return unreachable(field);
  }
}

function keywordText(field: FilterField, value: FilterValue): string {
  if (value.kind === 'text') return value.text;
  throw malformed(
    `"${field.name}" has names, not numbers: ranges do not apply.`,
    value.position,
    'Quote the value if the sign belongs to it.',
  );
}

/** `readSpan` answers the first and last point that a written value stands for: the same for numbers, a whole year for `2024`. */
function rangeClause(field: NumberField, value: FilterValue, readSpan: (text: string) => [number, number]): Clause {
  if (value.kind === 'compare') {
    const [first, last] = readSpan(value.text);
    if (value.operator === '<') return { op: 'range', field, lt: first };
    if (value.operator === '<=') return { op: 'range', field, lte: last };
    if (value.operator === '>') return { op: 'range', field, gt: last };
    return { op: 'range', field, gte: first };
  }
  if (value.kind === 'between') {
    const from = value.from === '' ? {} : { gte: readSpan(value.from)[0] };
    const to = value.to === '' ? {} : { lte: readSpan(value.to)[1] };
    return { op: 'range', field, ...from, ...to };
  }
  const [first, last] = readSpan(value.kind === 'text' ? value.text : '');
  return { op: 'range', field, gte: first, lte: last };
}

function plainNumber(text: string, position: number): number {
  if (!/^-?\d+(\.\d+)?$/.test(text))
    throw malformed(`"${text}" is no number.`, position, 'Write digits, with a dot before decimals.');
  return Number(text);
}

function period(text: string, position: number): [number, number] {
  const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return [moment, moment];
  const [first, last] = [firstMoment(text), lastMoment(text)];
  if (first === undefined || last === undefined)
    throw malformed(`"${text}" is no date.`, position, 'Write 2026, 2026-01 or 2026-01-31.');
  return [first, last];
}
