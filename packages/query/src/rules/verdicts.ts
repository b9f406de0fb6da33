import type { Clause } from '@credatlas/model';

export const verdicts = ['pass', 'fail', 'cannot-judge'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictLabels: ReadonlyMap<string, string> = new Map([
  ['pass', 'Passes'],
  ['fail', 'Fails'],
  ['cannot-judge', 'Cannot be judged'],
]);

/** When something holds and when it does not; what satisfies neither cannot be judged. */
export interface Truth {
  pass: Clause;
  fail: Clause;
}

/** Condition of a verdict. */
export function verdictClause({ pass, fail }: Truth, verdict: Verdict): Clause {
  if (verdict === 'cannot-judge') return { op: 'not', clause: { op: 'or', clauses: [pass, fail] } };
  return verdict === 'pass' ? pass : fail;
}

export function verdictClauses(truth: Truth): { value: Verdict; clause: Clause }[] {
  return verdicts.map((value) => ({ value, clause: verdictClause(truth, value) }));
}

export const never: Truth = { pass: { op: 'or', clauses: [] }, fail: { op: 'or', clauses: [] } };

/** All of them: one that fails decides, else one that cannot be judged (Kleene). */
export function allOf(truths: readonly Truth[]): Truth {
  return {
    pass: { op: 'and', clauses: truths.map(({ pass }) => pass) },
    fail: { op: 'or', clauses: truths.map(({ fail }) => fail) },
  };
}

export function anyOf(truths: readonly Truth[]): Truth {
  return notOf(allOf(truths.map(notOf)));
}

export function notOf({ pass, fail }: Truth): Truth {
  return { pass: fail, fail: pass };
}

/** The first that can be judged. */
export function firstOf(truths: readonly Truth[]): Truth {
  const decided = (side: keyof Truth): Clause => ({
    op: 'or',
    clauses: truths.map((truth, at) => ({
      op: 'and',
      clauses: [...truths.slice(0, at).map((earlier) => verdictClause(earlier, 'cannot-judge')), truth[side]],
    })),
  });
  return { pass: decided('pass'), fail: decided('fail') };
}
