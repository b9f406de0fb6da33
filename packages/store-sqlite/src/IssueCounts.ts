import type { Issue } from '@credatlas/model';
import type { Connection } from './Connection.ts';

/** Issues of the records' documents, and those that joining adds to a credential or organization: counted here, since looking into all takes minutes. */
export const issueCountTable = `
CREATE TABLE issue_counts (code TEXT NOT NULL, severity TEXT NOT NULL, issues INTEGER NOT NULL, PRIMARY KEY (code, severity)) WITHOUT ROWID;
INSERT INTO issue_counts SELECT code, severity, count(*) FROM (
  SELECT value ->> 'code' AS code, value ->> 'severity' AS severity FROM extractions, json_each(extractions.issues)
  UNION ALL
  SELECT value ->> 'code', value ->> 'severity' FROM credentials, json_each(credentials.json, '$.issues')
    WHERE withdrawn_at IS NULL AND value ->> 'stage' = 'join'
  UNION ALL
  SELECT value ->> 'code', value ->> 'severity' FROM organizations, json_each(organizations.json, '$.issues') WHERE value ->> 'stage' = 'join')
GROUP BY code, severity;
`;

/** Gathers by how much one transaction changes the counts, then writes each that changed once. */
export class IssueCounts {
  readonly #changes = new Map<string, { code: string; severity: string; by: number }>();

  replace(before: readonly Issue[], after: readonly Issue[]): void {
    for (const issue of before) this.#add(issue, -1);
    for (const issue of after) this.#add(issue, 1);
  }

  /** Of a joined record as it is stored, and as it is now; undefined: there is none. */
  replaceJoined(before: string | undefined, after: { issues: readonly Issue[] } | undefined): void {
    // Few have any, and only those are read.
    const own = before?.includes('"stage":"join"') ? (JSON.parse(before) as { issues: Issue[] }).issues : [];
    this.replace(own.filter(isOfJoining), (after?.issues ?? []).filter(isOfJoining));
  }

  write(connection: Connection): void {
    for (const { code, severity, by } of this.#changes.values())
      if (by !== 0)
        connection.run(
          'INSERT INTO issue_counts (code, severity, issues) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET issues = issues + excluded.issues',
          code,
          severity,
          by,
        );
    this.#changes.clear();
  }

  #add({ code, severity }: Issue, by: 1 | -1): void {
    const name = `${severity} ${code}`;
    const known = this.#changes.get(name);
    if (known) known.by += by;
    else this.#changes.set(name, { code, severity, by });
  }
}

function isOfJoining({ stage }: Issue): boolean {
  return stage === 'join';
}
