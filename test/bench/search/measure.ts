import { percentile } from '../percentile.ts';
import type { Contender, Told } from './contender.ts';
import type { Kind } from './questions.ts';

export interface Measured {
  kind: Kind;
  contender: string;
  p50: number;
  p95: number;
  p99: number;
  asked: number;
  told: Told[];
}

/** The same told apart from the questions, which both sides know. */
export type Asked = Omit<Measured, 'kind'>;

/** Questions asked before anything is measured: the first ones compile the code and fill caches. */
const warmUps = 30;

/**
 * Asks every question of a kind once, one after the other, in wall milliseconds; as many as can be begun within the limit, and before
 * that as many to warm up as can be begun within as much. Undefined where the contender has no such question.
 */
export async function measured(
  contender: Contender,
  kind: Kind,
  { limitMs }: { limitMs: number },
): Promise<Measured | undefined> {
  const { questions } = kind;
  const warmUntil = performance.now() + limitMs;
  for (let asked = 0; asked < warmUps && performance.now() < warmUntil; asked++)
    if (!(await contender.ask(questions[asked % questions.length]!))) return undefined;
  const until = performance.now() + limitMs;
  const took: number[] = [];
  const told: Told[] = [];
  for (const question of questions) {
    const start = performance.now();
    const answer = contender.ask(question);
    if (!answer) return undefined;
    told.push(await answer);
    took.push(performance.now() - start);
    if (performance.now() > until) break;
  }
  const at = (p: number): number => percentile(took, p);
  return { kind, contender: contender.name, p50: at(0.5), p95: at(0.95), p99: at(0.99), asked: took.length, told };
}

/** The first question of a kind on which two contenders do not come to the same, in words. */
export function disagreements([first, ...others]: readonly Measured[]): string[] {
  return others.flatMap((other) => {
    const at = other.told.findIndex((told, question) => !areTheSame(first!.told[question], told));
    if (at < 0) return [];
    const [own, its] = [first!.told[at]!, other.told[at]!];
    const what = own.total === its.total ? 'figures differ' : `${own.total} and ${its.total}`;
    return [`${first!.contender} and ${other.contender} on "${other.kind.name}", question ${at + 1}: ${what}`];
  });
}

/** One that was stopped before it came to a question says nothing about it. */
function areTheSame(a: Told | undefined, b: Told): boolean {
  if (!a) return true;
  return a.total === b.total && (!a.figures || !b.figures || areEqual(a.figures, b.figures));
}

/** Sums run in another order, so the last bits may differ. */
function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) <= 1e-9 * Math.abs(value));
}
