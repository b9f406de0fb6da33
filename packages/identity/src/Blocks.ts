import type { IdentityFacts } from '@credatlas/model';
import type { IdentityReader } from '@credatlas/ports';
import { type IdentityKey, keysOf } from './identityKeys.ts';

/** More than share one credential's name and owner, or name and page: what so many share tells none of them from the others. */
const maxSharers = 32;
/** Records of one key that are read at most: those of a whole batch and many more. */
const readLimit = 2_000;

/** Who shares each key, as the store has it and with the changes of a batch: facts as they are now, undefined for what is withdrawn. */
export class Blocks {
  readonly #reader: IdentityReader;
  readonly #changes: ReadonlyMap<string, IdentityFacts | undefined>;
  readonly #stored = new Map<string, string[]>();
  /** Changed records by the keys they have now. */
  readonly #changed = new Map<string, string[]>();

  constructor(reader: IdentityReader, changes: ReadonlyMap<string, IdentityFacts | undefined>) {
    this.#reader = reader;
    this.#changes = changes;
    for (const [id, facts] of changes)
      for (const { text } of facts ? keysOf(facts) : []) {
        const known = this.#changed.get(text);
        if (known) known.push(id);
        else this.#changed.set(text, [id]);
      }
  }

  async read(keys: IdentityKey[]): Promise<void> {
    const wanted = [...new Set(keys.map(({ text }) => text))].filter((text) => !this.#stored.has(text));
    const found = await this.#reader.sharing(wanted, readLimit);
    for (const text of wanted) this.#stored.set(text, found.get(text) ?? []);
  }

  /** Those that share a key that was read, unless they are too many for it to mean anything. */
  sharers(key: IdentityKey): string[] {
    const now = this.#now(key);
    return key.isIdentity || now.length <= maxSharers ? now : [];
  }

  /** Those for whom a key begins or ceases to mean anything by the changes: few by definition. */
  affected(key: IdentityKey): string[] {
    const [before, now] = [this.#stored.get(key.text) ?? [], this.#now(key)];
    if (key.isIdentity || before.length <= maxSharers === now.length <= maxSharers) return [];
    return before.length <= maxSharers ? before : now;
  }

  #now({ text }: IdentityKey): string[] {
    const others = (this.#stored.get(text) ?? []).filter((id) => !this.#changes.has(id));
    return [...others, ...(this.#changed.get(text) ?? [])];
  }
}
