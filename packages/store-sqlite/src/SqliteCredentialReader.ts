import {
  type Credential,
  type Issue,
  type Kind,
  type Organization,
  preparedVersion,
  type TiedRecord,
  tiedRecord,
} from '@credatlas/model';
import type {
  CredentialChange,
  CredentialReader,
  EdgeCounts,
  ReverseEdge,
  StoreCounts,
  Tombstone,
} from '@credatlas/ports';
import { tokensOf } from '@credatlas/skills';
import { type Connection, number, optional, type Row, text } from './Connection.ts';
import { credentialNames, credentialRow, liveIds, organizationRow, withdrawnRow } from './identity.ts';
import { endingTransfer, transferEnd } from './listTables.ts';
import { lastSeq } from './sequence.ts';
import { tieRow } from './tieRows.ts';

/** Rows read at once while streaming: few enough to let writers in between. */
const pageRows = 500;

/** The plus signs keep SQLite by the index of ids: by any other it would sort all credentials for every page. */
export const allCredentialsPage = `
SELECT credentials.id AS id, max(credentials.seq, ifnull(identities.seq, 0)) AS seq, json, lead
FROM credentials LEFT JOIN identities ON identities.id = credentials.id
WHERE credentials.id > ? AND +kind = 'credential' AND +withdrawn_at IS NULL ORDER BY credentials.id LIMIT ${pageRows}`;

export class SqliteCredentialReader implements CredentialReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async credential(identity: string): Promise<Credential | undefined> {
    const row = credentialRow(this.#connection, identity);
    return row && credential(row);
  }

