import { rankOf } from '../segment/columns.ts';
import type { NumberColumn } from '../segment/Segment.ts';

/** Buckets that a byte can name beside 0 for missing. */
const mostBuckets = 255;

/** Values of number columns by bucket, so that percentiles look closely at few of them. Made when first asked for, a byte a document. */
export class ValueBuckets {
  readonly #edges = new Map<NumberColumn, Float64Array>();
  readonly #byDocument = new Map<NumberColumn, { edges: Float64Array; buckets: Uint8Array }>();

  /** Values at which a column's buckets begin, about equally many documents in each; a frequent value has one of its own. */
  edgesOf(column: NumberColumn): Float64Array {
    const known = this.#edges.get(column) ?? edgesOf(column);
    this.#edges.set(column, known);
    return known;
  }

  /** Bucket of each document, from 1; 0: missing. */
  byDocument(column: NumberColumn, edges: Float64Array): Uint8Array {
    const known = this.#byDocument.get(column);
    if (known?.edges === edges) return known.buckets;
    const buckets = bucketsOf(column, edges);
    this.#byDocument.set(column, { edges, buckets });
    return buckets;
  }
}

function edgesOf({ values, ranks }: NumberColumn): Float64Array {
  const counts = new Uint32Array(values.length + 1);
  for (let document = 0; document < ranks.length; document++) counts[ranks[document]!]! += 1;
  const share = (ranks.length - counts[0]!) / mostBuckets;
  const edges: number[] = [];
  let filled = 0;
  for (let rank = 1; rank <= values.length; rank++) {
    if (filled > 0 && filled + counts[rank]! > share && edges.length < mostBuckets - 1) {
      edges.push(values[rank - 1]!);
      filled = 0;
    }
    filled += counts[rank]!;
  }
  return Float64Array.from(edges);
}

function bucketsOf({ values, ranks }: NumberColumn, edges: Float64Array): Uint8Array {
  const byRank = new Uint8Array(values.length + 1).fill(1, 1);
  for (const [bucket, edge] of edges.entries()) byRank.fill(bucket + 2, rankOf(values, edge) + 1);
  const buckets = new Uint8Array(ranks.length);
  for (let document = 0; document < ranks.length; document++) buckets[document] = byRank[ranks[document]!]!;
  return buckets;
}
