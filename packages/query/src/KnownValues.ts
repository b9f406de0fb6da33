import type { KeywordField } from '@credatlas/model';
import type { SearchEngine } from '@credatlas/ports';
import { tokensOf } from '@credatlas/skills';
import { spellings } from './valueNames.ts';

/** Values of one field that are looked at: the fields read here have far fewer. */
const maxValues = 100_000;

interface FieldValues {
  seq: number;
  values: string[];
  bySpelling: Map<string, string[]>;
}

/** The values in use of fields whose names do not come from the documents, so that people may write them as they like. */
export class KnownValues {
  readonly #engine: SearchEngine;
  readonly #fields = new Map<KeywordField, FieldValues>();

  constructor(engine: SearchEngine) {
    this.#engine = engine;
  }

  /** All of them, most used first. */
  async all(field: KeywordField): Promise<string[]> {
    return (await this.#current(field)).values;
  }

  /** Those written like this: letter case, marks and punctuation aside. */
  async written(field: KeywordField, text: string): Promise<string[]> {
    return (await this.#current(field)).bySpelling.get(plain(text)) ?? [];
  }

  /** Read again only when something has changed since. */
  async #current(field: KeywordField): Promise<FieldValues> {
    const { seq } = await this.#engine.info();
    const kept = this.#fields.get(field);
    if (kept?.seq === seq) return kept;
    const read = await this.#read(field);
    this.#fields.set(field, read);
    return read;
  }

  async #read(field: KeywordField): Promise<FieldValues> {
    const { facets, seq } = await this.#engine.search({
      filter: [],
      facets: [{ name: field, kind: 'values', tag: field, field, size: maxValues }],
      sort: [],
      size: 0,
    });
    const values = facets[field]?.buckets.map(({ value }) => value) ?? [];
    const bySpelling = new Map<string, string[]>();
    for (const value of values) {
      for (const spelling of new Set(spellings(field, value).map(plain))) {
        if (spelling === '') continue;
        const known = bySpelling.get(spelling);
        if (known) known.push(value);
        else bySpelling.set(spelling, [value]);
      }
    }
    return { seq, values, bySpelling };
  }
}

function plain(text: string): string {
  return tokensOf(text).join('');
}