  async credentials(ids: string[]): Promise<Map<string, Credential>> {
    const rows = this.#connection.all(
      `SELECT credentials.id AS id, credentials.json AS json FROM json_each(?) CROSS JOIN credentials
       ON credentials.id = json_each.value WHERE withdrawn_at IS NULL`,
      JSON.stringify(ids),
    );
    return new Map(rows.map((row) => [text(row, 'id'), credential(row)]));
  }

  async idOf(identity: string): Promise<string | undefined> {
    return credentialNames(this.#connection, identity)?.id;
  }

  async tiedRecord(id: string): Promise<TiedRecord | undefined> {
    const tied = tieRow(this.#connection, id);
    if (tied) return tied;
    const whole = (await this.credentials([id])).get(id);
    return whole && tiedRecord(whole);
  }

  async preparedSummaries(ids: readonly string[], at: number): Promise<(string | undefined)[]> {
    const rows = this.#connection.all(
      `SELECT key, text FROM json_each(?1) CROSS JOIN summaries ON summaries.id = json_each.value
       WHERE version = ${preparedVersion} AND ifnull(holds_from, ?2) <= ?2 AND ifnull(holds_until > ?2, TRUE)`,
      JSON.stringify(ids),
      at,
    );
    const texts = new Array<string | undefined>(ids.length).fill(undefined);
    for (const row of rows) texts[number(row, 'key')] = text(row, 'text');
    return texts;
  }

  async idsOf(identities: string[]): Promise<Map<string, string[]>> {
    const found = identities.map((identity): [string, string[]] => [identity, liveIds(this.#connection, identity)]);
    return new Map(found.filter(([, ids]) => ids.length > 0));
  }

  async tombstone(identity: string): Promise<Tombstone | undefined> {
    const row = withdrawnRow(this.#connection, identity);
    if (!row) return undefined;
    const ctid = optional(row, 'ctid');
    const source = this.#connection.get('SELECT slug FROM sources WHERE id = ?', number(row, 'source'))!;
    return {
      id: text(row, 'id'),
      ...(ctid ? { ctid } : {}),
      uri: text(row, 'uri'),
      name: text(row, 'name'),
      source: text(source, 'slug'),
      withdrawnAt: text(row, 'withdrawn_at'),
    };
  }

  async reverseEdges(identity: string, limit: number, relations?: readonly string[]): Promise<ReverseEdge[]> {
    const key = credentialNames(this.#connection, identity)?.key ?? identity;
    const wanted = relations ? 'AND relation IN (SELECT value FROM json_each(?2))' : 'AND ?2 IS NULL';
    return this.#connection
      .all(
        `SELECT DISTINCT relation, credentials.id AS id FROM edges JOIN credentials ON credentials.id = origin
         WHERE target = ?1 ${wanted} ORDER BY relation, origin LIMIT ?3`,
        key,
        relations ? JSON.stringify(relations) : null,
        limit,
      )
      .map((edge) => ({ relation: text(edge, 'relation'), from: text(edge, 'id') }));
  }

  async *changedCredentials(since: number): AsyncIterable<CredentialChange> {
    for (let seq = since; ; ) {
      const rows = this.#connection.all(
        `SELECT credentials.id AS id, changes.seq AS seq, json, lead FROM (
           SELECT id, seq FROM credentials WHERE kind = 'credential' AND seq > ?1
           UNION ALL SELECT id, seq FROM identities WHERE seq > ?1 ORDER BY seq LIMIT ${pageRows}) AS changes
         JOIN credentials ON credentials.id = changes.id LEFT JOIN identities ON identities.id = changes.id ORDER BY changes.seq`,
        seq,
      );
      for (const row of rows) yield change(row);
      const last = rows.at(-1);
      if (!last) return;
      seq = number(last, 'seq');
    }
  }

  async *allCredentials(): AsyncIterable<CredentialChange> {
    for (let id = ''; ; ) {
      const rows = this.#connection.all(allCredentialsPage, id);
      for (const row of rows) yield change(row);
      const last = rows.at(-1);
      if (!last) return;
      id = text(last, 'id');
    }
  }

  async endingTransfers({
    first,
    last,
    limit,
  }: Parameters<CredentialReader['endingTransfers']>[0]): Promise<Credential[]> {
    return this.#connection
      .all(
        `SELECT json FROM credentials WHERE ${endingTransfer} AND (${transferEnd} BETWEEN ?1 AND ?2 OR ${transferEnd} IN (?3, ?4))
         ORDER BY ${transferEnd}, id LIMIT ?5`,
        first,
        last,
        first.slice(0, 4),
        first.slice(0, 7),
        limit,
      )
      .map(credential);
  }

  async organization(identity: string): Promise<Organization | undefined> {
    const row = organizationRow(this.#connection, identity);
    return row && (JSON.parse(text(row, 'json')) as Organization);
  }

  async organizations(query: {
    prefix?: string;
    limit: number;
    after?: { name: string; id: string };
  }): Promise<{ organizations: Organization[]; total: number }> {
    const words = tokensOf(query.prefix ?? '');
    const conditions = words.map(
      (_, index) =>
        `AND id IN (SELECT id FROM organization_words WHERE word ${index < words.length - 1 ? '= ?' : '>= ? AND word < ?'})`,
    );
    const values = words.flatMap((word, index) => (index < words.length - 1 ? [word] : [word, `${word}\u{10FFFF}`]));
    const where = `FROM organizations WHERE TRUE ${conditions.join(' ')}`;
    const rows = this.#connection.all(
      `SELECT json ${where} AND (name, id) > (?, ?) ORDER BY name, id LIMIT ?`,
      ...values,
      query.after?.name ?? '',
      query.after?.id ?? '',
      query.limit,
    );
    const total = number(this.#connection.get(`SELECT count(*) AS n ${where}`, ...values)!, 'n');
    return { total, organizations: rows.map((row) => JSON.parse(text(row, 'json')) as Organization) };
  }

  async parentOrganizations(): Promise<Map<string, string>> {
    const rows = this.#connection.all(
      `SELECT id, coalesce(json ->> '$.parents[0].id', json ->> '$.parents[0].uri', json ->> '$.parents[0].name') AS parent
       FROM organizations WHERE json ->> '$.parents[0]' IS NOT NULL`,
    );
    return new Map(rows.flatMap((row) => (row.parent === null ? [] : [[text(row, 'id'), text(row, 'parent')]])));
  }

  async lastSeq(): Promise<number> {
    return lastSeq(this.#connection);
  }

  async liveCredentials(): Promise<number> {
    return this.#live('credential');
  }

  async counts(): Promise<StoreCounts> {
    const issuesByCode = this.#connection
      .all('SELECT * FROM issue_counts WHERE issues > 0 ORDER BY issues DESC, code')
      .map((row) => ({
        code: text(row, 'code'),
        severity: row.severity as Issue['severity'],
        count: number(row, 'issues'),
      }));
    return {
      records: this.#count('records WHERE deleted_at IS NULL'),
      credentials: this.#live('credential'),
      learning: this.#live('learning'),
      assessments: this.#live('assessment'),
      organizations: this.#count('organizations'),
      issues: issuesByCode.reduce((sum, each) => sum + each.count, 0),
      issuesByCode,
      refusals: this.#count('refusals'),
    };
  }

  async edgeCounts(): Promise<EdgeCounts> {
    return { total: this.#count('edges'), resolved: this.#count('edges WHERE resolved = 1') };
  }

  #live(kind: Kind): number {
    return this.#count('credentials WHERE kind = ? AND withdrawn_at IS NULL', kind);
  }

  #count(rows: string, ...values: string[]): number {
    return number(this.#connection.get(`SELECT count(*) AS n FROM ${rows}`, ...values)!, 'n');
  }
}

function credential(row: Row): Credential {
  return JSON.parse(text(row, 'json')) as Credential;
}

function change(row: Row): CredentialChange {
  const lead = optional(row, 'lead');
  return {
    seq: number(row, 'seq'),
    id: text(row, 'id'),
    ...(row.json === null ? {} : { credential: credential(row) }),
    ...(lead ? { lead } : {}),
  };
}
