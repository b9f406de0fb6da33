import type { Judgement } from '../judgement.ts';
import type { Rule, RuleClause } from './Rule.ts';
import type { Truth } from './verdicts.ts';

/** A test as engines take it: at its leaves the field that must be stated for it to be judged. */
export type RuleNode = Truth &
  ({ kind: 'leaf'; field: string } | { kind: 'all' | 'any' | 'not' | 'first'; parts: RuleNode[] });

export type CompiledRule = Truth & { rule: Rule; clauses: { clause: RuleClause; node: RuleNode }[] };

/** The rules that there are, and what they come to on a day. */
export interface Screens {
  all: readonly Rule[];
  compiled(rule: Rule, judgement: Judgement): Promise<CompiledRule>;
}
