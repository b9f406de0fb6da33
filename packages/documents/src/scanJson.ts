/** Deepest nesting taken from strangers; real documents stay below 30, and recursive readers below must not overflow. */
const maxDepth = 200;

export interface JsonFault {
  offset: number;
  reason: string;
}

/** A slice of the text that holds one JSON value. */
export interface JsonSlice {
  start: number;
  end: number;
}

/**
 * Where the next JSON value starts and ends, from `from`; undefined at the end of the text. Checks structure (brackets, quotes,
 * depth) in one pass without building anything; the parser has the last word on the rest.
 */
export function nextValue(text: string, from: number): JsonSlice | JsonFault | undefined {
  const start = skipBlanks(text, from);
  if (start >= text.length) return undefined;
  const opening = text[start];
  if (opening !== '{' && opening !== '[') return scalar(text, start);
  const closers: string[] = [];
  for (let offset = start; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '"') {
      const end = stringEnd(text, offset);
      if (end === undefined) return { offset, reason: 'a text that starts here is never closed' };
      offset = end;
    } else if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      if (closers.length > maxDepth) return { offset, reason: `nested deeper than ${maxDepth} levels` };
    } else if (character === '}' || character === ']') {
      if (closers.pop() !== character) return { offset, reason: `"${character}" closes what is not open` };
      if (closers.length === 0) return { start, end: offset + 1 };
    }
  }
  return { offset: text.length, reason: `the document ends before its last "${closers.at(-1)}"` };
}

/** Slices of the elements of the array that `slice` holds, word for word. Assumes that the array parses. */
export function arrayElements(text: string, slice: JsonSlice): JsonSlice[] {
  const elements: JsonSlice[] = [];
  for (let offset = slice.start + 1; offset < slice.end - 1; ) {
    const found = nextValue(text, offset);
    if (!found || 'reason' in found || found.end > slice.end - 1) return elements;
    elements.push(found);
    offset = skipBlanks(text, found.end);
    if (text[offset] === ',') offset += 1;
    else return elements;
  }
  return elements;
}

/** One-based lines of rising offsets, counted once over the whole text. */
export class LineCounter {
  readonly #text: string;
  #line = 1;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): number {
    for (;;) {
      const next = this.#text.indexOf('\n', this.#offset);
      if (next < 0 || next >= offset) return this.#line;
      this.#line += 1;
      this.#offset = next + 1;
    }
  }
}

/** One-based line and column of an offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

function scalar(text: string, start: number): JsonSlice | JsonFault {
  if (text[start] === '"') {
    const end = stringEnd(text, start);
    return end === undefined
      ? { offset: start, reason: 'a text that starts here is never closed' }
      : { start, end: end + 1 };
  }
  const match = /^[^\s,\]}{["]+/.exec(text.slice(start, start + 400));
  return match
    ? { start, end: start + match[0].length }
    : { offset: start, reason: `"${text[start]}" is out of place` };
}

function stringEnd(text: string, start: number): number | undefined {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return undefined;
}

function skipBlanks(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && /[\s\uFEFF]/.test(text[offset] ?? '')) offset += 1;
  return offset;
}
