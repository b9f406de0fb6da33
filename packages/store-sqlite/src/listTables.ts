/** Lists that people keep. Nothing here can be derived again. */
export const shortlistTables = `
CREATE TABLE shortlists (name TEXT PRIMARY KEY, heading TEXT NOT NULL, entries TEXT NOT NULL, size INTEGER NOT NULL, seq INTEGER NOT NULL);
`;

/** Which records are about the same credential: derived, but for the decisions. A lead that changes gets a change sequence of its own. */
export const identityTables = `
CREATE TABLE identities (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, facts TEXT NOT NULL, lead TEXT, seq INTEGER);
CREATE INDEX identities_by_lead ON identities (lead, id) WHERE lead IS NOT NULL;
CREATE INDEX identities_by_seq ON identities (seq) WHERE seq IS NOT NULL;
CREATE TABLE identity_keys (key INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE INDEX identity_keys_by_number ON identity_keys (number);
CREATE TABLE identity_pairs (a TEXT NOT NULL, b TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX identity_pairs_by_b ON identity_pairs (b);
CREATE TABLE identity_decisions (a TEXT NOT NULL, b TEXT NOT NULL, why TEXT, decided_at TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX identity_decisions_by_b ON identity_decisions (b);
CREATE TABLE identity_queue (id TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/**
 * What credentials were: each version but the present one, with the change sequence it began at (no json: withdrawn; `is_lost`: no
 * longer kept), and which sequence had been reached when. What was written before this table was there is not known.
 */
export const historyTables = `
CREATE TABLE credential_history (id TEXT NOT NULL, seq INTEGER NOT NULL, json BLOB, is_lost INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (id, seq));
CREATE TABLE moments (at INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
INSERT INTO state (name, value) SELECT 'history from', last FROM sequence;
CREATE TABLE saved_queries (name TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
`;

/** What has been asked: words and the filter fields beside them, by month and as counts alone. */
export const questionTables = `
CREATE TABLE question_counts (month TEXT NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (month, text, fields)) WITHOUT ROWID;
`;

/** Organizations that are part of another, with the key of the first that is named: what `parentOrganizations` reads. */
export const parentIndex = `
CREATE INDEX organizations_by_parent ON organizations (id, coalesce(json ->> '$.parents[0].id', json ->> '$.parents[0].uri', json ->> '$.parents[0].name'))
  WHERE json ->> '$.parents[0]' IS NOT NULL;
`;

/** Other identifiers of organizations: what `organizationCodes` says. */
export const organizationCodeTable = `
CREATE TABLE organization_codes (code TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (code, id)) WITHOUT ROWID;
CREATE INDEX organization_codes_by_id ON organization_codes (id);
`;

/** Records that are not deleted: counting them must not read their texts. */
export const liveRecordIndex = `CREATE INDEX records_live ON records (source, key) WHERE deleted_at IS NULL;`;

/** Transfer values and agreements that state an end, and that end: what `endingTransfers` reads. */
export const endingTransfer = `kind IN ('transferValue', 'transferAgreement') AND withdrawn_at IS NULL`;
export const transferEnd = `(json ->> '$.dates.expires')`;
export const transferEndIndex = `CREATE INDEX credentials_by_transfer_end ON credentials (${transferEnd}) WHERE ${endingTransfer};`;
