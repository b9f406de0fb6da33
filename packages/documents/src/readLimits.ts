/** What was no document, and where. */
export interface RefusedDocument {
  part: string;
  refused: { code: string; reason: string; line?: number; column?: number };
}

export interface ReadLimits {
  /** Most bytes of one file or archive entry. */
  maxBytes: number;
  /** Most entries of one archive. */
  maxEntries: number;
  /** Most bytes of an archive when unpacked. */
  maxTotalBytes: number;
}

/** Far above real data (largest known envelope 3.4 MB, dumps of 400,000 entries), below what would fill memory. */
export const defaultLimits: ReadLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxEntries: 5_000_000,
  maxTotalBytes: 64 * 1024 ** 3,
};

/** Characters of one row of a table. */
export const maxCellLength = 1_000_000;
/** Rows of one table. */
export const maxRows = 1_000_000;
