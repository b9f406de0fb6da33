import type { SearchEngine } from '@credatlas/ports';
import type { CompiledRule, RuleNode } from './Screens.ts';
import type { Verdict } from './verdicts.ts';

/** How one credential fares by one test. */
export interface Judged {
  verdict: Verdict;
  /** Fields that would have to be stated for it to be judged. */
  missing: string[];
}

/** For each of the credentials, how it fares by each clause of a rule, in their order. */
export async function judgeRecords(
  engine: Pick<SearchEngine, 'matching'>,
  { clauses }: CompiledRule,
  ids: string[],
): Promise<Map<string, Judged[]>> {
  const leaves = clauses.flatMap(({ node }) => leavesOf(node));
  const told = new Map(
    await Promise.all(
      leaves.map(async (leaf) => {
        const [pass, fail] = await Promise.all([engine.matching(ids, leaf.pass), engine.matching(ids, leaf.fail)]);
        return [leaf, { pass: new Set(pass), fail: new Set(fail) }] as const;
      }),
    ),
  );
  const leafVerdict = (leaf: RuleNode, id: string): Verdict => {
    const { pass, fail } = told.get(leaf)!;
    return pass.has(id) ? 'pass' : fail.has(id) ? 'fail' : 'cannot-judge';
  };
  return new Map(ids.map((id) => [id, clauses.map(({ node }) => judged(node, (leaf) => leafVerdict(leaf, id)))]));
}

/** Whether all clauses hold. */
export function verdictOfAll(clauses: readonly Judged[]): Verdict {
  if (clauses.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return clauses.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'cannot-judge';
}

function leavesOf(node: RuleNode): RuleNode[] {
  return node.kind === 'leaf' ? [node] : node.parts.flatMap(leavesOf);
}

function judged(node: RuleNode, leafVerdict: (leaf: RuleNode) => Verdict): Judged {
  if (node.kind === 'leaf') {
    const verdict = leafVerdict(node);
    return { verdict, missing: verdict === 'cannot-judge' ? [node.field] : [] };
  }
  const parts = node.parts.map((part) => judged(part, leafVerdict));
  const verdict = combinedVerdict(node.kind, parts);
  const missing = verdict === 'cannot-judge' ? [...new Set(parts.flatMap((part) => part.missing))] : [];
  return { verdict, missing };
}

const opposite: Readonly<Record<Verdict, Verdict>> = { pass: 'fail', fail: 'pass', 'cannot-judge': 'cannot-judge' };

function combinedVerdict(kind: Exclude<RuleNode['kind'], 'leaf'>, parts: readonly Judged[]): Verdict {
  if (kind === 'not') return opposite[parts[0]!.verdict];
  if (kind === 'first') return parts.find(({ verdict }) => verdict !== 'cannot-judge')?.verdict ?? 'cannot-judge';
  if (kind === 'all') return verdictOfAll(parts);
  return opposite[verdictOfAll(parts.map((part) => ({ ...part, verdict: opposite[part.verdict] })))];
}

/** Conditions under which a field that is not stated keeps a rule from being judged: each test around it cannot be judged either. */
export function missingClauses({ clauses }: CompiledRule): Map<string, RuleNode[][]> {
  const paths = new Map<string, RuleNode[][]>();
  const walk = (node: RuleNode, above: RuleNode[]): void => {
    const path = [...above, node];
    if (node.kind !== 'leaf') for (const part of node.parts) walk(part, path);
    else paths.set(node.field, [...(paths.get(node.field) ?? []), path]);
  };
  for (const { node } of clauses) walk(node, []);
  return paths;
}
