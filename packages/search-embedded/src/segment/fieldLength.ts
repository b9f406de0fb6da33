/** Lucene's one-byte field lengths (SmallFloat.intToByte4): exact below 40, then three significant bits. */
export function encodeLength(length: number): number {
  return length < freeValues ? length : freeValues + longToInt4(length - freeValues);
}

export function decodeLength(code: number): number {
  return code < freeValues ? code : freeValues + int4ToLong(code - freeValues);
}

/** 255 − longToInt4(Integer.MAX_VALUE): the lengths that need no exponent. */
const freeValues = 24;

function longToInt4(value: number): number {
  const bits = 32 - Math.clz32(value);
  if (bits < 4) return value;
  const shift = bits - 4;
  return ((value >>> shift) & 7) | ((shift + 1) << 3);
}

function int4ToLong(code: number): number {
  const shift = (code >>> 3) - 1;
  return shift === -1 ? code & 7 : ((code & 7) | 8) << shift;
}
