/** NFKD, marks removed, lower case, white space collapsed: how labels and names are compared. */
export function fold(text: string): string {
  const plain = stripMarks(text);
  return (unevenBlanks.test(plain) ? plain.replace(/\s+/gu, ' ') : plain).trim();
}

/** Several blanks in a row, or another than the plain one. */
const unevenBlanks = /\s\s|[^\S ]/u;

/** The first 128 code points of the folded text: what names are sorted by. */
export function sortKey(text: string): string {
  const folded = fold(text);
  return folded.length <= 128 ? folded : [...folded].slice(0, 128).join('');
}

/** Folded words: split at anything but letters and digits; `+` and `#` directly after a letter stay (c++, c#). The only tokenizer there is. */
export function tokensOf(text: string): string[] {
  // Most texts are plain ASCII, for which the Unicode classes are ten times slower and say the same.
  if (isAscii(text)) return text.toLowerCase().match(plainWord()) ?? [];
  return stripMarks(text).match(/[\p{L}\p{N}]+(?:(?<=\p{L})[+#]+)?/gu) ?? [];
}

/** The words of a text as they stand: half-open ranges of UTF-16 units, each with the tokens it is found by. */
export function wordsOf(text: string): { start: number; end: number; tokens: string[] }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:(?<=\p{L})[+#]+)?/gu)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    tokens: tokensOf(word),
  }));
}

/** A word of ASCII text; one for each use, since it remembers where it stands. */
export function plainWord(): RegExp {
  return /[a-z0-9]+(?:(?<=[a-z])[+#]+)?/gi;
}

export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, whole.
  return /^[\x00-\x7f]*$/.test(text);
}

function stripMarks(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** Negative, zero or positive by UTF-8 bytes, which is code point order; JavaScript's own `<` compares UTF-16 units. */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return left.length - right.length;
}

/** In the order of `compareUtf8`. */
export function sortedUtf8(texts: Iterable<string>): string[] {
  const sorted = [...texts].sort();
  // Only from the surrogates on do UTF-16 units come in another order than bytes.
  return sorted.some((text) => /[\ud800-\uffff]/.test(text)) ? sorted.sort(compareUtf8) : sorted;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
