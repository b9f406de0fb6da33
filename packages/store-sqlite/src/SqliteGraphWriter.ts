import { createHash } from 'node:crypto';
import {
  type Credential,
  type GraphNode,
  labelsOf,
  type Organization,
  type RecordGraph,
  type Resource,
  saysTheSame,
} from '@credatlas/model';
import type { GraphWriter, Joined } from '@credatlas/ports';
import { fold, tokensOf } from '@credatlas/skills';
import { type Connection, number, type Row, text } from './Connection.ts';
import { LabelCounts } from './LabelCounts.ts';
import { SourceNumbers } from './SourceNumbers.ts';
import { nextSeq } from './sequence.ts';

type Place = { source: number; key: string };

export class SqliteGraphWriter implements GraphWriter {
  readonly #connection: Connection;
  readonly #sources: SourceNumbers;
  readonly #now: () => number;
  #labels = new LabelCounts();

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection;
    this.#sources = new SourceNumbers(connection);
    this.#now = now;
  }

  async replaceGraphs(batch: { graphs: RecordGraph[]; extractedUpTo: number }): Promise<void> {
    this.#connection.transaction(() => {
      for (const graph of batch.graphs) if (!graph.refused) this.#replaceGraph(graph);
      for (const graph of batch.graphs) if (graph.refused) this.#refuse(graph);
      this.#connection.run(
        "INSERT OR REPLACE INTO state (name, value) VALUES ('extracted up to', ?)",
        String(batch.extractedUpTo),
      );
    });
  }

  async enqueue(batch: {
    settled: { source: string; key: string }[];
    queue: { source: string; key: string }[];
  }): Promise<void> {
    this.#connection.transaction(() => {
      for (const { source, key } of batch.queue) {
        this.#queue(this.#sources.of(source), key);
      }
      for (const { source, key } of batch.settled) {
        this.#connection.run('DELETE FROM stale WHERE source = ? AND key = ?', this.#sources.of(source), key);
      }
    });
  }

  async judgedBy(digest: string): Promise<void> {
    this.#connection.transaction(() => {
      const before = this.#connection.get("SELECT value FROM state WHERE name = 'judged by'");
      if (before && text(before, 'value') === digest) return;
      this.#connection.run("INSERT OR REPLACE INTO state (name, value) VALUES ('judged by', ?)", digest);
      this.#connection.run(
        'INSERT OR IGNORE INTO queue (source, key) SELECT source, key FROM credentials WHERE withdrawn_at IS NULL',
      );
    });
  }

  async commit(batch: { source: string; key: string; joined: Joined }[]): Promise<void> {
    this.#labels = new LabelCounts();
    this.#connection.transaction(() => {
      for (const { source, key, joined } of batch) {
        const place = { source: this.#sources.of(source), key };
        if (joined.kind === 'credential') this.#writeCredential(place, joined.credential);
        else this.#withdraw(place);
        if (joined.kind === 'organization') this.#writeOrganization(place, joined.organization);
        else this.#removeOrganization(place);
        this.#connection.run('DELETE FROM queue WHERE source = ? AND key = ?', place.source, key);
      }
      this.#labels.write(this.#connection);
    });
  }

  #replaceGraph(graph: RecordGraph): void {
    const source = this.#sources.of(graph.source);
    const record = this.#connection.get('SELECT id FROM records WHERE source = ? AND key = ?', source, graph.recordKey);
    if (!record) return;
    const id = number(record, 'id');
    const before = new Map(
      this.#connection
        .all('SELECT id, key, node, read_by FROM resources WHERE record = ?', id)
        .map((row) => [text(row, 'key'), row]),
    );
    const after = new Map(graph.resources.map((resource) => [resource.key, resource]));
    for (const [key, row] of before) {
      if (after.has(key)) continue;
      this.#removeResource(number(row, 'id'));
      this.#markStale(source, [key, ...readers(row)]);
    }
    for (const [key, resource] of after) {
      const known = before.get(key);
      if (known) this.#removeResource(number(known, 'id'));
      this.#insertResource({ source, record: id }, resource);
      const [old, now] = [known ? readers(known) : [], resource.readBy];
      if (!known || !saysTheSame(nodeOf(known), resource.node)) this.#markStale(source, [key, ...old, ...now]);
      else {
        this.#markStale(source, [...new Set(old).symmetricDifference(new Set(now))]);
        // Its own record also shows what others cannot see: memberships, times, the faults of its document.
        this.#queue(source, key);
      }
    }
    this.#connection.run(
      'INSERT OR REPLACE INTO extractions (record, issues) VALUES (?, ?)',
      id,
      JSON.stringify(graph.issues),
    );
    this.#connection.run(
      "DELETE FROM refusals WHERE source = ? AND key = ? AND code LIKE 'normalize_%'",
      source,
      graph.recordKey,
    );
  }

  #refuse(graph: RecordGraph): void {
    const source = this.#sources.of(graph.source);
    this.#connection.run(
      `INSERT OR REPLACE INTO refusals (source, key, uri, run, at, code, reason)
       SELECT source, key, uri, run, ?, ?, ? FROM records WHERE source = ? AND key = ?`,
      new Date(this.#now()).toISOString(),
      `normalize_${graph.refused?.code}`,
      graph.refused?.reason ?? '',
      source,
      graph.recordKey,
    );
  }

  #insertResource(at: { source: number; record: number }, resource: Resource): void {
    const references = JSON.stringify(resource.references);
    this.#connection.run(
      `INSERT INTO resources (record, source, key, uri, ctid, kind, is_primary, node, refs, read_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      at.record,
      at.source,
      resource.key,
      resource.uri,
      resource.ctid ?? null,
      resource.kind,
      resource.primary ? 1 : 0,
      JSON.stringify(resource.node),
      references,
      JSON.stringify(resource.readBy),
    );
    const id = number(this.#connection.get('SELECT last_insert_rowid() AS id')!, 'id');
    for (const { property, key } of resource.references) {
      this.#connection.run(
        'INSERT OR IGNORE INTO refs (target, source, key, property, resource) VALUES (?, ?, ?, ?, ?)',
        key,
        at.source,
        resource.key,
        property,
        id,
      );
    }
  }

  #removeResource(id: number): void {
    this.#connection.run('DELETE FROM refs WHERE resource = ?', id);
    this.#connection.run('DELETE FROM resources WHERE id = ?', id);
  }

  #markStale(source: number, keys: string[]): void {
    for (const key of keys)
      this.#connection.run('INSERT OR IGNORE INTO stale (source, key) VALUES (?, ?)', source, key);
  }

  #queue(source: number, key: string): void {
    this.#connection.run('INSERT OR IGNORE INTO queue (source, key) VALUES (?, ?)', source, key);
  }

  #writeCredential({ source, key }: Place, credential: Credential): void {
    const hash = contentHashOf(credential);
    const known = this.#connection.get(
      'SELECT id, hash, labels, withdrawn_at FROM credentials WHERE source = ? AND key = ?',
      source,
      key,
    );
    if (known && known.hash === hash && known.withdrawn_at === null && known.id === credential.id) return;
    const labels = credential.kind === 'credential' ? labelsOf(credential) : [];
    this.#labels.replace(known ? text(known, 'labels') : '[]', labels);
    if (known && known.id !== credential.id)
      this.#connection.run('DELETE FROM edges WHERE origin = ?', text(known, 'id'));
    this.#connection.run(
      `INSERT OR REPLACE INTO credentials (id, source, key, uri, ctid, kind, name, updated_at, hash, json, labels, seq, withdrawn_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
      credential.id,
      source,
      key,
      credential.uri,
      credential.ctid ?? null,
      credential.kind,
      credential.nameText,
      credential.provenance.updatedAt,
      hash,
      JSON.stringify(credential),
      JSON.stringify(labels),
      nextSeq(this.#connection),
    );
    this.#writeEdges(credential);
  }

  #writeEdges(credential: Credential): void {
    this.#connection.run('DELETE FROM edges WHERE origin = ?', credential.id);
    credential.edges.forEach(({ relation, target }, position) => {
      const key = target.ctid ? `ctid:${target.ctid}` : (target.uri ?? `name:${target.name ?? ''}`);
      this.#connection.run(
        'INSERT INTO edges (target, relation, origin, position, resolved) VALUES (?, ?, ?, ?, ?)',
        key,
        relation,
        credential.id,
        position,
        target.resolved ? 1 : 0,
      );
    });
  }

  #withdraw({ source, key }: Place): void {
    const known = this.#connection.get(
      'SELECT id, labels FROM credentials WHERE source = ? AND key = ? AND withdrawn_at IS NULL',
      source,
      key,
    );
    if (!known) return;
    this.#labels.replace(text(known, 'labels'), []);
    this.#connection.run('DELETE FROM edges WHERE origin = ?', text(known, 'id'));
    this.#connection.run(
      "UPDATE credentials SET json = NULL, labels = '[]', hash = '', withdrawn_at = ?, seq = ? WHERE id = ?",
      new Date(this.#now()).toISOString(),
      nextSeq(this.#connection),
      text(known, 'id'),
    );
  }

  #writeOrganization({ source, key }: Place, organization: Organization): void {
    const hash = contentHashOf(organization);
    const known = this.#connection.get('SELECT id, hash FROM organizations WHERE source = ? AND key = ?', source, key);
    if (known?.hash === hash) return;
    this.#connection.run(
      'INSERT OR REPLACE INTO organizations (id, source, key, uri, ctid, name, updated_at, hash, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      organization.id,
      source,
      key,
      organization.uri,
      organization.ctid ?? null,
      fold(organization.nameText),
      organization.updatedAt,
      hash,
      JSON.stringify(organization),
    );
    this.#connection.run('DELETE FROM organization_words WHERE id = ?', organization.id);
    for (const word of new Set([organization.nameText, ...organization.alternateNames].flatMap(tokensOf))) {
      this.#connection.run('INSERT OR IGNORE INTO organization_words (word, id) VALUES (?, ?)', word, organization.id);
    }
  }

  #removeOrganization({ source, key }: Place): void {
    const known = this.#connection.get('SELECT id FROM organizations WHERE source = ? AND key = ?', source, key);
    if (!known) return;
    this.#connection.run('DELETE FROM organization_words WHERE id = ?', text(known, 'id'));
    this.#connection.run('DELETE FROM organizations WHERE id = ?', text(known, 'id'));
  }
}

function nodeOf(row: Row): GraphNode {
  return JSON.parse(text(row, 'node')) as GraphNode;
}

function readers(row: Row): string[] {
  return JSON.parse(text(row, 'read_by')) as string[];
}

/** What a reader can notice: reading times and run numbers aside. */
function contentHashOf(joined: Credential | Organization): string {
  const content =
    'provenance' in joined ? { ...joined, provenance: { ...joined.provenance, fetchedAt: '', run: 0 } } : joined;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
