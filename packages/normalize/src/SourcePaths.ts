import type { Traced } from './Spot.ts';

/** Collects where each value was read, as pointers into our record. */
export class SourcePaths {
  readonly paths: Record<string, string> = {};

  /** The values of a list, each with its place. */
  list<T>(field: string, traced: readonly Traced<T>[]): T[] {
    const values: T[] = [];
    for (const { value, at } of traced) {
      this.paths[`/${field}/${values.length}`] = at;
      values.push(value);
    }
    return values;
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
    this.paths[`/${field}`] = traced.at;
    return traced.value;
  }

  /** A field read at a place of the record's own document. */
  field(field: string, path: string | undefined): void {
    if (path !== undefined) this.paths[`/${field}`] = `#${path}`;
  }
}
