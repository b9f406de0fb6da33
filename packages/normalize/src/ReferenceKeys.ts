import { referenceKey } from '@credatlas/ctdl';
import type { GraphValue } from '@credatlas/model';
import { RecentlyUsed } from './RecentlyUsed.ts';

/** Keys kept, some 300 bytes each: what the records of one owner point at, they point at again and again. */
const maxKept = 20_000;

/** Identity keys of what values point at, as `keyOf` reads them: each IRI is read once, and its key is one text for all who ask. */
export class ReferenceKeys {
  readonly #known = new RecentlyUsed<string>(maxKept);

  of(value: GraphValue): string | undefined {
    if ('reference' in value) return this.#keyOf(value.reference);
    return 'node' in value && value.node.uri ? this.#keyOf(value.node.uri) : undefined;
  }

  #keyOf(iri: string): string {
    const known = this.#known.get(iri);
    if (known !== undefined) return known;
    const key = referenceKey(iri);
    this.#known.set(iri, key);
    return key;
  }
}
