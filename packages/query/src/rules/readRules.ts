import { fileURLToPath } from 'node:url';
import { nearestName } from '@credatlas/model';
import { checkedFile, type DataFile, dataFiles, faultyFile } from '../dataFiles.ts';
import { filterField, filterFields } from '../fields.ts';
import { type FilterNode, parseFilter } from '../filterSyntax.ts';
import { staticFault } from '../staticFault.ts';
import { type Rule, type RuleList, type RuleTest, ruleListSchema, ruleSchema, testsIn } from './Rule.ts';

const code = 'rule_invalid';

/**
 * The rules that ship, and those of a user's JSON file or folder of such files; one with the id of a shipped one takes its place. A
 * file with `list` gives values to the list of that name in every rule. Throws InvalidInputError `rule_invalid` naming file, pointer and
 * what is allowed.
 */
export function readRules(path?: string): Rule[] {
  const shipped = dataFiles(fileURLToPath(new URL('../../rules/', import.meta.url)), code);
  const own = path === undefined ? [] : dataFiles(path, code);
  const read = [...shipped, ...own].map(readOne);
  const rules = new Map(read.flatMap((each) => ('list' in each ? [] : [[each.id, each] as const])));
  const lists = new Map(read.flatMap((each) => ('list' in each ? [[each.list, each] as const] : [])));
  return [...rules.values()].map((rule) => ({ ...rule, lists: filled(rule.lists, lists) }));
}

function filled(named: Rule['lists'], given: ReadonlyMap<string, RuleList>): Rule['lists'] {
  return Object.fromEntries(
    Object.entries(named).map(([name, own]) => {
      const { list: _list, ...values } = given.get(name) ?? { list: name };
      return [name, { ...own, ...values }];
    }),
  );
}

function readOne(file: DataFile): Rule | RuleList {
  const isList = typeof file.value === 'object' && file.value !== null && 'list' in file.value;
  if (isList) return checkedFile(file, ruleListSchema, code);
  const rule = checkedFile(file, ruleSchema, code);
  const faults = rule.clauses.flatMap(({ test }, at) => faultsIn(test, `/clauses/${at}/test`));
  if (faults.length > 0) throw faultyFile({ path: file.path, code }, faults);
  return rule;
}

function faultsIn(test: RuleTest, pointer: string): { pointer: string; detail: string }[] {
  const detail = typeof test === 'string' ? filterFault(test) : 'field' in test ? listFault(test.field) : undefined;
  if (detail !== undefined) return [{ pointer, detail }];
  const [key] = typeof test === 'string' ? [] : Object.keys(test);
  return testsIn(test).flatMap((each, at) => faultsIn(each, `${pointer}/${key}${key === 'not' ? '' : `/${at}`}`));
}

function filterFault(filter: string): string | undefined {
  const fault = staticFault(filter);
  if (fault !== undefined) return fault;
  return mentionsRule(parseFilter(filter)) ? 'a rule cannot rest on a rule; write its tests here' : undefined;
}

function mentionsRule(nodes: readonly FilterNode[]): boolean {
  return nodes.some((node) => (node.kind === 'field' ? node.field === 'rule' : mentionsRule(node.alternatives.flat())));
}

function listFault(name: string): string | undefined {
  if (filterField(name)?.kind === 'keyword') return undefined;
  const names = filterFields.filter(({ kind }) => kind === 'keyword').map((field) => field.name);
  return `"${name}" is no field that lists can name values of; did you mean "${nearestName(name, names) ?? 'occupation'}"?`;
}
