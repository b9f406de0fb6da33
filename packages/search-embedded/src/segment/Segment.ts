import {
  type KeywordField,
  keywordFields,
  type NumberField,
  numberFields,
  type SuggestionEntry,
} from '@credatlas/model';
import type { CountArray, NumberArray } from '../arrays/arrays.ts';
import type { StringTable } from '../arrays/StringTable.ts';

/**
 * Exact values of one field. Documents with the same values share a set, so a field of few values costs one or two bytes a document,
 * and a condition is judged once per set. Set 0 is empty: the documents without a value.
 */
export interface KeywordColumn {
  /** Sorted by UTF-8 bytes. */
  values: StringTable;
  /** Documents that have each value, deleted ones included. */
  counts: Uint32Array;
  /** Values of set s: members[offsets[s] … offsets[s + 1]], ascending. */
  offsets: Uint32Array;
  members: CountArray;
  /** Set of each document. */
  sets: CountArray;
  /** Documents of each value, ascending; only where sets are so many that looking at each document is dearer. */
  postings?: { offsets: Uint32Array; documents: Uint32Array };
}

/** Numbers of one field, by rank among the different values. */
export interface NumberColumn {
  /** Ascending, each once. */
  values: Float64Array;
  /** 0: missing; else one more than the place in `values`. */
  ranks: CountArray;
}

/** Inverted text of all weighted fields together. Posting p of term t: offsets[t] ≤ p < offsets[t + 1]. */
export interface TextIndex {
  /** Sorted by UTF-8 bytes. */
  terms: StringTable;
  offsets: Uint32Array;
  /** Documents of term t: documents[starts[t] … starts[t + 1]], ascending; none for a term on many documents. */
  starts: Uint32Array;
  documents: Uint32Array;
  /** 0, or one more than the number of the term among those on many documents. */
  dense: CountArray;
  /** A bit for each document, for each of the terms on many; and how many come before each block of them. */
  bits: Uint32Array;
  counts: Uint32Array;
  /** Of the same terms, the documents that score highest by them: strongest[strongestStarts[i] … strongestStarts[i + 1]], ascending. */
  strongest: Uint32Array;
  strongestStarts: Uint32Array;
  /** And what of the others none exceeds: frequency × 256 + one-byte length. */
  others: Uint32Array;
  otherStarts: Uint32Array;
  /** Upper five bits: the fields that hold the term. Lower eleven: Σ weight × frequency, `largestFrequency` at most. */
  weights: Uint16Array;
  /** Postings whose frequency does not fit, ascending, and what it is. */
  overflowPostings: Uint32Array;
  overflowFrequencies: Uint32Array;
  /** Documents of term t with the term in field f: fieldFrequencies[5 t + f], deleted ones included. */
  fieldFrequencies: Uint32Array;
  /** Documents with the term in an inferred skill. */
  inferredOffsets: Uint32Array;
  inferredDocuments: Uint32Array;
  /** Tokens of each weighted field of document d: lengths[5 d + f]. */
  lengths: CountArray;
  /** Lucene's one-byte length of the weighted fields together. */
  norms: Uint8Array;
  /** Terms in the order of their stems, and where each stem's run begins. */
  stems: StringTable;
  stemOffsets: Uint32Array;
  stemTerms: Uint32Array;
  /** First byte of each term's positions, which lie apart. Per posting: how many, then the distances between them, seven bits a byte. */
  positionOffsets: Uint32Array;
}

/**
 * Values of the keyword field of that name by the tokens of their labels: those of token t are ranks[offsets[t] … offsets[t + 1]], ascending.
 * Rank 0 is the value that most documents have, deleted ones included; equally frequent ones come in the order of their bytes.
 */
export interface SuggestionIndex {
  tokens: StringTable;
  offsets: Uint32Array;
  ranks: Uint32Array;
}

/** Columns that are kept like keyword fields: held recognitions and points, as JSON. */
export type ColumnName = KeywordField | '(recognition)' | '(point)';
export const columnNames: readonly ColumnName[] = [...keywordFields, '(recognition)', '(point)'];
export type SuggestionField = SuggestionEntry['field'];
export const suggestionFields = ['name', 'skill', 'provider', 'occupation', 'program', 'subject'] as const;

/** An immutable set of documents as arrays. */
export interface Segment {
  size: number;
  ids: StringTable;
  /** Documents by the bytes of their ids, and the inverse. */
  idOrder: Uint32Array;
  idRanks: Uint32Array;
  names: { values: StringTable; ranks: CountArray };
  text: TextIndex;
  columns: Partial<Record<ColumnName, KeywordColumn>>;
  numbers: Partial<Record<NumberField, NumberColumn>>;
  suggestions: Partial<Record<SuggestionField, SuggestionIndex>>;
}

/** Views a segment's arrays by what they mean, each when first asked for; nothing is copied. */
export function segmentOf(arrayOf: ArrayOf): Segment {
  return new ViewedSegment(reader(arrayOf));
}

