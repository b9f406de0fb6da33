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
  readonly #nodes: TargetNode[] = [];
  readonly #origins = new Map<string, string>();
  readonly #noted = new Set<string>();

  /** A node that the document is about. */
  primary(types: string[], source: SourceNode): TargetNode {
    const node = new TargetNode(types, source.pointer);
    node.id = source.id;
    this.#nodes.push(node);
    return node;
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

  #written(node: TargetNode, pointer: string): Record<string, unknown> {
    this.#origins.set(pointer, node.origin);
    const written: Record<string, unknown> = { ...(node.id ? { '@id': node.id } : {}), '@type': node.types };
    for (const [property, values] of node.properties) {
      const each = values.map(({ value, origin }, index) => {
        const place = values.length === 1 ? `${pointer}/${property}` : `${pointer}/${property}/${index}`;
        const told = value instanceof TargetNode ? this.#written(value, place) : value;
        this.#origins.set(place, origin);
        return told;
      });
      written[property] = each.length === 1 ? each[0] : each;
    }
    return written;
  }
}
