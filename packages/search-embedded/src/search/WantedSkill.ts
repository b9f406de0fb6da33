import type { Clause, KeywordField } from '@credatlas/model';
import { among, type Bits, listed } from '../arrays/bits.ts';
import { inBoth } from '../arrays/gallop.ts';
import { areFew, lengthOf, listsOf, unionOf } from './clauseLists.ts';
import { bitsOf } from './clauses.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** A skill that is asked for, in one segment. */
export class WantedSkill {
  readonly #keys: string[];
  /** That are on its lists: a document may be on several. */
  readonly length: number;
  readonly #live: LiveSegment;
  readonly #clause: Clause;
  readonly lists: Uint32Array[];
  #documents: Uint32Array | undefined;

  constructor(live: LiveSegment, keys: string[], fields: readonly KeywordField[]) {
    this.#keys = keys;
    this.#live = live;
    this.#clause = { op: 'or', clauses: fields.map((field) => ({ op: 'any', field, values: keys })) };
    this.lists = listsWith(live, this.#clause);
    this.length = lengthOf(this.lists);
  }

  /** Whether its documents are sooner looked at one by one than as bits. */
  get isRare(): boolean {
    return areFew(this.#live, this.length);
  }

  /** That cover it, ascending; deleted ones may be among them. */
  get documents(): Uint32Array {
    this.#documents ??= unionOf(this.#live, this.lists);
    return this.#documents;
  }

  get bits(): Bits {
    return bitsOf(this.#live, this.#clause);
  }

  /** That have it in the field, ascending. */
  having(field: KeywordField): Uint32Array {
    return unionOf(this.#live, listsWith(this.#live, { op: 'any', field, values: this.#keys }));
  }

  /** Those of ascending documents that cover it. */
  among(documents: Uint32Array): Uint32Array {
    if (this.isRare) return inBoth(documents, this.documents);
    const [only] = this.lists;
    const isOne = only !== undefined && this.lists.length === 1;
    return isOne && documents.length * 16 < only.length ? inBoth(documents, only) : among(documents, this.bits);
  }
}

/** Ascending lists of the documents for which the clause holds; deleted ones may be among them. */
function listsWith(live: LiveSegment, clause: Clause): Uint32Array[] {
  return listsOf(live, clause) ?? [listed(bitsOf(live, clause))];
}
