/** A JSON pointer (RFC 6901) one step further. */
export function pointerTo(pointer: string, step: string | number): string {
  return `${pointer}/${typeof step === 'number' ? step : escapedStep(step)}`;
}

/** A JSON pointer to an item of a list. */
export function pointerToItem(pointer: string, index: number): string {
  return pointer + (itemSteps[index] ?? `/${index}`);
}

const itemSteps = Array.from({ length: 100 }, (_, index) => `/${index}`);

/** A key as a step of a JSON pointer. */
export function escapedStep(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asArray(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** A value as found, short enough for an issue. Never throws, however deep the value. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? outline(value) : String(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** JSON of the outermost levels: what stands deeper does not fit into 200 characters anyway. */
function outline(value: object, depth = 0): string {
  if (depth > 4) return '…';
  const inner = (each: unknown): string =>
    typeof each === 'object' && each !== null ? outline(each, depth + 1) : JSON.stringify(each);
  if (Array.isArray(value)) return `[${value.slice(0, 20).map(inner).join(',')}]`;
  const entries = Object.entries(value).slice(0, 20);
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${inner(each)}`).join(',')}}`;
}
