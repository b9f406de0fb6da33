import { UnacceptableDocumentError } from '@credatlas/model';
import { ContextTables } from './ContextTables.ts';
import { type Expanded, expandByTable } from './expandByTable.ts';
import { fullExpansion } from './fullExpansion.ts';
import { isObject } from './pointer.ts';

export interface Expansion {
  nodes: Expanded[];
  method: 'table' | 'jsonld';
}

/** Expands documents as `jsonld.expand` does: known contexts looked up in tables, the rest by jsonld.js with bundled contexts only. */
export class Expander {
  readonly #tables = new ContextTables();

  /** Throws UnacceptableDocumentError `not_expandable`. */
  async expand(document: unknown): Promise<Expansion> {
    if (!isObject(document))
      throw new UnacceptableDocumentError(
        'not_expandable',
        'The document is no JSON object. Give one document at a time.',
      );
    const table = document['@context'] === undefined ? this.#tables.empty : this.#tables.of(document['@context']);
    const nodes = table && expandByTable(document, table);
    return nodes ? { nodes, method: 'table' } : { nodes: (await fullExpansion(document)).nodes, method: 'jsonld' };
  }
}
