import type { GraphNode, GraphValue, Issue } from '@credatlas/model';
import type { SourceNode } from './SourceNode.ts';

type Told = string | number | boolean | { '@id': string } | Record<string, string> | TargetNode;

/** A CTDL node in the making; each value remembers where in the foreign document it was read. */
export class TargetNode {
  readonly types: string[];
  readonly origin: string;
  id: string | undefined;
  readonly properties = new Map<string, { value: Told; origin: string }[]>();

  constructor(types: string[], origin: string) {
    this.types = types;
    this.origin = origin;
  }

  add(property: string, value: Told | undefined, origin: string): this {
    if (value === undefined || value === '') return this;
    const values = this.properties.get(property) ?? [];
    this.properties.set(property, [...values, { value, origin }]);
    return this;
  }

  /** Texts as they stand. */
  texts(property: string, found: readonly { text: string; pointer: string }[]): this {
    for (const { text, pointer } of found) this.add(property, text, pointer);
    return this;
  }
}

/** A document of another vocabulary told in CTDL, so that everything after reading works on it unchanged. */
export class Translation {
  readonly issues: Issue[] = [];
  readonly #base: string | undefined;
  readonly #nodes: TargetNode[] = [];
  /** Nodes that the document is about and that nothing in it tells apart from others. */
  readonly #unnamed: TargetNode[] = [];
  /** What the document calls a node → its IRI. */
  readonly #aliases = new Map<string, string>();
  readonly #origins = new Map<string, string>();
  readonly #noted = new Set<string>();

  /** `base`: address of the page or document, where it is known. */
  constructor(base?: string) {
    this.#base = base;
  }

  /** A node that the document is about; `page`, an address that tells it apart where it has no IRI. */
  primary(types: string[], source: SourceNode, page?: string): TargetNode {
    const node = new TargetNode(types, source.pointer);
    const { reference } = source;
    node.id = source.id ?? this.#resolved(reference) ?? page ?? reference;
    if (reference !== undefined && node.id !== undefined) this.#aliases.set(reference, node.id);
    this.#nodes.push(node);
    return node;
  }

  /** What an organization is known by elsewhere is no page of a course: only what it offers may go by the address of the document. */
  goesByAddress(node: TargetNode): void {
    if (node.id === undefined || !/^[a-z][a-z0-9+.-]*:/i.test(node.id)) this.#unnamed.push(node);
  }

  /** Gives what has no identity that of the page it stands on: its address, and the name where there are several. */
  settle(): void {
    if (this.#base === undefined) return;
    for (const node of this.#unnamed) {
      const id = this.#unnamed.length === 1 ? this.#base : `${this.#base}#${slug(node)}`;
      if (node.id !== undefined) this.#aliases.set(node.id, id);
      node.id = id;
    }
  }

  /** What is awarded is a thing of its own: without an IRI, it goes by its name on the page. */
  onPage<T>(told: T): T {
    if (told instanceof TargetNode && told.id === undefined && this.#base !== undefined)
      told.id = `${this.#base}#${slug(told)}`;
    return told;
  }

  #resolved(reference: string | undefined): string | undefined {
    if (reference === undefined || this.#base === undefined || reference.startsWith('_:')) return undefined;
    return URL.canParse(reference, this.#base) ? new URL(reference, this.#base).href : undefined;
  }

  /** Reports once per name what no mapping knows; it stays in the record as it came. */
  leaveOut(source: SourceNode, vocabulary: string): void {
    for (const { name, pointer } of source.unread()) {
      if (this.#noted.has(name)) continue;
      this.#noted.add(name);
      const message = `"${name}" of ${vocabulary} has no counterpart here; it stays in the record and is not searched.`;
      this.note('foreign_property_unmapped', pointer, message);
    }
  }

  note(code: string, path: string, message: string): void {
    this.issues.push({ code, severity: 'note', path, message });
  }

  /** The same as CTDL JSON-LD. */
  document(): Record<string, unknown> {
    return {
      '@context': 'https://credreg.net/ctdl/schema/context/json',
      '@graph': this.#nodes.map((node, index) => this.#written(node, `/@graph/${index}`)),
    };
  }

  /** The graph that was read from `document()`, with places in the foreign document. */
  relocated(node: GraphNode): GraphNode {
    const properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, values]) => [
        name,
        values.map((value) => this.#relocatedValue(value)),
      ]),
    );
    return { ...node, path: this.originOf(node.path), properties };
  }

  originOf(path: string): string {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const origin = this.#origins.get(at);
      if (origin !== undefined || at === '') return origin ?? '';
    }
  }

  #relocatedValue(value: GraphValue): GraphValue {
    const path = this.originOf(value.path);
    return 'node' in value ? { path, node: this.relocated(value.node) } : { ...value, path };
  }

  #named(value: Exclude<Told, TargetNode>): unknown {
    const id = typeof value === 'object' ? value['@id'] : undefined;
    return id === undefined ? value : { '@id': this.#aliases.get(id) ?? this.#resolved(id) ?? id };
  }

  #written(node: TargetNode, pointer: string): Record<string, unknown> {
    this.#origins.set(pointer, node.origin);
    const written: Record<string, unknown> = { ...(node.id ? { '@id': node.id } : {}), '@type': node.types };
    for (const [property, values] of node.properties) {
      const each = values.map(({ value, origin }, index) => {
        const place = values.length === 1 ? `${pointer}/${property}` : `${pointer}/${property}/${index}`;
        const told = value instanceof TargetNode ? this.#written(value, place) : this.#named(value);
        this.#origins.set(place, origin);
        return told;
      });
      written[property] = each.length === 1 ? each[0] : each;
    }
    return written;
  }
}

/** The name as part of an address. */
function slug(node: TargetNode): string {
  const name = String(node.properties.get('ceterms:name')?.[0]?.value ?? node.origin);
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
