import { agree } from './amounts.ts';
import { type Judged, judged, speakers, verdicts } from './judged.ts';
import type { Node } from './Node.ts';
import { type Statement, type StepKind, stepKinds } from './Statement.ts';

/** One way in which one thing counts toward another: all that is said of it, reconciled. */
export interface Step {
  from: Node;
  to: Node;
  kind: StepKind;
  /** The one that decides. */
  best: Judged;
  /** All of them, the one that decides first. */
  all: Judged[];
}

/** The same said differently by two. */
export interface Conflict {
  step: Step;
  about: ('credit' | 'period')[];
}

/** Statements between two nodes as steps, one for each way of counting; the best first. */
export function stepsBetween(given: { from: Node; to: Node; statements: Statement[]; on: number }): Step[] {
  const { from, to, on } = given;
  if (given.statements.length === 0) return [];
  const byKind = Map.groupBy(distinct(given.statements), ({ kind }) => kind);
  const steps = [...byKind].map(([kind, statements]): Step => {
    const all = statements.map((statement) => judged(statement, { from, to, on })).sort(byWorth);
    return { from, to, kind, best: all[0]!, all };
  });
  return steps.sort((a, b) => byWorth(a.best, b.best));
}

/** What both ends know is stated once; the end that is read first knows more of it. */
function distinct(statements: Statement[]): Statement[] {
  const found = new Map<string, Statement>();
  for (const statement of statements) {
    const identity = identityOf(statement);
    if (!found.has(identity)) found.set(identity, statement);
  }
  return [...found.values()];
}

function identityOf({ kind, statedIn, credit, start, end, agreement }: Statement): string {
  const amounts = credit.map(({ via: _via, ...amount }) => amount);
  return JSON.stringify([kind, statedIn.uri, amounts, start, end, agreement?.agreement.uri]);
}

/** By verdict, by who speaks, by credit, by kind, then by what is said, so that the order never depends on how it was found. */
function byWorth(a: Judged, b: Judged): number {
  return (
    verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
    speakers.indexOf(a.speaker) - speakers.indexOf(b.speaker) ||
    (b.credit[0]?.max ?? -1) - (a.credit[0]?.max ?? -1) ||
    stepKinds.indexOf(a.statement.kind) - stepKinds.indexOf(b.statement.kind) ||
    compare(identityOf(a.statement), identityOf(b.statement))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What is said of a step and cannot all be true: another credit, or one side for which it is over (or not yet) while the other goes
 * on. A newer statement of the same side replaces its older one and contradicts nothing.
 */
export function conflictIn(step: Step): Conflict | undefined {
  const standing = step.all.filter(({ verdict }) => verdict !== 'miss');
  const over = step.all.filter(({ verdict }) => verdict === 'miss');
  const about: Conflict['about'] = [];
  if (standing.some(({ credit }) => !agree(standing[0]?.credit[0], credit[0]))) about.push('credit');
  if (standing.length > 0 && over.some(({ speaker }) => standing.every((other) => other.speaker !== speaker)))
    about.push('period');
  return about.length > 0 ? { step, about } : undefined;
}
