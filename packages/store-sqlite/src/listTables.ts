/** Lists that people keep. Nothing here can be derived again. */
export const shortlistTables = `
CREATE TABLE shortlists (name TEXT PRIMARY KEY, heading TEXT NOT NULL, entries TEXT NOT NULL, size INTEGER NOT NULL, seq INTEGER NOT NULL);
`;
