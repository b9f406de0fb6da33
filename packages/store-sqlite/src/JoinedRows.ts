import { type Credential, labelsOf, type Organization } from '@credatlas/model';
import type { Joined } from '@credatlas/ports';
import { fold, tokensOf } from '@credatlas/skills';
import { type Connection, optional, text } from './Connection.ts';
import { IssueCounts } from './IssueCounts.ts';
import { keepVersion } from './keepVersion.ts';
import { LabelCounts } from './LabelCounts.ts';
import { writeCodes } from './organizationCodeRows.ts';
import { nextSeq } from './sequence.ts';
import { removeSummary, writeSummary } from './summaryRows.ts';
import { removeTieRow, writeTieRow } from './tieRows.ts';

interface Place {
  source: number;
  key: string;
}

/** Joined records of one transaction as rows: what changed is written, with edges and label counts; what is gone is withdrawn. */
export class JoinedRows {
  readonly #connection: Connection;
  readonly #now: number;
  readonly #labels = new LabelCounts();
  readonly #issues = new IssueCounts();

  constructor(connection: Connection, now: number) {
    this.#connection = connection;
    this.#now = now;
  }

  write(place: Place, joined: Joined): void {
    if (joined.kind === 'credential') this.#writeCredential(place, joined.credential);
    else this.#withdraw(place);
    if (joined.kind === 'organization') this.#writeOrganization(place, joined.organization);
    else this.#removeOrganization(place);
  }

  /** To be called last: writes what the records together change in the counts of labels and issues. */
  writeCounts(): void {
    this.#labels.write(this.#connection);
    this.#issues.write(this.#connection);
  }

  #writeCredential({ source, key }: Place, credential: Credential): void {
    const known = this.#connection.get(
      'SELECT id, kind, labels, seq, json FROM credentials WHERE source = ? AND key = ?',
      source,
      key,
    );
    const before = known && optional(known, 'json');
    const json = JSON.stringify(credential);
    if (before && isSame(before, { credential, json })) return;
    this.#issues.replaceJoined(before, credential);
    const after = credential.kind === 'credential' ? labelsOf(credential) : [];
    const labels = JSON.stringify(after);
    this.#labels.replace(known ? text(known, 'labels') : '[]', { after, json: labels });
    if (known?.kind === 'credential') keepVersion(this.#connection, known);
    if (known) this.#removeEdges(text(known, 'id'));
    this.#connection.run(
      `INSERT OR REPLACE INTO credentials (id, source, key, uri, ctid, kind, name, updated_at, labels, seq, withdrawn_at, json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
      credential.id,
      source,
      key,
      credential.uri,
      credential.ctid ?? null,
      credential.kind,
      credential.nameText,
      credential.provenance.updatedAt,
      labels,
      nextSeq(this.#connection),
      json,
    );
    if (credential.kind === 'credential') writeSummary(this.#connection, credential, this.#now);
    else removeSummary(this.#connection, credential.id);
    this.#writeEdges(credential);
  }

  #removeEdges(id: string): void {
    this.#connection.run('DELETE FROM edges WHERE origin = ?', id);
    removeTieRow(this.#connection, id);
  }

  #writeEdges(credential: Credential): void {
    const { id, edges } = credential;
    writeTieRow(this.#connection, credential);
    edges.forEach(({ relation, target }, position) => {
      const key = target.ctid ? `ctid:${target.ctid}` : (target.uri ?? `name:${target.name ?? ''}`);
      this.#connection.run(
        'INSERT OR REPLACE INTO edges (target, relation, origin, position, resolved) VALUES (?, ?, ?, ?, ?)',
        key,
        relation,
        id,
        position,
        target.resolved ? 1 : 0,
      );
    });
  }

  #withdraw({ source, key }: Place): void {
    const known = this.#connection.get(
      'SELECT id, kind, labels, seq, json FROM credentials WHERE source = ? AND key = ? AND withdrawn_at IS NULL',
      source,
      key,
    );
    if (!known) return;
    this.#issues.replaceJoined(optional(known, 'json'), undefined);
    this.#labels.replace(text(known, 'labels'), { after: [], json: '[]' });
    if (known.kind === 'credential') keepVersion(this.#connection, known);
    this.#removeEdges(text(known, 'id'));
    removeSummary(this.#connection, text(known, 'id'));
    this.#connection.run(
      "UPDATE credentials SET json = NULL, labels = '[]', withdrawn_at = ?, seq = ? WHERE id = ?",
      new Date(this.#now).toISOString(),
      nextSeq(this.#connection),
      text(known, 'id'),
    );
  }

  #writeOrganization({ source, key }: Place, organization: Organization): void {
    const known = this.#connection.get('SELECT json FROM organizations WHERE source = ? AND key = ?', source, key);
    const json = JSON.stringify(organization);
    if (known?.json === json) return;
    this.#issues.replaceJoined(known && text(known, 'json'), organization);
    this.#connection.run(
      'INSERT OR REPLACE INTO organizations (id, source, key, uri, ctid, name, updated_at, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      organization.id,
      source,
      key,
      organization.uri,
      organization.ctid ?? null,
      fold(organization.nameText),
      organization.updatedAt,
      json,
    );
    writeCodes(this.#connection, organization);
    this.#connection.run('DELETE FROM organization_words WHERE id = ?', organization.id);
    for (const word of new Set([organization.nameText, ...organization.alternateNames].flatMap(tokensOf))) {
      this.#connection.run('INSERT OR IGNORE INTO organization_words (word, id) VALUES (?, ?)', word, organization.id);
    }
  }

  #removeOrganization({ source, key }: Place): void {
    const known = this.#connection.get('SELECT id, json FROM organizations WHERE source = ? AND key = ?', source, key);
    if (!known) return;
    this.#issues.replaceJoined(text(known, 'json'), undefined);
    this.#connection.run('DELETE FROM organization_codes WHERE id = ?', text(known, 'id'));
    this.#connection.run('DELETE FROM organization_words WHERE id = ?', text(known, 'id'));
    this.#connection.run('DELETE FROM organizations WHERE id = ?', text(known, 'id'));
  }
}

/** Whether a reader can notice a difference: times of reading and run numbers aside. */
function isSame(before: string, now: { credential: Credential; json: string }): boolean {
  if (before === now.json) return true;
  const { fetchedAt, run } = (JSON.parse(before) as Credential).provenance;
  return before === JSON.stringify({ ...now.credential, provenance: { ...now.credential.provenance, fetchedAt, run } });
}
