import type { Issue } from '@credatlas/model';
import type { ContextTable } from './ContextTable.ts';
import { ContextTables } from './ContextTables.ts';
import { NeedsFullAlgorithm } from './expandByTable.ts';
import { fullExpansion } from './fullExpansion.ts';
import { type FoundNode, GraphReader } from './GraphReader.ts';
import { IssueList } from './IssueList.ts';
import { hasContent, type Part, type Place } from './Place.ts';
import { isObject, pointerTo } from './pointer.ts';
import { sourcePointers } from './sourcePointers.ts';

export interface GraphReading {
  /** Every node with an identity, blank nodes inlined; primary: of the document's top level. */
  nodes: FoundNode[];
  issues: Issue[];
  method: 'table' | 'jsonld';
}

/** One JSON-LD document: a resource is one, or a list of them. */
interface Document {
  value: Record<string, unknown>;
  pointer: string;
}

/** Reads linked data as trees of nodes with source positions. Keeps compiled contexts, so use one for many documents. */
export class GraphParser {
  readonly #tables = new ContextTables();

  /**
   * `pointer` is where `resource` stands in the source document, `baseIri` what relative identifiers are resolved against. What
   * standard expansion would lose is kept where its meaning is plain, and reported either way. Throws UnacceptableDocumentError
   * `not_expandable`.
   */
  async read(resource: unknown, pointer: string, baseIri?: string): Promise<GraphReading> {
    const documents = Array.isArray(resource)
      ? resource.map((value, index) => ({ value: value as unknown, pointer: pointerTo(pointer, index) }))
      : [{ value: resource, pointer }];
    const objects = documents.filter((each): each is Document => isObject(each.value));
    const base = baseIri === undefined ? {} : { baseIri };
    return this.#byTable(objects, base) ?? (await this.#byFullAlgorithm(objects, base));
  }

  #byTable(documents: Document[], base: { baseIri?: string }): GraphReading | undefined {
    const issues = new IssueList();
    const tops: Place[] = [];
    for (const document of documents) {
      const table = this.#tableOf(document, issues);
      if (!table) return undefined;
      const context = document.value['@context'];
      pushTops(tops, document, { table, ...base, ...(typeof context === 'string' ? { context } : {}) });
    }
    try {
      return { nodes: new GraphReader(issues).read(tops), issues: issues.list(), method: 'table' };
    } catch (error) {
      if (error instanceof NeedsFullAlgorithm) return undefined;
      throw error;
    }
  }

  /** Without a context: CTDL's where the keys are written with its prefixes, none where they are IRIs. */
  #tableOf({ value, pointer }: Document, issues: IssueList): ContextTable | undefined {
    if (value['@context'] !== undefined) return this.#tables.of(value['@context']);
    const keys = new Set(topNodes(value).flatMap((node) => Object.keys(node)));
    if ([...keys].every((key) => key.startsWith('@') || key.includes('://'))) return this.#tables.empty;
    const message =
      'The document names no @context; read with the CTDL and CTDL-ASN contexts. Add "@context": "https://credreg.net/ctdl/schema/context/json".';
    issues.add({ code: 'missing_context', path: pointer, message }, 'context');
    return this.#tables.merged;
  }

  async #byFullAlgorithm(documents: Document[], base: { baseIri?: string }): Promise<GraphReading> {
    const issues = new IssueList();
    const tops: Place[] = [];
    const table = this.#tables.empty;
    for (const { value, pointer } of documents) {
      const { nodes, dropped } = await fullExpansion(value);
      for (const key of dropped) {
        const message = `The key "${key}" is in no context, so JSON-LD drops it. Use a term of the context.`;
        issues.add({ code: 'unknown_key_dropped', path: pointer, message });
      }
      const pointers = sourcePointers(nodes, { value, pointer });
      for (const node of nodes)
        pushTops(tops, { value: node, pointer: pointers.get(node) ?? pointer }, { table, pointers, ...base });
    }
    return { nodes: new GraphReader(issues).read(tops), issues: issues.list(), method: 'jsonld' };
  }
}

/** The document's own node, if it says anything, and the members of its graph. */
function pushTops(tops: Place[], { value, pointer }: Document, part: Part): void {
  if (hasContent(value)) tops.push({ raw: value, pointer, part, isRoot: true });
  const graph = value['@graph'];
  const members = Array.isArray(graph) ? graph : [graph];
  members.forEach((member, index) => {
    if (!isObject(member) || !hasContent(member)) return;
    const at = pointerTo(pointer, '@graph');
    tops.push({
      raw: member,
      pointer: part.pointers?.get(member) ?? (Array.isArray(graph) ? `${at}/${index}` : at),
      part,
    });
  });
}

function topNodes(document: Record<string, unknown>): Record<string, unknown>[] {
  const graph = document['@graph'];
  return [document, ...(Array.isArray(graph) ? graph : [graph]).filter(isObject)];
}
