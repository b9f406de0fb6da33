/** A language tag as RFC 5646 writes it, near enough to tell it from a key. */
const languageTag = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/;
/** Two letters and perhaps a region: what a language map looks like where none is expected. `id` is an identifier before it is Indonesian. */
const plainTag = /^(?!id$)[a-z]{2}(?:[-_:][a-z]{2,4})?$/i;

/** A tag in lower case; `en_US` and `en:us` read as meant; undefined for what is no tag. */
export function readLanguageTag(tag: string): string | undefined {
  const lower = tag.toLowerCase();
  if (languageTag.test(lower)) return lower;
  const mended = lower.trim().replace(/[_:]/g, '-');
  return languageTag.test(mended) ? mended : undefined;
}

/** True when every value is text, so that the keys can only be languages. */
export function isMapOfTexts(value: Record<string, unknown>): boolean {
  let isAny = false;
  for (const key in value) {
    if ((key !== '@none' && key.startsWith('@')) || !isText(value[key])) return false;
    isAny = true;
  }
  return isAny;
}

/** True when keys and values can hardly be anything but a language map. */
export function isEvidentLanguageMap(value: Record<string, unknown>): boolean {
  for (const key in value) if (!plainTag.test(key)) return false;
  return isMapOfTexts(value);
}

function isText(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((each) => typeof each === 'string' || each === null)
    : typeof value === 'string' || value === null;
}
