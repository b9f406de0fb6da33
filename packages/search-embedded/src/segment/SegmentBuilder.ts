import { keywordFields, type NumberField, numberFields, type SearchDocument } from '@credatlas/model';
import { sortedUtf8 } from '@credatlas/skills';
import { type Arrays, countArray, GrowingBytes, GrowingList, offsetsOf } from '../arrays/arrays.ts';
import { compareEntries, type StringTable, tableOf } from '../arrays/StringTable.ts';
import { mostFrequentFirst } from './byFrequency.ts';
import { ColumnBuilder, distinctAscending, putNumbers } from './columns.ts';
import { type ColumnName, columnNames, type SuggestionField, suggestionFields } from './Segment.ts';
import { TextBuilder } from './TextBuilder.ts';

/** Gathers documents with distinct ids into the arrays of a segment; nothing of a document is kept as an object. */
export class SegmentBuilder {
  readonly #ids = new GrowingBytes();
  readonly #idOffsets = new GrowingList();
  readonly #names = new Map<string, number>();
  readonly #documentNames = new GrowingList();
  readonly #text = new TextBuilder();
  readonly #columns = new Map<ColumnName, ColumnBuilder>();
  readonly #numbers = new Map<NumberField, number[]>();
  size = 0;

  constructor() {
    this.#idOffsets.push(0);
  }

  /** Field by field, not document by document: what one field looks words or values up in stays in the processor's cache meanwhile. */
  add(documents: readonly SearchDocument[]): void {
    for (const { id, sortName } of documents) {
      this.#ids.pushText(id);
      this.#idOffsets.push(this.#ids.length);
      this.#addName(sortName);
    }
    for (const { text } of documents) this.#text.add(text);
    for (const name of keywordFields) this.#addColumn(name, documents, ({ keywords }) => keywords[name]);
    this.#addColumn('(recognition)', documents, ({ recognitions }) => recognitions.map((each) => JSON.stringify(each)));
    this.#addColumn('(point)', documents, ({ points }) => points?.map((point) => JSON.stringify(point)));
    for (const name of numberFields) this.#addNumbers(name, documents);
    for (const name of suggestionFields) this.#addLabels(name, documents);
    this.size += documents.length;
  }

  finish(): Arrays {
    const arrays: Arrays = new Map();
    putIds(arrays, { bytes: this.#ids.values.slice(), offsets: this.#idOffsets.copy() }, [...Array(this.size).keys()]);
    this.#putNames(arrays);
    this.#text.put(arrays);
    for (const name of columnNames) {
      this.#columns.get(name)?.put(arrays, name, this.size);
      if (isSuggested(name)) this.#putSuggestions(arrays, name);
    }
    for (const name of numberFields) {
      const values = this.#numbers.get(name);
      if (!values) continue;
      const given = new Float64Array(this.size).fill(Number.NaN);
      given.set(values);
      putNumbers(arrays, name, given);
    }
    return arrays;
  }

  #addName(name: string): void {
    let number = 0;
    if (name !== '') {
      number = this.#names.get(name) ?? this.#names.size + 1;
      this.#names.set(name, number);
    }
    this.#documentNames.push(number);
  }

  #addColumn(
    name: ColumnName,
    documents: readonly SearchDocument[],
    valuesOf: (document: SearchDocument) => readonly string[] | undefined,
  ): void {
    let column = this.#columns.get(name);
    for (let at = 0; at < documents.length; at++) {
      const values = valuesOf(documents[at]!);
      if (!values || values.length === 0) continue;
      if (!column) {
        column = new ColumnBuilder();
        this.#columns.set(name, column);
      }
      column.set(this.size + at, values);
    }
  }

  #addLabels(name: SuggestionField, documents: readonly SearchDocument[]): void {
    const column = this.#columns.get(name);
    if (!column) return;
    for (const { suggestions } of documents)
      for (const { field, value, tokens } of suggestions) if (field === name) column.label(value, tokens);
  }

  #addNumbers(name: NumberField, documents: readonly SearchDocument[]): void {
    let values = this.#numbers.get(name);
    for (let at = 0; at < documents.length; at++) {
      const value = documents[at]!.numbers[name];
      if (value === undefined) continue;
      if (!values) {
        values = [];
        this.#numbers.set(name, values);
      }
      while (values.length < this.size + at) values.push(Number.NaN);
      values.push(value);
    }
  }

  #putNames(arrays: Arrays): void {
    const sorted = sortedUtf8(this.#names.keys());
    const places = new Uint32Array(sorted.length + 1);
    sorted.forEach((name, place) => {
      places[this.#names.get(name)!] = place + 1;
    });
    const table = tableOf(sorted);
    const ranks = countArray(this.size, sorted.length);
    this.#documentNames.values.forEach((name, document) => {
      ranks[document] = places[name]!;
    });
    arrays.set('names.bytes', table.bytes);
    arrays.set('names.offsets', table.offsets);
    arrays.set('names.ranks', ranks);
  }

  #putSuggestions(arrays: Arrays, field: SuggestionField): void {
    const byToken = this.#columns.get(field)?.valuesByToken();
    if (!byToken || byToken.size === 0) return;
    const tokens = sortedUtf8(byToken.keys());
    putSuggestionLists(arrays, field, { tokens: tableOf(tokens), lists: tokens.map((token) => byToken.get(token)!) });
  }
}

/** Arrays for documents with distinct ids, in their order. */
export function buildSegment(documents: readonly SearchDocument[]): Arrays {
  const builder = new SegmentBuilder();
  builder.add(documents);
  return builder.finish();
}

/** Ids in the order of documents, and documents in the order of ids. Every document comes once in `given`; runs of them in order cost little. */
export function putIds(arrays: Arrays, ids: StringTable, given: number[]): void {
  const right = { table: ids, at: 0 };
  // A plain array: that of a typed one does not look for runs.
  given.sort((a, b) => {
    right.at = b;
    return compareEntries(ids, a, right);
  });
  const order = Uint32Array.from(given);
  const ranks = new Uint32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  arrays.set('ids.bytes', ids.bytes);
  arrays.set('ids.offsets', ids.offsets);
  arrays.set('ids.order', order);
  arrays.set('ids.ranks', ranks);
}

export function isSuggested(name: string): name is SuggestionField {
  return (suggestionFields as readonly string[]).includes(name);
}

/** `lists`: for each token values of the field, which has been written before. */
export function putSuggestionLists(
  arrays: Arrays,
  field: SuggestionField,
  { tokens, lists }: { tokens: StringTable; lists: readonly (readonly number[])[] },
): void {
  const order = mostFrequentFirst(arrays.get(`${field}.counts`) as Uint32Array);
  const ranks = new Uint32Array(order.length);
  order.forEach((value, rank) => {
    ranks[value] = rank;
  });
  const ranked = lists.map((values) => distinctAscending(values.map((value) => ranks[value]!)));
  const starts = offsetsOf(ranked.map(({ length }) => length));
  const all = new Uint32Array(starts.at(-1)!);
  ranked.forEach((list, at) => {
    all.set(list, starts[at]);
  });
  arrays.set(`suggest.${field}.bytes`, tokens.bytes);
  arrays.set(`suggest.${field}.offsets`, tokens.offsets);
  arrays.set(`suggest.${field}.starts`, starts);
  arrays.set(`suggest.${field}.ranks`, all);
}
