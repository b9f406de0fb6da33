import { BrokenInvariantError } from '@credatlas/model';
import { ContextTable } from './ContextTable.ts';
import { bundledContext, mergedContext } from './contexts.ts';
import type { ContextFacts } from './facts.ts';
import { asArray, isObject } from './pointer.ts';

/** Compiled contexts that are kept; a publisher's inline ones are few, and a flood of them must not fill memory. */
const maxTables = 200;
/** Longest inline context that is compiled: CTDL's own has 670 terms. */
const maxInlineTerms = 5_000;

/** Compiles contexts to tables, each once. */
export class ContextTables {
  readonly #tables = new Map<string, ContextTable | undefined>();
  readonly #merged = simple(mergedContext);
  readonly #empty = simple({});

  /** For documents that name no context but write CTDL's prefixes. */
  get merged(): ContextTable {
    return this.#merged;
  }

  /** For documents whose keys are IRIs already. */
  get empty(): ContextTable {
    return this.#empty;
  }

  /** The table of known IRIs, inline maps of prefixes and terms, and lists of these; undefined for anything else. */
  of(context: unknown): ContextTable | undefined {
    const contexts = asArray(context).map(contextFacts);
    if (contexts.length === 0 || !contexts.every((each) => each !== undefined)) return undefined;
    const key = typeof context === 'string' ? context : JSON.stringify(context);
    if (this.#tables.has(key)) return this.#tables.get(key);
    const table = ContextTable.of(...contexts);
    if (this.#tables.size >= maxTables) this.#tables.clear();
    this.#tables.set(key, table);
    return table;
  }
}

function simple(context: ContextFacts): ContextTable {
  const table = ContextTable.of(context);
  if (!table)
    throw new BrokenInvariantError('A bundled context is not simple any more. Teach ContextTable its new form.');
  return table;
}

function contextFacts(part: unknown): ContextFacts | undefined {
  if (typeof part === 'string') return bundledContext(part);
  if (!isObject(part)) return undefined;
  const definitions = Object.entries(part);
  return definitions.length <= maxInlineTerms && definitions.every(isSimple) ? (part as ContextFacts) : undefined;
}

/** Flat, and no keyword but a language and the version of JSON-LD. */
function isSimple([name, definition]: [string, unknown]): boolean {
  if (name === '@language') return typeof definition === 'string';
  if (name === '@version') return definition === 1.1;
  if (typeof definition === 'string') return !name.startsWith('@') && !definition.startsWith('@');
  return isObject(definition) && Object.values(definition).every((each) => typeof each === 'string');
}
