import { gallop } from '../arrays/gallop.ts';
import type { InvertedText } from './invertedText.ts';
import type { Postings } from './putPostings.ts';

/** The text of all parts, which hold documents one after the other; term `order[0]` comes first. */
export function joinedText(parts: readonly InvertedText[], order: Uint32Array): Postings {
  const documents = new Uint32Array(total(parts.map((part) => part.documents)));
  const weights = new Uint16Array(documents.length);
  const bytes = new Uint8Array(total(parts.map((part) => part.positions)));
  const postings = parts.map((part) => ({ starts: part.offsets, values: part.documents }));
  const offsets = join(documents, postings, order);
  join(
    weights,
    parts.map((part) => ({ starts: part.offsets, values: part.weights })),
    order,
  );
  const positions = parts.map((part) => ({ starts: part.positionOffsets, values: part.positions }));
  const positionOffsets = join(bytes, positions, order);
  return {
    offsets,
    documents,
    weights,
    overflow: overflowOf(parts, { order, offsets, documents }),
    positionOffsets,
    bytes,
  };
}

function total(arrays: readonly { length: number }[]): number {
  return arrays.reduce((sum, { length }) => sum + length, 0);
}

/** A run of values for each term. */
interface Runs<T> {
  starts: Uint32Array;
  values: T;
}

/** Shorter runs are copied sooner one by one than by a call. */
const shortRun = 32;

/** Writes the runs of each term, part after part; answers where each term's begin. */
function join<T extends Uint8Array | Uint16Array | Uint32Array>(
  target: T,
  parts: readonly Runs<T>[],
  order: Uint32Array,
): Uint32Array {
  const offsets = new Uint32Array(order.length + 1);
  let at = 0;
  for (let place = 0; place < order.length; place++) {
    const term = order[place]!;
    for (const { starts, values } of parts) {
      // A term that a later part met first.
      if (term + 1 >= starts.length) continue;
      const [from, to] = [starts[term]!, starts[term + 1]!];
      if (to - from > shortRun) target.set(values.subarray(from, to), at);
      else for (let index = from; index < to; index++) target[at + index - from] = values[index]!;
      at += to - from;
    }
    offsets[place + 1] = at;
  }
  return offsets;
}

function overflowOf(
  parts: readonly InvertedText[],
  { order, offsets, documents }: { order: Uint32Array } & Pick<Postings, 'offsets' | 'documents'>,
): Postings['overflow'] {
  const found = parts.flatMap(({ overflow }) =>
    overflow.map(({ term, document, frequency }) => {
      const place = order.indexOf(term);
      const [from, to] = [offsets[place]!, offsets[place + 1]!];
      return { posting: gallop(documents, { from, to, wanted: document }), frequency };
    }),
  );
  return found.sort((a, b) => a.posting - b.posting);
}
