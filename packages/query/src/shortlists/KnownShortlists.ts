import type { Clause, ListingScope, Shortlist, ShortlistEntry } from '@credatlas/model';
import type { CredentialReader, LabelReader, SearchEngine, ShortlistReader } from '@credatlas/ports';
import { nameOf } from '../checkedName.ts';
import { identityForms } from '../identityForms.ts';

/** A list as filters, facets and tiers use it. */
export interface KnownShortlist {
  name: string;
  title?: string | undefined;
  of: Shortlist['of'];
  scope: ListingScope;
  /** Credentials of its issuers, or on it. */
  clause: Clause;
  /** Every value that an entry may be met by: of issuers, or ids of credentials. */
  entries: ReadonlyMap<string, ShortlistEntry>;
}

interface Kept {
  /** Of the list, and of the index it was looked up in. */
  seqs: string;
  list: KnownShortlist;
}

/** The shortlists of the store, each entry looked up by all its names once for every state of list and index. */
export class KnownShortlists {
  readonly #given: KnownShortlistsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(given: KnownShortlistsOptions) {
    this.#given = given;
  }

  /** By name; undefined when there is none. */
  async find(name: string): Promise<KnownShortlist | undefined> {
    const own = nameOf(name);
    const heading = (await this.#given.shortlists.shortlists()).find((each) => each.name === own);
    const seqs = `${heading?.seq} ${(await this.#given.engine.info()).seq}`;
    const kept = this.#kept.get(own);
    if (kept?.seqs === seqs) return kept.list;
    this.#kept.delete(own);
    const list = await this.#given.shortlists.shortlist(own);
    if (!list) return undefined;
    const known = await this.#lookedUp(list);
    this.#kept.set(own, { seqs, list: known });
    return known;
  }

  /** All of them, by name. */
  async all(): Promise<KnownShortlist[]> {
    const lists: KnownShortlist[] = [];
    for (const name of await this.names()) {
      const list = await this.find(name);
      if (list) lists.push(list);
    }
    return lists;
  }

  async names(): Promise<string[]> {
    return (await this.#given.shortlists.shortlists()).map(({ name }) => name);
  }

  async #lookedUp({ name, title, of, scope, entries }: Shortlist): Promise<KnownShortlist> {
    const found = of === 'issuers' ? await this.#issuers(entries) : await this.#credentials(entries);
    const values = [...found.keys()];
    const clause: Clause = of === 'issuers' ? { op: 'any', field: 'issuer', values } : { op: 'ids', ids: values };
    return { name, title, of, scope, clause, entries: found };
  }

  /** What has no name is only known by the IRI that documents give it, so that the forms themselves are values too. */
  async #issuers(entries: ShortlistEntry[]): Promise<Map<string, ShortlistEntry>> {
    const found = new Map<string, ShortlistEntry>();
    for (const entry of entries) {
      const forms = entry.id === undefined ? [entry.name ?? ''] : identityForms(entry.id);
      const organization = entry.id === undefined ? undefined : await this.#given.credentials.organization(entry.id);
      if (organization && !found.has(organization.id)) found.set(organization.id, entry);
      for (const form of forms)
        for (const value of [form, ...(await this.#given.labels.values('provider', form))])
          if (!found.has(value)) found.set(value, entry);
    }
    return found;
  }

  async #credentials(entries: ShortlistEntry[]): Promise<Map<string, ShortlistEntry>> {
    const found = new Map<string, ShortlistEntry>();
    for (const entry of entries) {
      const behind = await this.#given.credentials.idsOf(identityForms(entry.id ?? ''));
      for (const id of [...behind.values()].flat()) if (!found.has(id)) found.set(id, entry);
    }
    return found;
  }
}

export interface KnownShortlistsOptions {
  shortlists: ShortlistReader;
  labels: LabelReader;
  credentials: CredentialReader;
  engine: SearchEngine;
}
