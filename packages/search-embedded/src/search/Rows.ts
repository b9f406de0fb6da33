import type { Matches } from './matches.ts';

/** Documents and the group that each falls into, side by side; a document of several values occurs several times. */
export interface Rows {
  match: Matches;
  documents: Uint32Array;
  groups: Uint32Array;
}
