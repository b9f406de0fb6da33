import { type Clause, nearestName, type TaggedClause } from '@credatlas/model';
import { type FieldNode, filterFault, malformed } from '../filterSyntax.ts';
import type { Judgement } from '../judgement.ts';
import type { Screens } from './Screens.ts';
import { type Verdict, verdictClause, verdicts } from './verdicts.ts';

interface ScreenContext {
  rules: Screens;
  judgement: Judgement;
}

/**
 * A filter by verdicts: `rule:NAME=VERDICT`, several joined by bars. Every credential has one, so that a negated list takes the others.
 * Throws InvalidInputError `malformed_filter` or `unknown_filter_value`.
 */
export async function ruleClause(node: FieldNode, context: ScreenContext): Promise<TaggedClause> {
  const clauses: Clause[] = [];
  const names = new Set<string>();
  for (const value of node.values) {
    if (value.kind !== 'text')
      throw malformed('Every credential has a verdict by every rule.', value.position, suggestionOf(context));
    const { name, verdict } = readVerdict(value, context);
    const rule = context.rules.all.find(({ id }) => id === name)!;
    names.add(name);
    clauses.push(verdictClause(await context.rules.compiled(rule, context.judgement), verdict));
  }
  const any: Clause = clauses.length === 1 ? clauses[0]! : { op: 'or', clauses };
  // A facet of another rule is of another field.
  const field = names.size === 1 ? `rule:${[...names][0]}` : 'rule';
  return { field, clause: node.isNegated ? { op: 'not', clause: any } : any };
}

function readVerdict(
  { text, position }: { text: string; position: number },
  context: ScreenContext,
): { name: string; verdict: Verdict } {
  const [, name = text, written] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const names = context.rules.all.map(({ id }) => id);
  if (!names.includes(name)) {
    const nearest = nearestName(name, names);
    throw filterFault('unknown_filter_value', {
      detail: `There is no rule "${name.slice(0, 100)}". Rules: ${names.join(', ')}.`,
      position,
      suggestion: nearest && `rule:${nearest}=${written ?? 'pass'}`,
    });
  }
  if (written === undefined) throw malformed('A verdict is expected after the rule.', position, `rule:${name}=pass`);
  const verdict = verdicts.find((each) => each === written);
  if (verdict) return { name, verdict };
  throw filterFault('unknown_filter_value', {
    detail: `"${written.slice(0, 100)}" is no verdict. Verdicts: ${verdicts.join(', ')}.`,
    position,
    suggestion: `rule:${name}=${nearestName(written, verdicts) ?? 'pass'}`,
  });
}

function suggestionOf({ rules }: ScreenContext): string {
  return `rule:${rules.all[0]?.id ?? 'NAME'}=cannot-judge`;
}
