import type { MergedValues } from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';

/** Whom each organization is part of at the very top: read again only when something has changed. */
export class ParentOrganizations {
  readonly #credentials: CredentialReader;
  #known: { seq: number; merged: MergedValues } | undefined;

  constructor(credentials: CredentialReader) {
    this.#credentials = credentials;
  }

  /** Each organization that is part of another, with the one at the top. */
  async merged(): Promise<MergedValues> {
    const seq = await this.#credentials.lastSeq();
    if (this.#known?.seq !== seq) {
      const parents = await this.#credentials.parentOrganizations();
      this.#known = { seq, merged: [...parents.keys()].map((id) => [id, topOf(id, parents)]) };
    }
    return this.#known.merged;
  }
}

/** Ends where organizations are said to be part of one another: at the one with the lowest id among those. */
function topOf(id: string, parents: ReadonlyMap<string, string>): string {
  const way = [id];
  for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
    const met = way.indexOf(parent);
    if (met >= 0) return way.slice(met).sort()[0]!;
    way.push(parent);
  }
  return way.at(-1)!;
}
