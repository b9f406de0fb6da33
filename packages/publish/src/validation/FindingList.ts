import type { Finding, FindingSeverity } from './Finding.ts';
import { type RuleCode, rules } from './rules.ts';

/** Findings of one rule that one document may list; a fault of a publishing pipeline repeats without end. */
const maxPerRule = 1_000;

/** What is told of one place. */
export interface Detail {
  message: string;
  fix: string;
  suggestion?: string | undefined;
  /** Where the rule alone does not decide it. */
  severity?: FindingSeverity;
}

export interface FindingPlace {
  pointer: string;
  resource?: string | undefined;
  /** What tells findings of one rule at one place apart. */
  subject?: string;
}

/** Collects the findings of one document: each rule once per place. */
export class FindingList {
  readonly #findings: Finding[] = [];
  readonly #places = new Set<string>();
  readonly #counts = new Map<RuleCode, number>();

  /** `detail` is only asked for when the finding is new and is listed, so it may be dear. */
  add(code: RuleCode, place: FindingPlace, detail: () => Detail): void {
    const key = `${code} ${place.pointer} ${place.subject ?? ''}`;
    if (this.#places.has(key)) return;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > maxPerRule) return;
    this.#places.add(key);
    const { severity, rule, source } = rules[code];
    const { message, fix, suggestion, severity: judged } = detail();
    this.#findings.push({
      code,
      severity: judged ?? severity,
      pointer: place.pointer,
      ...(place.resource === undefined ? {} : { resource: place.resource }),
      message,
      rule,
      source,
      fix,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  /** All that is listed, and for each rule how many more there were. */
  list(): Finding[] {
    const { severity, rule, source } = rules.findings_not_listed;
    return [
      ...this.#findings,
      ...this.#unlisted().map(([code, count]) => ({
        code: 'findings_not_listed',
        severity,
        pointer: '',
        message: `${count} more findings ${code} are not listed.`,
        rule,
        source,
        fix: 'Mend what publishes them, and validate again.',
      })),
    ];
  }

  /** How many findings there are of each severity, those that are not listed included. */
  totals(): Record<FindingSeverity, number> {
    const totals = { error: 0, warning: 0, note: 0, undetermined: 0 };
    for (const { severity } of this.list()) totals[severity] += 1;
    for (const [code, count] of this.#unlisted()) totals[rules[code].severity] += count;
    return totals;
  }

  #unlisted(): [RuleCode, number][] {
    return [...this.#counts].flatMap(([code, count]) => (count > maxPerRule ? [[code, count - maxPerRule]] : []));
  }
}
