import { z } from 'zod';
import type { Family } from './vocabulary.ts';

/** What one record says that tells whether another is about the same credential. */
export interface IdentityFacts {
  /** Ours. */
  id: string;
  source: string;
  /** Whoever published it there, where the source says so. */
  publisher?: string;
  /** What others may call it: its CTID, its IRI where that is another. */
  selves: string[];
  uri: string;
  name: string;
  provider?: string;
  /** Its names, without what may be written either way. */
  names: string[];
  /** Its owners (its offerers where none is named) by every identity and by name. */
  owners: string[];
  /** Its page, without what may be written either way; absent where that is only the front page of a site. */
  page?: string;
  family: Family;
  types: string[];
  /** Education rank; 0: unknown. */
  rank: number;
  sameAs: string[];
  /** Other versions of it, which are not it. */
  versions: string[];
  updatedAt: string;
  /** Published by its owner, or read on its owner's site. */
  isOwn: boolean;
}

export const identityEvidenceSchema = z
  .object({
    kind: z
      .enum(['sameCtid', 'sameIri', 'sameAs', 'agreement'])
      .describe('sameAs: each names the other; agreement: of name, owner, page and type.'),
    detail: z.string(),
    confidence: z.number().describe('0 to 1.'),
  })
  .meta({ id: 'IdentityEvidence' });
export type IdentityEvidence = z.infer<typeof identityEvidenceSchema>;

/** Two records that may be about one credential: `a` is the lower id in UTF-8 bytes. */
export interface IdentityPair {
  a: string;
  b: string;
  /** The strongest first. */
  evidence: IdentityEvidence[];
}

/** Somebody's word that two records are not about one credential. */
export interface IdentityDecision {
  a: string;
  b: string;
  why?: string;
  decidedAt: string;
}