class ViewedSegment implements Segment {
  readonly #read: Reader;
  readonly size: number;
  readonly ids: StringTable;
  readonly idOrder: Uint32Array;
  #idRanks: Segment['idRanks'] | undefined;
  #names: Segment['names'] | undefined;
  #text: Segment['text'] | undefined;
  #columns: Segment['columns'] | undefined;
  #numbers: Segment['numbers'] | undefined;
  #suggestions: Segment['suggestions'] | undefined;

  constructor(read: Reader) {
    this.#read = read;
    this.ids = read.table('ids');
    this.idOrder = read.longs('ids.order');
    this.size = this.idOrder.length;
  }

  get idRanks(): Segment['idRanks'] {
    this.#idRanks ??= this.#read.longs('ids.ranks');
    return this.#idRanks;
  }

  get names(): Segment['names'] {
    this.#names ??= { values: this.#read.table('names'), ranks: this.#read.counts('names.ranks') };
    return this.#names;
  }

  get text(): Segment['text'] {
    this.#text ??= textIndex(this.#read);
    return this.#text;
  }

  get columns(): Segment['columns'] {
    this.#columns ??= present(columnNames, (name) => keywordColumn(this.#read, name));
    return this.#columns;
  }

  get numbers(): Segment['numbers'] {
    this.#numbers ??= present(numberFields, (name) => numberColumn(this.#read, name));
    return this.#numbers;
  }

  get suggestions(): Segment['suggestions'] {
    this.#suggestions ??= present(suggestionFields, (name) => suggestionIndex(this.#read, name));
    return this.#suggestions;
  }
}

/** The array of that name; undefined where there is none. */
export type ArrayOf = (name: string) => NumberArray | undefined;

type Reader = ReturnType<typeof reader>;

function reader(arrayOf: ArrayOf) {
  const longs = (name: string): Uint32Array => arrayOf(name) as Uint32Array;
  const bytes = (name: string): Uint8Array => arrayOf(name) as Uint8Array;
  const counts = (name: string): CountArray => arrayOf(name) as CountArray;
  const table = (name: string): StringTable => ({ bytes: bytes(`${name}.bytes`), offsets: longs(`${name}.offsets`) });
  return { arrayOf, longs, bytes, counts, table };
}

function textIndex(read: Reader): TextIndex {
  return {
    terms: read.table('terms'),
    offsets: read.longs('text.offsets'),
    starts: read.longs('text.starts'),
    documents: read.longs('text.documents'),
    dense: read.counts('text.dense'),
    bits: read.longs('text.bits'),
    counts: read.longs('text.bit.counts'),
    strongest: read.longs('text.strongest'),
    strongestStarts: read.longs('text.strongest.starts'),
    others: read.longs('text.others'),
    otherStarts: read.longs('text.others.starts'),
    weights: read.counts('text.weights') as Uint16Array,
    overflowPostings: read.longs('text.overflow.postings'),
    overflowFrequencies: read.longs('text.overflow.frequencies'),
    fieldFrequencies: read.longs('text.fieldFrequencies'),
    inferredOffsets: read.longs('text.inferred.offsets'),
    inferredDocuments: read.longs('text.inferred.documents'),
    lengths: read.counts('text.lengths'),
    norms: read.bytes('text.norms'),
    stems: read.table('stems'),
    stemOffsets: read.longs('stems.starts'),
    stemTerms: read.longs('stems.terms'),
    positionOffsets: read.longs('text.positions.offsets'),
  };
}

function keywordColumn(read: Reader, name: ColumnName): KeywordColumn | undefined {
  const sets = read.arrayOf(`${name}.sets`) as CountArray | undefined;
  const documents = read.arrayOf(`${name}.posting.documents`) as Uint32Array | undefined;
  return (
    sets && {
      values: read.table(name),
      counts: read.longs(`${name}.counts`),
      offsets: read.longs(`${name}.set.offsets`),
      members: read.counts(`${name}.set.members`),
      sets,
      ...(documents ? { postings: { offsets: read.longs(`${name}.posting.offsets`), documents } } : {}),
    }
  );
}

function numberColumn(read: Reader, name: NumberField): NumberColumn | undefined {
  const ranks = read.arrayOf(`${name}.ranks`) as CountArray | undefined;
  return ranks && { values: read.arrayOf(`${name}.numbers`) as Float64Array, ranks };
}

function suggestionIndex(read: Reader, name: SuggestionField): SuggestionIndex | undefined {
  const ranks = read.arrayOf(`suggest.${name}.ranks`) as Uint32Array | undefined;
  return ranks && { tokens: read.table(`suggest.${name}`), offsets: read.longs(`suggest.${name}.starts`), ranks };
}

export function present<K extends string, T>(
  names: readonly K[],
  make: (name: K) => T | undefined,
): Partial<Record<K, T>> {
  const made: Partial<Record<K, T>> = {};
  for (const name of names) {
    const value = make(name);
    if (value !== undefined) made[name] = value;
  }
  return made;
}
