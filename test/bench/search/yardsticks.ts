import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Dimension, SearchDocument } from '@credatlas/model';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Contender, ordered, type Told } from './contender.ts';
import { kinds } from './market.ts';
import type { Question } from './questions.ts';

const leaves = new Set<string>(kinds.map(({ type }) => type));

/** A certificate of completion is a certificate too. */
function leavesOf({ keywords }: SearchDocument): string[] {
  return keywords.type!.filter((type) => leaves.has(type));
}

/** SQLite's FTS5 with the same weights: what most would take first. Asked for words and skills only. */
export function sqliteContender(folder: string): Contender {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'fts5.sqlite'));
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE credentials (doc INTEGER PRIMARY KEY, id TEXT);
    CREATE TABLE skills (skill TEXT, doc INTEGER);
    CREATE VIRTUAL TABLE texts USING fts5(name, skills, subjects, provider, description, content='', tokenize="unicode61");`);
  const search = (match: string): Told => {
    database
      .prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 3, 2, 1, 1, 1) LIMIT 20')
      .all(match);
    return database.prepare('SELECT count(*) AS total FROM texts WHERE texts MATCH ?').get(match) as unknown as Told;
  };
  const withSkills = (wanted: readonly string[], atLeast: number): Told => {
    const marks = wanted.map(() => '?').join(',');
    return database
      .prepare(
        `SELECT count(*) AS total FROM (SELECT doc FROM skills WHERE skill IN (${marks}) GROUP BY doc HAVING count(*) >= ?)`,
      )
      .get(...wanted, atLeast) as unknown as Told;
  };
  return {
    name: 'SQLite FTS5',
    async load(documents) {
      const row = database.prepare('INSERT INTO credentials VALUES (?, ?)');
      const text = database.prepare(
        'INSERT INTO texts (rowid, name, skills, subjects, provider, description) VALUES (?, ?, ?, ?, ?, ?)',
      );
      const skill = database.prepare('INSERT INTO skills VALUES (?, ?)');
      database.exec('BEGIN');
      let doc = 0;
      for await (const document of documents) {
        doc += 1;
        const said = (field: 'name' | 'skills' | 'subjects' | 'provider' | 'description') =>
          (document.text[field] ?? []).flat().join(' ');
        row.run(doc, document.id);
        text.run(doc, said('name'), said('skills'), said('subjects'), said('provider'), said('description'));
        for (const key of document.keywords.skill ?? []) skill.run(key, doc);
      }
      database.exec('COMMIT; CREATE INDEX by_skill ON skills (skill, doc);');
    },
    ask(question) {
      const text = textOf(question);
      if (text) return Promise.resolve(search(text));
      const skills = skillsOf(question);
      return skills && Promise.resolve(withSkills(skills.keys, skills.min));
    },
    diskBytes: async () => bytesIn(folder),
    close: async () => database.close(),
  };
}

/** The words as FTS5 takes them; undefined for other questions. */
function textOf(question: Question): string | undefined {
  if (question.ask !== 'search' || !question.query.text || question.query.facets.length > 0) return undefined;
  const { units, mode } = question.query.text;
  const words = units.flatMap(({ tokens, variants }) => [...tokens, ...variants.map(({ token }) => token)]);
  return words.map((word) => `"${word}"`).join(mode === 'strict' ? ' AND ' : ' OR ');
}

function skillsOf(question: Question): { keys: string[]; min: number } | undefined {
  if (question.ask === 'coverage') return { keys: question.query.skills.flat(), min: question.query.min };
  if (question.ask !== 'search' || question.query.text || question.query.filter.length === 0) return undefined;
  const keys = question.query.filter.flatMap(({ clause }) =>
    clause.op === 'any' && clause.field === 'skill' ? clause.values : [],
  );
  return { keys, min: keys.length };
}

/** DuckDB: columns and fast sums, no ranking of words. Asked for tables and facets over everything. */
export async function duckdbContender(folder: string): Promise<Contender> {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(join(folder, 'market.duckdb'), { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE credentials (types VARCHAR[], family VARCHAR, region VARCHAR, status VARCHAR, provider VARCHAR,
    level INTEGER, cost DOUBLE, skills VARCHAR[])`);
  return {
    name: 'DuckDB',
    load: (documents) => appendAll(connection, documents),
    ask: (question) => {
      const sql = sqlOf(question);
      return sql && answerOf(connection, sql);
    },
    diskBytes: async () => bytesIn(folder),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function appendAll(connection: DuckDBConnection, documents: AsyncIterable<SearchDocument>): Promise<void> {
  const appender = await connection.createAppender('credentials');
  for await (const document of documents) {
    const { keywords, numbers } = document;
    appender.appendList(leavesOf(document));
    for (const field of ['family', 'region', 'status', 'provider'] as const)
      appender.appendVarchar(keywords[field]![0]!);
    if (numbers.level === undefined) appender.appendNull();
    else appender.appendInteger(numbers.level);
    if (numbers['cost.USD'] === undefined) appender.appendNull();
    else appender.appendDouble(numbers['cost.USD']);
    appender.appendList(keywords.skill!);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run('CHECKPOINT');
}

interface Sql {
  text: string;
  /** How many values each row of a table tells beside its count; undefined: no table, the first value is a total. */
  told?: number;
}

function sqlOf(question: Question): Sql | undefined {
  if (question.ask === 'search' && !question.query.text && question.query.filter.length === 0)
    return { text: facetSql };
  if (question.ask !== 'groupBy' || question.query.text) return undefined;
  const { by, metrics } = question.query;
  if (metrics[0]?.kind === 'hhi') return { text: hhiSql, told: 1 };
  const columns = by.map((dimension, at) => `${columnOf(dimension)} AS by${at}`).join(', ');
  const names = by.map((_, at) => `by${at}`).join(', ');
  const values = metrics
    .map((metric) => (metric.kind === 'percentile' ? `quantile_cont(cost, ${metric.p})` : 'NULL'))
    .join(', ');
  return {
    text: `SELECT count(*), ${values}, ${names} FROM (SELECT cost, ${columns} FROM credentials) GROUP BY ${names}`,
    told: metrics.length,
  };
}

function columnOf(dimension: Dimension): string {
  if (dimension.kind === 'clauses') return 'NULL';
  return dimension.field === 'type' ? 'unnest(types)' : dimension.field;
}

/** Six facets are six passes over its columns. */
const facetSql = `SELECT (SELECT count(*) FROM credentials), ${[
  'unnest(types)',
  'region',
  'level',
  'status',
  'unnest(skills)',
  'provider',
]
  .map((column) => `(SELECT list(n) FROM (${countsOf(column)}))`)
  .join(', ')}`;

function countsOf(column: string): string {
  const values = `SELECT ${column} AS value FROM credentials`;
  return `SELECT count(*) AS n FROM (${values}) GROUP BY value ORDER BY n DESC LIMIT 60`;
}

const hhiSql = `WITH supplied AS (SELECT unnest(skills) AS skill, provider FROM credentials),
  counted AS (SELECT skill, provider, count(*) AS own FROM supplied GROUP BY skill, provider)
  SELECT sum(own)::BIGINT AS n, sum(own * own) / (sum(own) * sum(own)) AS hhi, skill FROM counted GROUP BY skill`;

async function answerOf(connection: DuckDBConnection, { text, told }: Sql): Promise<Told> {
  const rows = (await connection.runAndReadAll(text)).getRows();
  if (told === undefined) return { total: Number(rows[0]![0]) };
  const figures = rows.map((row) => row.slice(0, 1 + told).map((value) => (value === null ? null : Number(value))));
  return { total: rows.length, figures: ordered(figures) };
}

export function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
}
