import { type Clause, codePath, type KeywordField } from '@credatlas/model';
import { compileList, type FilterContext, presentClause, speaksOfRecognition } from '../compileFilter.ts';
import { type FilterField, filterField } from '../fields.ts';
import { type FieldNode, type FilterNode, parseFilter } from '../filterSyntax.ts';
import { Warnings } from '../Warnings.ts';
import { type Rule, type RuleTest, testsIn } from './Rule.ts';
import type { CompiledRule, RuleNode, Screens } from './Screens.ts';
import { spreadTruth } from './spreadTruth.ts';
import { allOf, anyOf, firstOf, never, notOf, type Truth } from './verdicts.ts';

/** What names in rules are looked up in. */
type NameContext = Pick<FilterContext, 'labels' | 'credentials' | 'known' | 'lists' | 'skillsIn'>;
type LeafContext = FilterContext & { rule: Rule };

/** Rules with what their names are looked up in. */
export function screensOf(all: readonly Rule[], names: NameContext): Screens {
  const screens: Screens = {
    all,
    compiled: (rule, judgement) => compileRule(rule, { ...names, judgement, rules: screens }),
  };
  return screens;
}

/**
 * A rule as conditions over stored fields. Stated values and exact words decide, in the rule's own currency, whatever the question around
 * it says.
 */
async function compileRule(
  rule: Rule,
  given: NameContext & Pick<FilterContext, 'judgement' | 'rules'>,
): Promise<CompiledRule> {
  const context: LeafContext = { ...given, mode: 'strict', currency: rule.currency, warnings: new Warnings(0), rule };
  const clauses: CompiledRule['clauses'] = [];
  for (const clause of rule.clauses) clauses.push({ clause, node: await compileTest(clause.test, context) });
  return { rule, clauses, ...allOf(clauses.map(({ node }) => node)) };
}

const combined = { all: allOf, any: anyOf, first: firstOf, not: ([only]: readonly Truth[]) => notOf(only!) };

async function compileTest(test: RuleTest, context: LeafContext): Promise<RuleNode> {
  if (typeof test === 'string') return listOf(parseFilter(test), context);
  if ('field' in test) return listedLeaf(test, context);
  const kind = 'not' in test ? 'not' : 'all' in test ? 'all' : 'any' in test ? 'any' : 'first';
  const parts: RuleNode[] = [];
  for (const each of testsIn(test)) parts.push(await compileTest(each, context));
  return { kind, parts, ...combined[kind](parts) };
}

/** The clauses of a filter, all of which must hold. */
async function listOf(nodes: FilterNode[], context: LeafContext): Promise<RuleNode> {
  const day = nodes.find((node) => node.kind === 'field' && node.field === 'validOn');
  const others = nodes.filter((node) => node !== day);
  const parts: RuleNode[] = [];
  for (const node of others)
    parts.push(await nodeOf(node, day && speaksOfRecognition(node) ? day : undefined, context));
  if (day && !others.some(speaksOfRecognition)) parts.push(await heldLeaf(day, context));
  return parts.length === 1 ? parts[0]! : { kind: 'all', parts, ...allOf(parts) };
}

async function nodeOf(node: FilterNode, day: FilterNode | undefined, context: LeafContext): Promise<RuleNode> {
  if (node.kind === 'field') return fieldLeaf(node, day, context);
  const parts: RuleNode[] = [];
  for (const list of node.alternatives) parts.push(await listOf(day ? [...list, day] : list, context));
  return { kind: 'any', parts, ...anyOf(parts) };
}

async function fieldLeaf(node: FieldNode, day: FilterNode | undefined, context: LeafContext): Promise<RuleNode> {
  const spread = spreadTruth(node);
  if (spread) return { kind: 'leaf', field: node.field, ...spread };
  const lost = await lostShortlist(node, context);
  if (lost !== undefined) return { kind: 'leaf', field: `shortlist ${lost}`, ...never };
  const clauses = await compileList(day ? [day, node] : [node], context);
  const holds: Clause = { op: 'and', clauses: clauses.map(({ clause }) => clause) };
  return { kind: 'leaf', field: node.field, ...truthOf(holds, await statedClause(node, context)) };
}

/** Recognition of any kind that holds on a day. */
async function heldLeaf(day: FilterNode, context: LeafContext): Promise<RuleNode> {
  const holds: Clause = { op: 'and', clauses: (await compileList([day], context)).map(({ clause }) => clause) };
  return { kind: 'leaf', field: 'recognition', ...truthOf(holds, { op: 'present', field: 'recognition' }) };
}

async function listedLeaf(test: { field: string; list: string }, context: LeafContext): Promise<RuleNode> {
  const { values } = context.rule.lists[test.list]!;
  if (!values) return { kind: 'leaf', field: `list ${test.list}`, ...never };
  const texts = values.map((text) => ({ kind: 'text' as const, text, position: 0 }));
  return fieldLeaf(
    { kind: 'field', field: test.field, isNegated: false, values: texts, position: 0 },
    undefined,
    context,
  );
}

function truthOf(holds: Clause, stated: Clause): Truth {
  return { pass: holds, fail: { op: 'and', clauses: [stated, { op: 'not', clause: holds }] } };
}

const everything: Clause = { op: 'and', clauses: [] };

/** When a field clause can be judged. */
async function statedClause({ field: name, values }: FieldNode, context: LeafContext): Promise<Clause> {
  const field = filterField(name) as Exclude<FilterField, { kind: 'validOn' | 'rule' }>;
  // Whether something is stated, or on a list of ours, is always known.
  if (field.kind === 'shortlist' || values.some(({ kind }) => kind === 'none')) return everything;
  const isCode = field.kind === 'keyword' && field.reading.by === 'code';
  const codes = values.flatMap((value) => (value.kind === 'text' ? (codePath(value.text) ?? []) : []));
  if (!isCode || codes.length < values.length) return presentClause(field, context);
  return codedClause(`${field.engine}.path` as KeywordField, codes, context);
}

/** Has a code of the classification that is asked about: one of another says neither yes nor no. */
async function codedClause(path: KeywordField, codes: string[], { known }: LeafContext): Promise<Clause> {
  const isEsco = codes.every((code) => code.startsWith('esco:'));
  const inUse = await known.all(path);
  const roots = inUse.filter((code) => (isEsco ? /^esco:\d$/ : /^\d\d$/).test(code));
  return { op: 'any', field: path, values: roots };
}

async function lostShortlist({ field, values }: FieldNode, { lists }: LeafContext): Promise<string | undefined> {
  if (field !== 'issuerList') return undefined;
  for (const value of values) if (value.kind === 'text' && !(await lists.find(value.text))) return value.text;
  return undefined;
}
