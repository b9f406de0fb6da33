import type { Issue } from '@credatlas/model';
import { Expander } from './expandDocument.ts';
import { type FoundNode, graphNodes } from './graphNodes.ts';

export interface GraphReading {
  /** Every node with an identity, blank nodes inlined; primary: of the document's top level. */
  nodes: FoundNode[];
  issues: Issue[];
  method: 'table' | 'jsonld';
}

/** Reads linked data as trees of nodes with source positions. Keeps compiled contexts, so use one for many documents. */
export class GraphParser {
  readonly #expander = new Expander();

  /** `pointer` is where `resource` stands in the source document. Throws UnacceptableDocumentError `not_expandable`. */
  async read(resource: unknown, pointer: string): Promise<GraphReading> {
    const {
      nodes: expanded,
      pointers,
      issues,
      method,
    } = await this.#expander.expand(resource, { pointer, repair: true });
    const found = graphNodes(expanded, pointers);
    return { nodes: found.nodes, issues: [...issues, ...found.issues], method };
  }
}
