import type { Issue } from '@credatlas/model';
import type { ContextTable } from './ContextTable.ts';
import { asArray, isObject, pointerTo, shown } from './pointer.ts';

export type Expanded = Record<string, unknown>;

export interface TableExpansion {
  /** Expanded value or node → where it stands in the source. */
  pointers: WeakMap<object, string>;
  issues: Issue[];
  /** Also keep what the standard algorithm loses without a word; off, the result equals `jsonld.expand`. */
  repair: boolean;
  maxDepth: number;
}

/** Thrown inside only: the document needs the full algorithm. */
class NeedsFullAlgorithm extends Error {}

/** Terms that the published contexts coerce to IRIs though their values are literals (dates, amounts). */
const literalTerms = new Set([
  'ceterms:approximateClosingDate',
  'ceterms:approximateDateEffective',
  'ceterms:approximateEndDate',
  'ceterms:approximateExpirationDate',
  'ceterms:approximateStartDate',
  'ceasn:approximateDateCreated',
  'ceasn:approximateDateModified',
  'ceterms:highEarnings',
  'ceterms:lowEarnings',
  'ceterms:medianEarnings',
]);

/** JSON-LD expansion by looking terms up; undefined when the document uses what the table cannot say. Linear. */
export function expandByTable(
  root: { value: unknown; pointer: string },
  table: ContextTable,
  options: TableExpansion,
): Expanded[] | undefined {
  try {
    const walker = new Walker(table, options);
    return asArray(root.value).flatMap((value, index) => {
      const pointer = Array.isArray(root.value) ? pointerTo(root.pointer, index) : root.pointer;
      return isObject(value) ? walker.top(value, pointer) : [];
    });
  } catch (error) {
    if (error instanceof NeedsFullAlgorithm) return undefined;
    throw error;
  }
}

class Walker {
  readonly #table: ContextTable;
  readonly #options: TableExpansion;

  constructor(table: ContextTable, options: TableExpansion) {
    this.#table = table;
    this.#options = options;
  }

  top(value: Record<string, unknown>, pointer: string): Expanded[] {
    const node = this.#node(value, { pointer, depth: 0, isTop: true });
    const keys = Object.keys(node);
    if (keys.length === 1 && keys[0] === '@graph') return node['@graph'] as Expanded[];
    return keys.length === 0 || (keys.length === 1 && keys[0] === '@id') ? [] : [node];
  }

  #node(value: Record<string, unknown>, at: { pointer: string; depth: number; isTop: boolean }): Expanded {
    if (at.depth > this.#options.maxDepth) throw new NeedsFullAlgorithm();
    const node: Expanded = {};
    for (const key of Object.keys(value).sort()) {
      const child = pointerTo(at.pointer, key);
      if (key.startsWith('@')) this.#keyword(node, { key, value: value[key], pointer: child, at });
      else this.#property(node, { key, value: value[key], pointer: child, depth: at.depth });
    }
    this.#options.pointers.set(node, at.pointer);
    return node;
  }

