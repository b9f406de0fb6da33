import { keywordFields, numberFields, type SearchDocument } from '@credatlas/model';
import { compareUtf8 } from '@credatlas/skills';
import { type Arrays, countArray, offsetsOf } from '../arrays/arrays.ts';
import { indexOf, type StringTable, sizeOf, tableOf } from '../arrays/StringTable.ts';
import { ColumnBuilder, distinctAscending, putNumbers } from './columns.ts';
import { suggestionFields } from './Segment.ts';
import { TextBuilder } from './TextBuilder.ts';

/** Arrays for documents with distinct ids, in their order. */
export function buildSegment(documents: readonly SearchDocument[]): Arrays {
  const arrays: Arrays = new Map();
  putIds(arrays, tableOf(documents.map(({ id }) => id)));
  putNames(
    arrays,
    documents.map(({ sortName }) => sortName),
  );
  const text = new TextBuilder();
  for (const document of documents) text.add(document.text);
  text.put(arrays);
  for (const field of keywordFields)
    putColumn(
      arrays,
      field,
      documents.map(({ keywords }) => keywords[field]),
    );
  putColumn(
    arrays,
    '(recognition)',
    documents.map(({ recognitions }) => recognitions.map((each) => JSON.stringify(each))),
  );
  putColumn(
    arrays,
    '(point)',
    documents.map(({ points }) => points?.map((point) => JSON.stringify(point))),
  );
  for (const field of numberFields) {
    const isPresent = documents.some(({ numbers }) => numbers[field] !== undefined);
    if (isPresent)
      putNumbers(
        arrays,
        field,
        Float64Array.from(documents, ({ numbers }) => numbers[field] ?? Number.NaN),
      );
  }
  for (const field of suggestionFields) putSuggestions(arrays, field, documents);
  return arrays;
}

function putColumn(arrays: Arrays, name: string, lists: (readonly string[] | undefined)[]): void {
  if (!lists.some((values) => values?.length)) return;
  const column = new ColumnBuilder();
  for (const values of lists) column.add(values ?? []);
  column.put(arrays, name);
}

/** Ids in the order of documents, and documents in the order of ids. */
export function putIds(arrays: Arrays, ids: StringTable): void {
  const buffer = Buffer.from(ids.bytes.buffer, ids.bytes.byteOffset, ids.bytes.length);
  const order = Uint32Array.from({ length: sizeOf(ids) }, (_, document) => document);
  order.sort((a, b) =>
    buffer.compare(buffer, ids.offsets[b]!, ids.offsets[b + 1]!, ids.offsets[a]!, ids.offsets[a + 1]!),
  );
  const ranks = new Uint32Array(order.length);
  order.forEach((document, rank) => {
    ranks[document] = rank;
  });
  arrays.set('ids.bytes', ids.bytes);
  arrays.set('ids.offsets', ids.offsets);
  arrays.set('ids.order', order);
  arrays.set('ids.ranks', ranks);
}

function putNames(arrays: Arrays, names: string[]): void {
  const sorted = [...new Set(names)].filter((name) => name !== '').sort(compareUtf8);
  const places = new Map(sorted.map((name, place) => [name, place + 1]));
  const table = tableOf(sorted);
  const ranks = countArray(names.length, sorted.length);
  names.forEach((name, document) => {
    ranks[document] = places.get(name) ?? 0;
  });
  arrays.set('names.bytes', table.bytes);
  arrays.set('names.offsets', table.offsets);
  arrays.set('names.ranks', ranks);
}

function putSuggestions(
  arrays: Arrays,
  field: (typeof suggestionFields)[number],
  documents: readonly SearchDocument[],
): void {
  const [bytes, offsets] = [arrays.get(`${field}.bytes`), arrays.get(`${field}.offsets`)];
  if (!bytes || !offsets) return;
  const values = { bytes: bytes as Uint8Array, offsets: offsets as Uint32Array };
  const known = new Map<string, number | undefined>();
  const byToken = new Map<string, number[]>();
  for (const { suggestions } of documents) {
    for (const { field: own, value, tokens } of suggestions) {
      // One value may come with several labels, whose tokens all lead to it.
      const label = `${value}\n${tokens.join(' ')}`;
      if (own !== field || known.has(label)) continue;
      const ordinal = indexOf(values, value);
      known.set(label, ordinal);
      if (ordinal === undefined) continue;
      for (const token of tokens) {
        const list = byToken.get(token);
        if (list) list.push(ordinal);
        else byToken.set(token, [ordinal]);
      }
    }
  }
  if (byToken.size === 0) return;
  const tokens = [...byToken.keys()].sort(compareUtf8);
  const lists = tokens.map((token) => distinctAscending(Uint32Array.from(byToken.get(token)!)));
  putSuggestionLists(arrays, field, { tokens: tableOf(tokens), lists });
}

export function putSuggestionLists(
  arrays: Arrays,
  field: string,
  { tokens, lists }: { tokens: StringTable; lists: Uint32Array[] },
): void {
  const starts = offsetsOf(lists.map(({ length }) => length));
  const values = new Uint32Array(starts.at(-1)!);
  lists.forEach((list, at) => {
    values.set(list, starts[at]);
  });
  arrays.set(`suggest.${field}.bytes`, tokens.bytes);
  arrays.set(`suggest.${field}.offsets`, tokens.offsets);
  arrays.set(`suggest.${field}.starts`, starts);
  arrays.set(`suggest.${field}.values`, values);
}
