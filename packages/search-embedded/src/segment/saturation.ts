import { decodeLength } from './fieldLength.ts';

/** Lucene's and Elasticsearch's defaults. */
const k1 = 1.2;
const b = 0.75;

/** By one-byte length, where lengths come to this average: a frequency f scores 1 − 1 / (1 + f · norm) of what its token can. */
export function normsFor(average: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, code) => 1 / (k1 * (1 - b + (b * decodeLength(code)) / average)));
}
