type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd';

interface Standing {
  offset: number;
  expected: Expected;
  /** What would end the container around it. */
  closer: string | undefined;
}

/**
 * Where a text stops being JSON (RFC 8259): the offset of the first token that does not belong there; its length when it breaks off. The
 * platform's parser says so only for some faults. One pass.
 */
export function jsonFaultOffset(text: string): number {
  const tokens = new Tokens(text);
  const closers: string[] = [];
  let expected: Expected = 'value';
  for (let offset = tokens.afterBlanks(0); offset < text.length; offset = tokens.afterBlanks(offset)) {
    const token = text[offset]!;
    const after = tokens.after({ offset, expected, closer: closers.at(-1) });
    if (after === undefined) return offset;
    if (token === '{' || token === '[') closers.push(token === '{' ? '}' : ']');
    if (token === '}' || token === ']') closers.pop();
    expected = nextExpected(token, { expected, isInObject: closers.at(-1) === '}' });
    offset = after;
    // What follows the one value of a document does not belong to it.
    if (closers.length === 0) return tokens.afterBlanks(offset);
  }
  return text.length;
}

function nextExpected(token: string, { expected, isInObject }: { expected: Expected; isInObject: boolean }): Expected {
  if (token === '{') return 'keyOrEnd';
  if (token === '[') return 'valueOrEnd';
  if (token === ':') return 'value';
  if (token === ',') return isInObject ? 'key' : 'value';
  const isKey = (expected === 'key' || expected === 'keyOrEnd') && token !== '}';
  return isKey ? 'colon' : 'commaOrEnd';
}

/** Measures tokens; keeps its patterns, which remember where they stand. */
class Tokens {
  readonly #text: string;
  readonly #blanks = /[ \t\r\n]*/y;
  readonly #scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
  // Runs of plain characters count as one step, so that long texts do not fill the matcher's stack.
  readonly #string = /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

  constructor(text: string) {
    this.#text = text;
  }

  afterBlanks(offset: number): number {
    return this.#end(this.#blanks, offset) ?? offset;
  }

  /** The end of the token at `offset`; undefined when it is not one that may stand there. */
  after({ offset, expected, closer }: Standing): number | undefined {
    const token = this.#text[offset];
    if (expected === 'colon') return token === ':' ? offset + 1 : undefined;
    if (expected === 'commaOrEnd') return token === ',' || token === closer ? offset + 1 : undefined;
    if ((expected === 'keyOrEnd' || expected === 'valueOrEnd') && token === closer) return offset + 1;
    if (token === '"') return this.#end(this.#string, offset);
    if (expected === 'key' || expected === 'keyOrEnd') return undefined;
    return token === '{' || token === '[' ? offset + 1 : this.#end(this.#scalar, offset);
  }

  #end(pattern: RegExp, offset: number): number | undefined {
    pattern.lastIndex = offset;
    return pattern.test(this.#text) ? pattern.lastIndex : undefined;
  }
}
