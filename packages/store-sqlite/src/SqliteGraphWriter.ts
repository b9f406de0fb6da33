import { type GraphNode, type Issue, type RecordGraph, type Resource, saysTheSame } from '@credatlas/model';
import type { GraphWriter, Joined } from '@credatlas/ports';
import { type Connection, number, type Row, text } from './Connection.ts';
import { IssueCounts } from './IssueCounts.ts';
import { JoinedRows } from './JoinedRows.ts';
import { keepMoment } from './keepVersion.ts';
import { SourceNumbers } from './SourceNumbers.ts';

export class SqliteGraphWriter implements GraphWriter {
  readonly #connection: Connection;
  readonly #sources: SourceNumbers;
  readonly #now: () => number;

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection;
    this.#sources = new SourceNumbers(connection);
    this.#now = now;
  }

  async replaceGraphs(batch: { graphs: RecordGraph[]; extractedUpTo: number }): Promise<void> {
    this.#connection.transaction(() => {
      const issues = new IssueCounts();
      for (const graph of batch.graphs) if (!graph.refused) this.#replaceGraph(graph, issues);
      issues.write(this.#connection);
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

  async formedBy(form: string): Promise<boolean> {
    // Readers ask this at every start: they are not to wait for one who writes.
    if (this.#remembers('formed by', form)) return false;
    return this.#connection.transaction(() => {
      this.#remember('formed by', form);
      this.#connection.run("DELETE FROM state WHERE name = 'extracted up to'");
      return this.#queueAll() > 0;
    });
  }

  async judgedBy(digest: string): Promise<void> {
    this.#connection.transaction(() => {
      if (this.#remembers('judged by', digest)) return;
      this.#remember('judged by', digest);
      this.#queueAll();
    });
  }

  #remembers(name: string, value: string): boolean {
    const state = this.#connection.get('SELECT value FROM state WHERE name = ?', name);
    return state !== undefined && text(state, 'value') === value;
  }

  #remember(name: string, value: string): void {
    this.#connection.run('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)', name, value);
  }

  /** Answers how many. */
  #queueAll(): number {
    this.#connection.run(
      'INSERT OR IGNORE INTO queue (source, key) SELECT source, key FROM credentials WHERE withdrawn_at IS NULL',
    );
    return number(this.#connection.get('SELECT count(*) AS queued FROM queue')!, 'queued');
  }

  async commit(batch: Iterable<{ source: string; key: string; joined: Joined }>): Promise<void> {
    this.#connection.transaction(() => {
      const rows = new JoinedRows(this.#connection, this.#now());
      for (const { source, key, joined } of batch) {
        const place = { source: this.#sources.of(source), key };
        rows.write(place, joined);
        this.#connection.run('DELETE FROM queue WHERE source = ? AND key = ?', place.source, key);
      }
      rows.writeCounts();
      keepMoment(this.#connection, this.#now());
    });
  }

  #replaceGraph(graph: RecordGraph, issues: IssueCounts): void {
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
    const extracted = this.#connection.get('SELECT issues FROM extractions WHERE record = ?', id);
    issues.replace(extracted ? (JSON.parse(text(extracted, 'issues')) as Issue[]) : [], graph.issues);
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
    const id = this.#connection.insert(
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
}

function nodeOf(row: Row): GraphNode {
  return JSON.parse(text(row, 'node')) as GraphNode;
}

function readers(row: Row): string[] {
  return JSON.parse(text(row, 'read_by')) as string[];
}