  #keyword(
    node: Expanded,
    {
      key,
      value,
      pointer,
      at,
    }: { key: string; value: unknown; pointer: string; at: { depth: number; isTop: boolean } },
  ): void {
    if (key === '@context' && at.isTop) return;
    if (key === '@id' && typeof value === 'string') {
      node['@id'] = this.#table.idOf(value);
      return;
    }
    if (key === '@type') {
      node['@type'] = asArray(value).map((type) => this.#type(type));
      return;
    }
    if (key === '@graph' && at.isTop) {
      node['@graph'] = asArray(value).flatMap((item, index) => {
        const expanded = isObject(item)
          ? this.#node(item, { pointer: pointerTo(pointer, index), depth: at.depth + 1, isTop: false })
          : undefined;
        return expanded && Object.keys(expanded).length > 0 ? [expanded] : [];
      });
      return;
    }
    throw new NeedsFullAlgorithm();
  }

  #type(type: unknown): string {
    const iri = typeof type === 'string' ? this.#table.iriOf(type) : undefined;
    if (iri) return iri;
    if (this.#options.repair && typeof type === 'string') return type;
    throw new NeedsFullAlgorithm();
  }

  #property(
    node: Expanded,
    { key, value, pointer, depth }: { key: string; value: unknown; pointer: string; depth: number },
  ): void {
    const name = this.#options.repair ? key.replace(/\s+/g, '') : key;
    if (name !== key)
      this.#report('key_with_blanks', pointer, `The key "${key}" holds blanks; read as "${name}". Remove them.`);
    const iri = this.#table.iriOf(name);
    if (!iri) {
      if (value !== null)
        this.#report(
          'unknown_key_dropped',
          pointer,
          `The key "${key}" is in no context, so JSON-LD drops it. Use a term of CTDL.`,
          value,
        );
      return;
    }
    if (value === null) return;
    const values = this.#values(name, value, { pointer, depth });
    if (node[iri] !== undefined) {
      if (!this.#options.repair) throw new NeedsFullAlgorithm();
      (node[iri] as unknown[]).push(...values);
    } else node[iri] = values;
  }

  #values(name: string, value: unknown, at: { pointer: string; depth: number }): unknown[] {
    const coercion = this.#table.coercionOf(name);
    if (coercion === 'language' && isObject(value) && !isValueObject(value))
      return this.#languageMap(value, at.pointer);
    return asArray(value).flatMap((item, index) => {
      const pointer = Array.isArray(value) ? pointerTo(at.pointer, index) : at.pointer;
      if (item === null) return [];
      if (Array.isArray(item)) throw new NeedsFullAlgorithm();
      if (isObject(item)) return this.#objects(name, item, { pointer, depth: at.depth });
      return [this.#literal(name, item, pointer)];
    });
  }

  #objects(name: string, item: Record<string, unknown>, at: { pointer: string; depth: number }): unknown[] {
    if (isValueObject(item)) return this.#valueObject(item, at.pointer);
    if (this.#options.repair && this.#table.coercionOf(name) === 'language' && isLanguageMap(item)) {
      this.#report(
        'language_map_in_array',
        at.pointer,
        'A list of language maps: standard expansion loses their text. Give one map, with lists inside it.',
        item,
      );
      return this.#languageMap(item, at.pointer);
    }
    return [this.#node(item, { pointer: at.pointer, depth: at.depth + 1, isTop: false })];
  }

  #languageMap(map: Record<string, unknown>, pointer: string): unknown[] {
    return Object.keys(map)
      .sort()
      .flatMap((tag) =>
        asArray(map[tag]).flatMap((text, index) => {
          if (text === null) return [];
          if (typeof text !== 'string') throw new NeedsFullAlgorithm();
          const child = pointerTo(pointer, tag);
          const value = tag === '@none' ? { '@value': text } : { '@value': text, '@language': tag.toLowerCase() };
          return [this.#at(value, Array.isArray(map[tag]) ? pointerTo(child, index) : child)];
        }),
      );
  }

  #valueObject(item: Record<string, unknown>, pointer: string): unknown[] {
    const { '@value': value, '@language': language, '@type': type, ...rest } = item;
    if (Object.keys(rest).length > 0 || typeof value === 'object' || value === undefined)
      throw new NeedsFullAlgorithm();
    if (language !== undefined && (typeof language !== 'string' || type !== undefined || typeof value !== 'string'))
      throw new NeedsFullAlgorithm();
    const datatype = typeof type === 'string' ? this.#table.iriOf(type) : undefined;
    if (type !== undefined && !datatype) throw new NeedsFullAlgorithm();
    const expanded = {
      ...(datatype ? { '@type': datatype } : {}),
      '@value': value,
      ...(typeof language === 'string' ? { '@language': language.toLowerCase() } : {}),
    };
    return [this.#at(expanded, pointer)];
  }

  #literal(name: string, value: unknown, pointer: string): object {
    const coercion = this.#table.coercionOf(name);
    if (coercion === 'id' && typeof value === 'string' && !(this.#options.repair && literalTerms.has(name))) {
      return this.#at({ '@id': this.#table.idOf(value) }, pointer);
    }
    if (typeof coercion === 'object') return this.#at({ '@type': coercion.datatype, '@value': value }, pointer);
    return this.#at({ '@value': value }, pointer);
  }

  #at<T extends object>(value: T, pointer: string): T {
    this.#options.pointers.set(value, pointer);
    return value;
  }

  #report(code: string, path: string, ...[message, raw]: [string, unknown?]): void {
    this.#options.issues.push({
      code,
      severity: 'warning',
      path,
      message,
      ...(raw === undefined ? {} : { raw: shown(raw) }),
    });
  }
}

function isValueObject(value: Record<string, unknown>): boolean {
  return '@value' in value;
}

/** Every key reads as a language tag and every value as text. */
function isLanguageMap(value: Record<string, unknown>): boolean {
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(
      ([tag, text]) =>
        /^(@none|[a-z]{2,3}([-_:][a-z0-9]{2,8})*)$/i.test(tag) &&
        asArray(text).every((each) => typeof each === 'string'),
    )
  );
}
