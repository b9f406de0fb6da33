/** Version 1 of the store. Everything but records, versions, refusals, runs and cursors can be derived again. */
export const schemaVersion1 = `
CREATE TABLE sequence (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
INSERT INTO sequence VALUES (1, 0);
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE validators (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT) WITHOUT ROWID;
CREATE TABLE locks (name TEXT PRIMARY KEY, token TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, started TEXT NOT NULL,
  since TEXT NOT NULL, purpose TEXT NOT NULL, heartbeat INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, uri TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE runs (run INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, mode TEXT NOT NULL, state TEXT NOT NULL,
  started_at TEXT NOT NULL, finished_at TEXT, seen INTEGER NOT NULL DEFAULT 0, written INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, tombstoned INTEGER NOT NULL DEFAULT 0, checkpoint TEXT);
CREATE INDEX runs_by_source ON runs (source, run);
CREATE TABLE run_keys (run INTEGER NOT NULL, key TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID;

CREATE TABLE records (id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL,
  media_type TEXT NOT NULL, text TEXT NOT NULL, hash TEXT NOT NULL, run INTEGER NOT NULL, fetched_at TEXT NOT NULL, modified_at TEXT,
  envelope TEXT, first_seen_at TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, deleted_at TEXT, deleted_reason TEXT,
  UNIQUE (source, key));
CREATE INDEX records_by_seq ON records (seq);
CREATE TABLE versions (record INTEGER NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, fetched_at TEXT NOT NULL,
  run INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (record, version));
CREATE TABLE refusals (source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL,
  code TEXT NOT NULL, reason TEXT NOT NULL, line INTEGER, col INTEGER, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE TABLE extractions (record INTEGER PRIMARY KEY, issues TEXT NOT NULL);

CREATE TABLE resources (id INTEGER PRIMARY KEY, record INTEGER NOT NULL, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL,
  ctid TEXT, kind TEXT NOT NULL, is_primary INTEGER NOT NULL, hash TEXT NOT NULL, node TEXT NOT NULL, refs TEXT NOT NULL, read_by TEXT NOT NULL,
  UNIQUE (key, source, record));
CREATE INDEX resources_by_record ON resources (record);
CREATE INDEX resources_by_uri ON resources (uri);
CREATE TABLE refs (target TEXT NOT NULL, source INTEGER NOT NULL, key TEXT NOT NULL, property TEXT NOT NULL, resource INTEGER NOT NULL,
  PRIMARY KEY (target, source, key, property, resource)) WITHOUT ROWID;
CREATE INDEX refs_by_resource ON refs (resource);
CREATE TABLE stale (source INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE TABLE queue (source INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;

CREATE TABLE credentials (id TEXT PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL, ctid TEXT, kind TEXT NOT NULL,
  name TEXT NOT NULL, updated_at TEXT NOT NULL, hash TEXT NOT NULL, json TEXT, labels TEXT NOT NULL, seq INTEGER NOT NULL, withdrawn_at TEXT,
  UNIQUE (source, key)) WITHOUT ROWID;
CREATE INDEX credentials_by_ctid ON credentials (ctid);
CREATE INDEX credentials_by_uri ON credentials (uri);
CREATE INDEX credentials_by_seq ON credentials (kind, seq);
CREATE INDEX credentials_live ON credentials (kind, withdrawn_at);
CREATE TABLE edges (target TEXT NOT NULL, relation TEXT NOT NULL, origin TEXT NOT NULL, position INTEGER NOT NULL, resolved INTEGER NOT NULL,
  PRIMARY KEY (target, relation, origin, position)) WITHOUT ROWID;
CREATE INDEX edges_by_origin ON edges (origin);

CREATE TABLE organizations (id TEXT PRIMARY KEY, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL, ctid TEXT, name TEXT NOT NULL,
  updated_at TEXT NOT NULL, hash TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (source, key)) WITHOUT ROWID;
CREATE INDEX organizations_by_ctid ON organizations (ctid);
CREATE INDEX organizations_by_uri ON organizations (uri);
CREATE INDEX organizations_by_name ON organizations (name, id);
CREATE TABLE organization_words (word TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (word, id)) WITHOUT ROWID;
CREATE INDEX organization_words_by_id ON organization_words (id);

CREATE TABLE label_values (field TEXT NOT NULL, value TEXT NOT NULL, credentials INTEGER NOT NULL, PRIMARY KEY (field, value)) WITHOUT ROWID;
CREATE INDEX label_values_by_use ON label_values (field, credentials DESC, value);
CREATE TABLE labels (field TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL, credentials INTEGER NOT NULL,
  PRIMARY KEY (field, value, label)) WITHOUT ROWID;
CREATE INDEX labels_by_folded ON labels (field, folded);
CREATE TABLE label_aliases (field TEXT NOT NULL, alias TEXT NOT NULL, value TEXT NOT NULL, credentials INTEGER NOT NULL,
  PRIMARY KEY (field, alias, value)) WITHOUT ROWID;
CREATE INDEX label_aliases_by_value ON label_aliases (field, value);
CREATE TABLE label_words (field TEXT NOT NULL, word TEXT NOT NULL, value TEXT NOT NULL, uses INTEGER NOT NULL,
  PRIMARY KEY (field, word, value)) WITHOUT ROWID;
`;

/**
 * Readings are compared themselves, not by their hashes; who points at a hub by some properties only is found without reading the rest;
 * long rows lie in the order they are written, where a tree ordered by id had to move them about.
 */
export const schemaVersion2 = `
ALTER TABLE resources DROP COLUMN hash;

ALTER TABLE refs RENAME TO old_refs;
CREATE TABLE refs (target TEXT NOT NULL, source INTEGER NOT NULL, key TEXT NOT NULL, property TEXT NOT NULL, resource INTEGER NOT NULL,
  PRIMARY KEY (target, property, source, key, resource)) WITHOUT ROWID;
INSERT INTO refs SELECT * FROM old_refs;
DROP TABLE old_refs;
CREATE INDEX refs_by_resource ON refs (resource);

ALTER TABLE credentials RENAME TO old_credentials;
CREATE TABLE credentials (id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL, ctid TEXT, kind TEXT NOT NULL,
  name TEXT NOT NULL, updated_at TEXT NOT NULL, labels TEXT NOT NULL, seq INTEGER NOT NULL, withdrawn_at TEXT, json TEXT,
  UNIQUE (source, key));
INSERT INTO credentials SELECT id, source, key, uri, ctid, kind, name, updated_at, labels, seq, withdrawn_at, json FROM old_credentials;
DROP TABLE old_credentials;
CREATE INDEX credentials_by_ctid ON credentials (ctid);
CREATE INDEX credentials_by_uri ON credentials (uri);
CREATE INDEX credentials_by_seq ON credentials (kind, seq);
CREATE INDEX credentials_live ON credentials (kind, withdrawn_at);

ALTER TABLE organizations RENAME TO old_organizations;
CREATE TABLE organizations (id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, key TEXT NOT NULL, uri TEXT NOT NULL, ctid TEXT,
  name TEXT NOT NULL, updated_at TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (source, key));
INSERT INTO organizations SELECT id, source, key, uri, ctid, name, updated_at, json FROM old_organizations;
DROP TABLE old_organizations;
CREATE INDEX organizations_by_ctid ON organizations (ctid);
CREATE INDEX organizations_by_uri ON organizations (uri);
CREATE INDEX organizations_by_name ON organizations (name, id);
`;
