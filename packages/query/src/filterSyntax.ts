import { InvalidInputError } from '@credatlas/model';
import { filterField } from './fields.ts';

/** A value as written; positions are offsets in the filter, in UTF-16 units. */
export type FilterValue =
  | { kind: 'text'; text: string; position: number }
  | { kind: 'present'; position: number }
  | { kind: 'none'; position: number }
  | { kind: 'compare'; operator: '<' | '<=' | '>' | '>='; text: string; position: number }
  /** Both ends included; an end left out is open. */
  | { kind: 'between'; from: string; to: string; position: number };

export type FilterNode =
  | { kind: 'field'; field: string; isNegated: boolean; values: FilterValue[]; position: number }
  /** Alternatives, each a list of clauses that must all hold. */
  | { kind: 'alternatives'; alternatives: FilterNode[][]; position: number };

export type FieldNode = Extract<FilterNode, { kind: 'field' }>;

const maxDepth = 3;
const maxClauses = 64;
/** Twice what an address can hold: the rest comes from shells, and nobody wrote it by hand. */
export const maxFilterLength = 16_000;

/**
 * Parses the filter grammar (interface §2): `clause ("," clause)*`, values joined by `|`, alternatives in parentheses. Throws
 * InvalidInputError `malformed_filter` with the position of the fault.
 */
export function parseFilter(text: string): FilterNode[] {
  if (text.length > maxFilterLength)
    throw malformed(`It has ${text.length} characters; at most ${maxFilterLength} are read.`, maxFilterLength);
  const parser = new FilterParser(text);
  const nodes = parser.list(0);
  parser.end();
  return nodes;
}

export function malformed(detail: string, position: number, suggestion?: string): InvalidInputError {
  return filterFault('malformed_filter', { detail, position, suggestion });
}

export function filterFault(
  code: string,
  fault: { detail: string; position: number; suggestion?: string | undefined },
): InvalidInputError {
  const { detail, position, suggestion } = fault;
  return new InvalidInputError(code, `filter, position ${position}: ${detail}`, {
    faults: [{ code, parameter: 'filter', position, detail, ...(suggestion ? { suggestion } : {}) }],
  });
}

/** A value that means itself, whatever it holds. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const fieldPattern = /[A-Za-z][A-Za-z0-9.]*/y;
const barePattern = /[^,|()"]*/y;
/** A bar with a field's name or another parenthesis behind it; `https://` is no field. */
const alternativePattern = /\|\s*(?:\(|([A-Za-z][A-Za-z0-9.]*)\s*:(?!\/\/))/y;

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
    this.#skipSpace();
    if (this.#at === this.#text.length) return;
    throw malformed(
      `"${this.#text[this.#at]}" is not expected here.`,
      this.#at,
      'Put values that hold , | ( ) or quotes in double quotes.',
    );
  }

  #clause(depth: number): FilterNode {
    this.#skipSpace();
    const position = this.#at;
    if (++this.#clauses > maxClauses) throw malformed(`There are more than ${maxClauses} clauses.`, position);
    if (!this.#take('(')) return this.#fieldClause(depth);
    if (depth >= maxDepth) throw malformed(`Parentheses are more than ${maxDepth} deep.`, position);
    const alternatives = [this.list(depth + 1)];
    while (this.#take('|')) alternatives.push(this.list(depth + 1));
    if (!this.#take(')')) throw malformed('A closing parenthesis is missing.', this.#at, 'Add ")".');
    return { kind: 'alternatives', alternatives, position };
  }

  #fieldClause(depth: number): FilterNode {
    const position = this.#at;
    if (this.#take('!'))
      throw malformed('"!" stands only directly after the colon.', position, 'Write field:!value to leave values out.');
    const field = this.#match(fieldPattern);
    if (!field) throw malformed('The name of a field is expected here.', position, 'Write field:value.');
    if (!this.#take(':')) throw malformed(`A colon is expected after "${field}".`, this.#at, `${field}:value`);
    const isNegated = this.#take('!');
    const values = [this.#value()];
    while (!this.#isAlternative(depth) && this.#take('|')) values.push(this.#value());
    return { kind: 'field', field, isNegated, values, position };
  }

  /** Within parentheses a bar before `field:` or `(` starts another alternative; outside, two fields cannot be alternatives. */
  #isAlternative(depth: number): boolean {
    this.#skipSpace();
    alternativePattern.lastIndex = this.#at;
    const match = alternativePattern.exec(this.#text);
    if (!match) return false;
    if (depth > 0) return true;
    if (match[1] !== undefined && !filterField(match[1])) return false;
    throw malformed(
      'Alternatives of several fields stand in parentheses.',
      this.#at,
      'Write (a:1|b:2), or quote a value that looks like a field.',
    );
  }

  #value(): FilterValue {
    this.#skipSpace();
    const position = this.#at;
    if (this.#text[position] === '"') return { kind: 'text', text: this.#quotedText(), position };
    const text = this.#match(barePattern).trim();
    if (text === '') throw malformed('A value is expected here.', position, 'Write a value, "*" or "none".');
    if (text.includes('!'))
      throw malformed(
        '"!" leaves out a whole list and stands only at its beginning.',
        position + text.indexOf('!'),
        `Put the value in double quotes if the mark belongs to it: ${quoted(text)}`,
      );
    return plainValue(text, position);
  }

  #quotedText(): string {
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
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
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
  return { kind: 'text', text, position };
}
