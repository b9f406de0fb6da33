import type { Traced } from './Spot.ts';

/** Values of one list whose pointers are kept; longer lists are rare. */
const maxKept = 500;

/** Pointers into our record, `/skills/3`: the same few in every record, and dear to make anew. Fields are those of the model. */
export class Pointers {
  readonly #fields = new Map<string, string>();
  readonly #lists = new Map<string, string[]>();

  of(field: string): string {
    const known = this.#fields.get(field);
    if (known) return known;
    this.#fields.set(field, `/${field}`);
    return `/${field}`;
  }

  at(field: string, index: number): string {
    let kept = this.#lists.get(field);
    if (!kept) {
      kept = [];
      this.#lists.set(field, kept);
    }
    while (kept.length <= index && kept.length < maxKept) kept.push(`/${field}/${kept.length}`);
    return kept[index] ?? `/${field}/${index}`;
  }
}

/** Collects where each value was read, as pointers into our record. */
export class SourcePaths {
  readonly paths: Record<string, string> = {};
  readonly #pointers: Pointers;

  constructor(pointers: Pointers) {
    this.#pointers = pointers;
  }

  /** The values of a list, each with its place. */
  list<T>(field: string, traced: readonly Traced<T>[]): T[] {
    return traced.map(({ value, at }, index) => {
      this.paths[this.#pointers.at(field, index)] = at;
      return value;
    });
  }

  /** As `list`, each text once. */
  texts(field: string, traced: readonly Traced<string>[]): string[] {
    if (traced.length <= 1) return this.list(field, traced);
    const first = new Map<string, Traced<string>>();
    for (const each of traced) if (!first.has(each.value)) first.set(each.value, each);
    return this.list(field, [...first.values()]);
  }

  /** The one value of a field. */
  value<T>(field: string, traced: Traced<T> | undefined): T | undefined {
    if (!traced) return undefined;
    this.paths[this.#pointers.of(field)] = traced.at;
    return traced.value;
  }

  /** A field read at a place of the record's own document. */
  field(field: string, path: string | undefined): void {
    if (path !== undefined) this.paths[this.#pointers.of(field)] = `#${path}`;
  }
}
