/** What is looked for below one place of a document. */
interface Wanted {
  pointer: string;
  inner: Map<string, Wanted>;
}

/** A container that is being read; `wanted` is undefined where nothing in it is looked for. */
interface Open {
  wanted: Wanted | undefined;
  /** Index of the element being read; undefined in an object. */
  index?: number;
  /** What the value that comes next was looked for as. */
  next?: Wanted | undefined;
  isKeyNext: boolean;
}

/**
 * The line (from 1) of each JSON pointer's value in a text that parses; of what the text does not hold, the line of what is nearest
 * around it. One pass over the text.
 */
export function pointerLines(text: string, pointers: Iterable<string>): Map<string, number> {
  const asked = [...new Set(pointers)];
  const found = linesOf(text, wantedTree(asked));
  return new Map(asked.map((pointer) => [pointer, nearestLine(pointer, found)]));
}

function nearestLine(pointer: string, found: ReadonlyMap<string, number>): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = found.get(at);
    if (line !== undefined) return line;
    if (!at.includes('/')) return 1;
  }
}

function wantedTree(pointers: readonly string[]): Wanted {
  const root: Wanted = { pointer: '', inner: new Map() };
  for (const pointer of pointers) {
    let at = root;
    for (const step of pointer.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const inner = at.inner.get(key) ?? { pointer: `${at.pointer}/${step}`, inner: new Map() };
      at.inner.set(key, inner);
      at = inner;
    }
  }
  return root;
}

function linesOf(text: string, root: Wanted): Map<string, number> {
  const lines = new Map<string, number>();
  const stack: Open[] = [{ wanted: undefined, next: root, isKeyNext: false }];
  let line = 1;
  for (const { 0: token } of text.matchAll(/\n|"(?:[^"\\]+|\\.)*"|[[\]{},]|[^\s"[\]{},:]+/g)) {
    if (token === '\n') {
      line += 1;
      continue;
    }
    const open = stack.at(-1);
    if (!open) break;
    if (token === ',') passComma(open);
    else if (token === '}' || token === ']') stack.pop();
    else if (open.isKeyNext) {
      open.isKeyNext = false;
      open.next = open.wanted?.inner.get(keyOf(token));
    } else {
      const { next } = open;
      if (next) lines.set(next.pointer, line);
      if (token === '{') stack.push({ wanted: next, isKeyNext: true });
      if (token === '[') stack.push({ wanted: next, index: 0, next: next?.inner.get('0'), isKeyNext: false });
    }
  }
  return lines;
}

function passComma(open: Open): void {
  if (open.index === undefined) {
    open.isKeyNext = true;
    return;
  }
  open.index += 1;
  open.next = open.wanted?.inner.get(String(open.index));
}

function keyOf(token: string): string {
  return token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
}
