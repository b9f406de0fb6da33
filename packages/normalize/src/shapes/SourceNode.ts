/** A value of a foreign document, and where it stands. */
export interface SourceValue {
  value: unknown;
  pointer: string;
}

/** An object of a foreign document, read by plain names: `schema:name`, `http://schema.org/name` and `name` are one; so are `@type` and `type`. */
export class SourceNode {
  readonly pointer: string;
  readonly value: Record<string, unknown>;
  readonly #keys = new Map<string, string>();
  readonly #read = new Set<string>(['context', 'type', 'id']);

  constructor(value: Record<string, unknown>, pointer: string) {
    this.value = value;
    this.pointer = pointer;
    for (const key of Object.keys(value)) if (!this.#keys.has(plain(key))) this.#keys.set(plain(key), key);
  }

  /** Every value under a name, lists taken apart; empty texts and nulls left out. */
  values(...names: string[]): SourceValue[] {
    return names.flatMap((name) => {
      const key = this.#keys.get(name);
      if (key === undefined) return [];
      this.#read.add(name);
      const value = this.value[key];
      const pointer = `${this.pointer}/${escapedStep(key)}`;
      const list = Array.isArray(value)
        ? value.map((each: unknown, index) => ({ value: each, pointer: `${pointer}/${index}` }))
        : [{ value, pointer }];
      return list.filter((each) => each.value !== null && each.value !== undefined && each.value !== '');
    });
  }

  nodes(...names: string[]): SourceNode[] {
    return this.values(...names).flatMap(({ value, pointer }) =>
      isObject(value) ? [new SourceNode(value, pointer)] : [],
    );
  }

  /** Texts under the names; of an object its value, name or IRI. */
  texts(...names: string[]): { text: string; pointer: string }[] {
    return this.values(...names).flatMap(({ value, pointer }) => {
      const text = textOf(value);
      return text === undefined ? [] : [{ text, pointer }];
    });
  }

  text(...names: string[]): string | undefined {
    return this.texts(...names)[0]?.text;
  }

  /** Its absolute IRI. */
  get id(): string | undefined {
    const id = this.reference;
    return id !== undefined && /^[a-z][a-z0-9+.-]*:\S+$/i.test(id) ? id : undefined;
  }

  /** What others in the document point at it by: an IRI, a relative one, or a blank node's label. */
  get reference(): string | undefined {
    const id = this.value['@id'] ?? this.value.id;
    return typeof id === 'string' && /^\S+$/.test(id) ? id : undefined;
  }

  /** True for what only points at a node that is described elsewhere. */
  get isMereReference(): boolean {
    return this.reference !== undefined && [...this.#keys.keys()].every((key) => key === 'id' || key === 'type');
  }

  get types(): string[] {
    return list(this.value['@type'] ?? this.value.type)
      .filter((type) => typeof type === 'string')
      .map(plainType);
  }

  /** Names that nothing has asked for. */
  unread(): { name: string; pointer: string }[] {
    return [...this.#keys]
      .filter(([name]) => !this.#read.has(name))
      .map(([name, key]) => ({ name, pointer: `${this.pointer}/${escapedStep(key)}` }));
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** What a value says in words. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isObject(value)) return undefined;
  const node = new SourceNode(value, '');
  const own = ['@value', 'value', 'name', 'title', 'prefLabel', 'narrative'].map(
    (name) => node.values(name.replace('@', ''))[0]?.value,
  );
  const found = own.find((each) => each !== undefined);
  if (found !== undefined) return textOf(Array.isArray(found) ? found[0] : found);
  // Texts by language: the first will do where one is wanted.
  const [tag = '', words] = Object.entries(value)[0] ?? [];
  if (/^[a-z]{2,3}(-|$)/i.test(tag) && tag !== 'id') return textOf(Array.isArray(words) ? words[0] : words);
  return node.id;
}

/** Without the prefixes of the vocabularies that are told; `ceterms:Organization` stays what it is. */
function plainType(type: string): string {
  return type.replace(/^https?:\/\/schema\.org\/|^(?:schema|sdo|ob|obi|elm):(?!\/\/)/i, '');
}

function plain(key: string): string {
  return key.replace(/^@/, '').replace(/^(?:https?:\/\/schema\.org\/|[a-z][a-z0-9-]*:(?!\/\/))/i, '');
}

export function escapedStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
