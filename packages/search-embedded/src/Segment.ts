import type {
  Coordinates,
  KeywordField,
  NumberField,
  SearchDocument,
  SuggestionEntry,
  TextField,
} from '@credatlas/model';

/** Inverted text of one field. Posting p of term t: offsets[t] ≤ p < offsets[t+1]. */
export interface TextIndex {
  offsets: Uint32Array;
  documents: Uint32Array;
  frequencies: Uint16Array;
  /** Start of each posting's positions. */
  positionOffsets: Uint32Array;
  positions: Uint32Array;
  /** Tokens per document, and Lucene's one-byte form of it. */
  lengths: Uint32Array;
  norms: Uint8Array;
}

/** Exact values of one field, both ways round. Values in UTF-8 byte order. */
export interface KeywordIndex {
  values: string[];
  offsets: Uint32Array;
  documents: Uint32Array;
  /** Values of document d: ordinals[documentOffsets[d] … documentOffsets[d+1]]. */
  documentOffsets: Uint32Array;
  ordinals: Uint32Array;
}

export interface RecognitionIndex {
  documentOffsets: Uint32Array;
  roles: string[];
  agents: string[][];
  from: Float64Array;
  to: Float64Array;
}

/** (token, value) pairs of one suggestion field, by token; `values` are ordinals of the keyword field of the same name. */
export interface SuggestionIndex {
  tokens: string[];
  values: Uint32Array;
}

/** An immutable set of documents as arrays: what is searched. Plain data, so that it can be written, and read by any thread. */
export interface Segment {
  size: number;
  ids: string[];
  sortNames: string[];
  terms: string[];
  text: Partial<Record<TextField, TextIndex>>;
  keywords: Partial<Record<KeywordField, KeywordIndex>>;
  numbers: Partial<Record<NumberField, Float64Array>>;
  recognitions: RecognitionIndex;
  points: (readonly Coordinates[] | undefined)[];
  suggestions: Partial<Record<SuggestionEntry['field'], SuggestionIndex>>;
}

/** A segment in use, with what has been deleted from it since it was built. */
export interface LiveSegment {
  uid: number;
  segment: Segment;
  /** 1: replaced or withdrawn. */
  deleted: Uint8Array;
  live: number;
  /** Of live documents, per text field. */
  lengths: Partial<Record<TextField, { documents: number; tokens: number }>>;
  /** The documents it was built from, while they are not yet in a file. */
  documents?: SearchDocument[];
  /** Name of its files, once sealed. */
  file?: string;
}
