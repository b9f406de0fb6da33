import { type Issue, UnacceptableDocumentError } from '@credatlas/model';
import jsonld from 'jsonld';
import type { RemoteDocument } from 'jsonld/jsonld-spec.js';
import { type ContextTable, tableFor } from './ContextTable.ts';
import { bundledContext, mergedContext } from './contexts.ts';
import { type Expanded, expandByTable } from './expandByTable.ts';
import { asArray, isObject, pointerTo, shown } from './pointer.ts';

export interface Expansion {
  nodes: Expanded[];
  /** Expanded value or node → JSON pointer into the source document. */
  pointers: WeakMap<object, string>;
  issues: Issue[];
  method: 'table' | 'jsonld';
}

/** Deepest nesting taken from strangers; real documents stay below 20. */
const maxDepth = 100;
/** The full algorithm is slower by an order of magnitude, and hostile contexts slower still. */
const maxFallbackBytes = 20_000_000;
const maxFallbackMs = 30_000;

/** Expands documents, looking known contexts up in tables and leaving the rest to jsonld.js with bundled contexts only. */
export class Expander {
  readonly #tables = new Map<string, ContextTable | undefined>();

  /**
   * Answers the expanded nodes. With `repair`, what standard expansion loses silently is kept and reported; without, the result is
   * that of `jsonld.expand`. Throws UnacceptableDocumentError `not_expandable`.
   */
  async expand(document: unknown, options: { pointer: string; repair: boolean }): Promise<Expansion> {
    const parts = Array.isArray(document)
      ? document.map((value, index) => ({ value, pointer: pointerTo(options.pointer, index) }))
      : [{ value: document, pointer: options.pointer }];
    const expansion: Expansion = { nodes: [], pointers: new WeakMap(), issues: [], method: 'table' };
    for (const part of parts) expansion.nodes.push(...(await this.#part(part, options.repair, expansion)));
    return expansion;
  }

  async #part(part: { value: unknown; pointer: string }, repair: boolean, expansion: Expansion): Promise<Expanded[]> {
    if (!isObject(part.value)) return [];
    let context = part.value['@context'];
    if (context === undefined && repair) {
      context = 'https://credreg.net/ctdl/schema/context/json';
      expansion.issues.push({
        code: 'missing_context',
        severity: 'warning',
        path: part.pointer,
        message: 'The document names no @context; read with the CTDL and CTDL-ASN contexts. Add "@context".',
      });
    }
    const table = part.value['@context'] === undefined && repair ? this.#merged() : tableFor(context, this.#tables);
    const found: Issue[] = [];
    const expanded =
      table && expandByTable(part, table, { pointers: expansion.pointers, issues: found, repair, maxDepth });
    if (expanded) {
      expansion.issues.push(...found);
      return expanded;
    }
    expansion.method = 'jsonld';
    return fullExpansion(
      { ...part.value, ...(context === undefined ? {} : { '@context': context }) },
      part.pointer,
      expansion.pointers,
    );
  }

  #merged(): ContextTable | undefined {
    const key = 'merged';
    if (!this.#tables.has(key)) this.#tables.set(key, buildMerged());
    return this.#tables.get(key);
  }
}

function buildMerged(): ContextTable | undefined {
  return tableFor(mergedContext, new Map());
}

async function fullExpansion(
  document: Record<string, unknown>,
  pointer: string,
  pointers: WeakMap<object, string>,
): Promise<Expanded[]> {
  if (JSON.stringify(document).length > maxFallbackBytes) {
    throw new UnacceptableDocumentError(
      'not_expandable',
      `The document is larger than ${maxFallbackBytes} bytes and its context is not a known one. Split it, or use the CTDL context.`,
    );
  }
  try {
    const expanded = (await within(
      maxFallbackMs,
      jsonld.expand(document, { documentLoader: loadBundled, base: '' }),
    )) as Expanded[];
    point(expanded, { value: document, pointer }, pointers);
    return expanded;
  } catch (error) {
    const reason = shown(messageOf(error));
    throw new UnacceptableDocumentError(
      'not_expandable',
      `The document cannot be expanded as JSON-LD: ${reason} Only bundled contexts are used; none is fetched.`,
      { cause: error },
    );
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new UnacceptableDocumentError('not_expandable', `It took longer than ${ms} ms.`)),
      ms,
    );
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

async function loadBundled(url: string): Promise<RemoteDocument & { tag: 'static' }> {
  const context = bundledContext(url);
  if (!context)
    throw new UnacceptableDocumentError('unknown_context', `The context ${shown(url)} is not one of the bundled ones.`);
  // The tag lets jsonld.js keep its processed form of the context.
  return { documentUrl: url, document: { '@context': context as Record<string, string> }, tag: 'static' };
}

function messageOf(error: unknown): string {
  const details = (error as { details?: { cause?: Error } }).details;
  return details?.cause?.message ?? (error instanceof Error ? error.message : String(error));
}

/** Source positions for what jsonld.js expanded: by property name and order, else those of the enclosing node. */
function point(
  expanded: unknown,
  source: { value: unknown; pointer: string },
  pointers: WeakMap<object, string>,
): void {
  asArray(expanded).forEach((item, index) => {
    if (typeof item !== 'object' || item === null) return;
    const list = Array.isArray(source.value) ? source.value : undefined;
    const sameLength = list && list.length === asArray(expanded).length;
    const value = sameLength ? list[index] : source.value;
    const pointer = sameLength ? pointerTo(source.pointer, index) : source.pointer;
    pointers.set(item, pointer);
    for (const [iri, child] of Object.entries(item)) {
      if (typeof child !== 'object' || child === null) continue;
      const key = isObject(value)
        ? Object.keys(value).find((name) => name === iri || localName(name) === localName(iri))
        : undefined;
      const next =
        key && isObject(value)
          ? { value: value[key], pointer: pointerTo(pointer, key) }
          : { value: undefined, pointer };
      point(child, next, pointers);
    }
  });
}

function localName(name: string): string {
  return name.replace(/^.*[:/#]/, '');
}
