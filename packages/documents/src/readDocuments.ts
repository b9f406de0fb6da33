import { decodeText } from './decodeText.ts';
import type { FoundDocument } from './FoundDocument.ts';
import { jsonFaultOffset } from './jsonFaultOffset.ts';
import { pageDocuments } from './pageDocuments.ts';
import { readArchive } from './readArchive.ts';
import { defaultLimits, type ReadLimits, type RefusedDocument } from './readLimits.ts';
import { arrayElements, type JsonSlice, LineCounter, nextValue, positionOf } from './scanJson.ts';
import { tableRows } from './tableRows.ts';

/**
 * The JSON documents of a file: one, several one after another, lines, the elements of an array, or all of these in a ZIP. Never
 * throws for content; what cannot be read comes out as refused, with line, column and what to do.
 */
export async function* readDocuments(
  file: { name: string; bytes: Uint8Array },
  limits: ReadLimits = defaultLimits,
): AsyncIterable<FoundDocument | RefusedDocument> {
  if (file.bytes.length > limits.maxBytes && !isZip(file.bytes)) {
    yield refusal(
      '',
      'too_large',
      `The file has ${file.bytes.length} bytes; the limit is ${limits.maxBytes}. Split it.`,
    );
    return;
  }
  if (!isZip(file.bytes)) {
    yield* documentsOf(file.name, file.bytes, '');
    return;
  }
  for await (const entry of readArchive(file.bytes, limits)) {
    if ('refused' in entry) yield entry;
    else yield* documentsOf(entry.name, entry.bytes, entry.name);
  }
}

function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6)
  );
}

/** By the ending of its name: rows of a table, what a page describes, else JSON. */
function* documentsOf(name: string, bytes: Uint8Array, entry: string): Iterable<FoundDocument | RefusedDocument> {
  if (/\.csv$/i.test(name)) yield* tableRows(bytes, entry);
  else if (/\.html?$/i.test(name)) yield* pageDocuments(bytes, entry);
  else yield* documentsIn(bytes, entry);
}

function* documentsIn(bytes: Uint8Array, entry: string): Iterable<FoundDocument | RefusedDocument> {
  const { text, warning } = decodeText(bytes);
  const slices = valueSlices(text);
  const isOnly = slices.length === 1;
  const lines = new LineCounter(text);
  for (const [index, slice] of slices.entries()) {
    const part = partName(entry, isOnly ? undefined : index);
    if ('reason' in slice) {
      yield { part, refused: fault(text, slice) };
      continue;
    }
    for (const found of valuesIn({ text, slice, part, lines }))
      yield warning && !('refused' in found) ? { ...found, warning } : found;
  }
  if (slices.length === 0)
    yield refusal(partName(entry, undefined), 'empty', 'The file is empty. Remove it, or put a document in.');
}

type Slice = JsonSlice | { offset: number; reason: string };

/**
 * Values one after another. What is no object or array is one fault as far as the next line that starts one, so that a bad line
 * loses only itself and prose counts once.
 */
function valueSlices(text: string): Slice[] {
  const slices: Slice[] = [];
  for (let from = 0; ; ) {
    const found = nextValue(text, from);
    if (!found) return slices;
    const isDocument = !('reason' in found) && /[{[]/.test(text[found.start] ?? '');
    if (isDocument) {
      slices.push(found);
      from = found.end;
      continue;
    }
    const isFirst = slices.length === 0;
    slices.push(
      'reason' in found ? found : { offset: found.start, reason: 'neither an object nor an array starts here' },
    );
    const next = nextLineStart(text, 'reason' in found ? found.offset : found.end);
    // A document that breaks off inside cannot be told from what follows it.
    if (next === undefined || (isFirst && 'reason' in found)) return slices;
    from = next;
  }
}

function nextLineStart(text: string, from: number): number | undefined {
  const pattern = /\n\s*(?=[{[])/g;
  pattern.lastIndex = from;
  return pattern.exec(text) ? pattern.lastIndex : undefined;
}

function* valuesIn(given: {
  text: string;
  slice: JsonSlice;
  part: string;
  lines: LineCounter;
}): Iterable<FoundDocument | RefusedDocument> {
  const { text, slice, part, lines } = given;
  const own = text.slice(slice.start, slice.end);
  const line = lines.at(slice.start);
  const value = parsed(own);
  if (value instanceof SyntaxError) {
    yield { part, refused: fault(text, { offset: slice.start + jsonFaultOffset(own), reason: reasonIn(value) }) };
    return;
  }
  if (!Array.isArray(value) || value.length === 0 || sharesBlankNodes(own)) {
    yield { part, text: own, value, line };
    return;
  }
  const elements = arrayElements(text, slice);
  for (const [index, element] of elements.entries()) {
    const elementText = text.slice(element.start, element.end);
    const name = part === '' ? `${index + 1}` : `${part}#${index + 1}`;
    yield { part: name, text: elementText, value: value[index], line: lines.at(element.start) };
  }
}

/** Elements that name each other by blank-node labels are one graph. */
function sharesBlankNodes(text: string): boolean {
  return /"_:[^"]*"/.test(text) && !/"@graph"|"decoded_resource"/.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error as SyntaxError;
  }
}

function reasonIn(error: SyntaxError): string {
  return error.message.replace(/\s*(in JSON)?\s*at position.*$/s, '').replace(/, (?:\.{3})?".*$/s, '');
}

function fault(text: string, { offset, reason }: { offset: number; reason: string }): RefusedDocument['refused'] {
  const { line, column } = positionOf(text, offset);
  return {
    code: 'malformed_json',
    reason: `Not JSON at line ${line}, column ${column}: ${reason}. Correct it there.`,
    line,
    column,
  };
}

function refusal(part: string, code: string, reason: string): RefusedDocument {
  return { part, refused: { code, reason } };
}

function partName(entry: string, index: number | undefined): string {
  if (index === undefined) return entry;
  return entry === '' ? `${index + 1}` : `${entry}#${index + 1}`;
}
