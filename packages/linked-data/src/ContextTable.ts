import { bundledContext } from './contexts.ts';
import type { ContextFacts, TermDefinition } from './facts.ts';
import { asArray, isObject } from './pointer.ts';

export type Coercion = 'none' | 'id' | 'language' | 'set' | { datatype: string };

interface Term {
  iri: string;
  coercion: Coercion;
  isPrefix: boolean;
}

/** Term → IRI and coercion, for one known context: what the JSON-LD algorithm would look up, looked up once. */
export class ContextTable {
  readonly #terms = new Map<string, Term>();

  /** Undefined when the context uses anything but prefixes, `@id`/language/datatype coercion: the full algorithm then does it. */
  static of(...contexts: ContextFacts[]): ContextTable | undefined {
    const table = new ContextTable();
    for (const context of contexts) if (!table.#add(context)) return undefined;
    return table;
  }

  /** Absolute IRI of a key or type; undefined when standard expansion drops it. */
  iriOf(name: string): string | undefined {
    const term = this.#terms.get(name);
    if (term) return term.iri;
    return this.#curie(name);
  }

  coercionOf(name: string): Coercion {
    return this.#terms.get(name)?.coercion ?? 'none';
  }

  /** Absolute IRI of an `@id` value; relative ones come back as they are. */
  idOf(value: string): string {
    if (value.startsWith('_:')) return value;
    return this.#curie(value) ?? value;
  }

  #curie(name: string): string | undefined {
    const colon = name.indexOf(':');
    if (colon < 1) return undefined;
    const suffix = name.slice(colon + 1);
    if (suffix.startsWith('//')) return name;
    const prefix = this.#terms.get(name.slice(0, colon));
    return prefix?.isPrefix ? prefix.iri + suffix : name;
  }

  #add(context: ContextFacts): boolean {
    const pending = Object.entries(context);
    for (const [name, definition] of pending) if (typeof definition === 'string') this.#define(name, definition);
    return pending.every(([name, definition]) => typeof definition === 'string' || this.#defineTerm(name, definition));
  }

  #define(name: string, value: string): void {
    const iri = this.#curie(value) ?? value;
    // JSON-LD 1.1 §9.3: a plain mapping is a prefix when it ends in a delimiter.
    this.#terms.set(name, { iri, coercion: 'none', isPrefix: /[:/?#[\]@]$/.test(iri) });
  }

  #defineTerm(name: string, definition: Exclude<TermDefinition, string>): boolean {
    const { '@id': id, '@type': type, '@container': container, ...rest } = definition;
    if (Object.keys(rest).length > 0) return false;
    if (container !== undefined && container !== '@language' && container !== '@set') return false;
    const iri = this.#curie(id ?? name);
    if (!iri || (type !== undefined && !/^@id$|:/.test(type))) return false;
    const coercion =
      container === '@language'
        ? 'language'
        : type === '@id'
          ? 'id'
          : type
            ? { datatype: this.#curie(type) ?? type }
            : 'none';
    this.#terms.set(name, { iri, coercion, isPrefix: false });
    return true;
  }
}

/** The table for a document's `@context`: known IRIs, inline maps of prefixes and terms, arrays of these; undefined for anything else. */
export function tableFor(context: unknown, cache: Map<string, ContextTable | undefined>): ContextTable | undefined {
  const key = JSON.stringify(context) ?? '';
  if (cache.has(key)) return cache.get(key);
  const table = buildTable(context);
  // A publisher's inline contexts are few; a flood of different ones must not fill memory.
  if (cache.size > 500) cache.clear();
  cache.set(key, table);
  return table;
}

function buildTable(context: unknown): ContextTable | undefined {
  const parts = asArray(context).map((part) => (typeof part === 'string' ? bundledContext(part) : inlineContext(part)));
  if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  return ContextTable.of(...(parts as ContextFacts[]));
}

function inlineContext(part: unknown): ContextFacts | undefined {
  if (!isObject(part)) return undefined;
  const plain = Object.entries(part).every(
    ([name, definition]) =>
      !name.startsWith('@') && (typeof definition === 'string' ? !definition.startsWith('@') : isObject(definition)),
  );
  return plain ? (part as ContextFacts) : undefined;
}
