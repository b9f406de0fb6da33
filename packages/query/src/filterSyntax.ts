import { InvalidInputError } from '@credatlas/model';

/** A value as written. */
export type FilterValue =
  | { kind: 'text'; text: string; isQuoted: boolean; position: number }
  | { kind: 'present'; position: number }
  | { kind: 'none'; position: number }
  | { kind: 'compare'; operator: '<' | '<=' | '>' | '>='; text: string; position: number }
  | { kind: 'between'; from: string; to: string; position: number };

export type FilterNode =
  | { kind: 'field'; field: string; isNegated: boolean; values: FilterValue[]; position: number }
  /** Alternatives, each a list of clauses that must all hold. */
  | { kind: 'alternatives'; alternatives: FilterNode[][]; position: number };

const maxDepth = 3;
const maxClauses = 64;
/** A filter longer than this is no filter; URLs end near it anyway. */
const maxLength = 16_000;

/**
 * Parses the filter grammar of the reference §2: `filter = clause ("," clause)*`, alternatives in parentheses joined by `|`. Throws
 * InvalidInputError `malformed_filter` with the position of the fault.
 */
export function parseFilter(text: string): FilterNode[] {
  if (text.length > maxLength)
    throw malformed(`The filter has ${text.length} characters; at most ${maxLength} are read.`, 0);
  const parser = new FilterParser(text);
  const nodes = parser.list(0);
  parser.end();
  return nodes;
}

export function malformed(detail: string, position: number, suggestion?: string): InvalidInputError {
  const faults = [
    { code: 'malformed_filter', parameter: 'filter', position, detail, ...(suggestion ? { suggestion } : {}) },
  ];
  return new InvalidInputError('malformed_filter', `filter, position ${position}: ${detail}`, { faults });
}

class FilterParser {
  readonly #text: string;
  #at = 0;
  #clauses = 0;

  constructor(text: string) {
    this.#text = text;
  }

  list(depth: number): FilterNode[] {
    const nodes = [this.#clause(depth)];
    while (this.#take(',')) nodes.push(this.#clause(depth));
    return nodes;
  }

  end(): void {
    if (this.#at < this.#text.length)
      throw malformed(
        `"${this.#text[this.#at]}" is not expected here.`,
        this.#at,
        'Put values with , | ( ) in double quotes.',
      );
  }

  #clause(depth: number): FilterNode {
    this.#clauses += 1;
    if (this.#clauses > maxClauses) throw malformed(`More than ${maxClauses} clauses.`, this.#at);
    const position = this.#at;
    if (!this.#take('(')) return this.#fieldClause(depth > 0);
    if (depth >= maxDepth) throw malformed(`Parentheses deeper than ${maxDepth}.`, position);
    const alternatives = [this.list(depth + 1)];
    while (this.#take('|')) alternatives.push(this.list(depth + 1));
    if (!this.#take(')')) throw malformed('A closing parenthesis is missing.', this.#at, 'Add ")".');
    return { kind: 'alternatives', alternatives, position };
  }

  #fieldClause(isInside: boolean): FilterNode {
    const position = this.#at;
    const field = /^[A-Za-z][A-Za-z0-9.]*/.exec(this.#text.slice(this.#at, this.#at + 64))?.[0];
    if (!field) throw malformed('A field name is expected here.', position, 'Write field:value.');
    this.#at += field.length;
    if (!this.#take(':')) throw malformed(`A colon is expected after "${field}".`, this.#at, `${field}:value`);
    const isNegated = this.#take('!');
    const values = [this.#value()];
    while (this.#continuesValues(isInside) && this.#take('|')) values.push(this.#value());
    return { kind: 'field', field, isNegated, values, position };
  }

  /** Inside parentheses a bar before `field:` or `(` starts another alternative. */
  #continuesValues(isInside: boolean): boolean {
    if (this.#text[this.#at] !== '|') return false;
    return !isInside || !/^\|(\(|[A-Za-z][A-Za-z0-9.]*:(?!\/\/))/.test(this.#text.slice(this.#at, this.#at + 80));
  }

  #value(): FilterValue {
    const position = this.#at;
    if (this.#text[this.#at] === '"') return { kind: 'text', text: this.#quoted(), isQuoted: true, position };
    const raw = /^[^,|()"]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += raw.length;
    const text = raw.trim();
    if (text === '') throw malformed('A value is expected here.', position);
    if (text.startsWith('!'))
      throw malformed(
        '"!" negates a whole list and stands only at its beginning.',
        position,
        'Quote the value if the mark belongs to it.',
      );
    return plainValue(text, position);
  }

  #quoted(): string {
    const start = this.#at;
    let text = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at += 1;
        return text;
      }
      // A backslash keeps a quote or another backslash in the text.
      if (character === '\\' && /["\\]/.test(this.#text[this.#at + 1] ?? '')) this.#at += 1;
      text += this.#text[this.#at];
    }
    throw malformed('The quoted text is never closed.', start, 'Add a double quote.');
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

function plainValue(text: string, position: number): FilterValue {
  if (text === '*') return { kind: 'present', position };
  if (text === 'none') return { kind: 'none', position };
  const comparison = /^(<=|>=|<|>)(.*)$/s.exec(text);
  if (comparison) {
    const operand = (comparison[2] ?? '').trim();
    if (operand === '') throw malformed(`A value is expected after "${comparison[1]}".`, position);
    return { kind: 'compare', operator: comparison[1] as '<', text: operand, position };
  }
  const range = /^(.*?)\.\.(.*)$/s.exec(text);
  if (range && (range[1] || range[2]))
    return { kind: 'between', from: (range[1] ?? '').trim(), to: (range[2] ?? '').trim(), position };
  return { kind: 'text', text, isQuoted: false, position };
}
