import type { Issue } from '@credatlas/model';
import { shown } from './pointer.ts';

/** Issues of one code that one document may list; a fault of a publishing pipeline repeats without end. */
const maxPerCode = 1_000;

/** Collects the faults of one document. */
export class IssueList {
  readonly #issues: Issue[] = [];
  readonly #counts = new Map<string, number>();
  readonly #subjects = new Set<string>();

  /** Each once: per place, or per `subject` for what a document repeats everywhere. Warnings, unless a severity is given. */
  add(
    issue: Omit<Issue, 'severity' | 'raw'> & { severity?: Issue['severity']; raw?: unknown },
    subject?: string,
  ): void {
    const key = subject ?? `${issue.code} ${issue.path}`;
    if (this.#subjects.has(key)) return;
    const count = (this.#counts.get(issue.code) ?? 0) + 1;
    if (count <= maxPerCode) this.#subjects.add(key);
    this.#counts.set(issue.code, count);
    if (count > maxPerCode) return;
    const { raw, ...rest } = issue;
    this.#issues.push({ severity: 'warning', ...rest, ...(raw === undefined ? {} : { raw: shown(raw) }) });
  }

  /** All that was added, and how many of a kind were not listed. */
  list(): Issue[] {
    const cut = [...this.#counts].filter(([, count]) => count > maxPerCode);
    return [
      ...this.#issues,
      ...cut.map(
        ([code, count]): Issue => ({
          code: 'issues_not_listed',
          severity: 'note',
          path: '',
          message: `${count - maxPerCode} more issues ${code} are not listed. Fix what publishes them.`,
        }),
      ),
    ];
  }
}
