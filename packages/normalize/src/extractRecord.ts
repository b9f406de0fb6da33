import { ctidOf, identityKey, kindOf, readCtid, referenceKey } from '@credatlas/ctdl';
import { GraphParser, looksLikeRdf, readRdf, shapeOf } from '@credatlas/linked-data';
import {
  CredatlasError,
  type CtidForm,
  type GraphNode,
  type Issue,
  type RecordGraph,
  type Resource,
  type StoredRecord,
} from '@credatlas/model';
import { literalOf, type Stated } from './reading.ts';
import type { Translation } from './shapes/Translation.ts';
import { translated } from './shapes/translated.ts';
import { isReadBackwards } from './sight.ts';

/** Turns records into resources. Keeps compiled contexts, so use one for many records. */
export class RecordExtractor {
  readonly #parser = new GraphParser();

  /**
   * What one record contributes: every node with an identity. A tombstoned record contributes nothing. `refused` when it cannot be
   * read, has no identity or cannot be expanded. Never throws for what a document holds.
   */
  async extract(record: Pick<StoredRecord, 'source' | 'key' | 'uri' | 'text' | 'deletedAt'>): Promise<RecordGraph> {
    const graph = { source: record.source, recordKey: record.key, resources: [], issues: [] };
    if (record.deletedAt) return graph;
    const base = baseOf(record.uri);
    const document = looksLikeRdf(record.text) ? await this.#statements(record.text, base) : parsed(record.text);
    if (document instanceof CredatlasError)
      return { ...graph, refused: { code: document.code, reason: document.message } };
    if (document instanceof SyntaxError)
      return {
        ...graph,
        refused: { code: 'malformed_json', reason: `Not JSON: ${document.message}. Fix the document.` },
      };
    const translation = translated(document, base);
    if (translation) return this.#translated(graph, { record, translation, context: contextOf(document) });
    const shape = shapeOf(document);
    if (!shape.identity)
      return {
        ...graph,
        refused: { code: 'no_identity', reason: `Refused: ${shape.reason}. Give it an @id or a CTID.` },
      };
    try {
      const reading = await this.#parser.read(shape.resource, shape.pointer, base);
      const issues = [...reading.issues];
      const context = contextOf(shape.resource);
      const resources = reading.nodes.map(({ node, primary }) =>
        resourceOf({ record, node, primary, issues, context }),
      );
      return { ...graph, resources, issues };
    } catch (error) {
      if (!(error instanceof CredatlasError)) throw error;
      return { ...graph, refused: { code: error.code, reason: error.message } };
    }
  }

  async #statements(text: string, base: string | undefined): Promise<unknown> {
    try {
      return await readRdf(text, base);
    } catch (error) {
      return error;
    }
  }

  /** A document of another vocabulary: read as CTDL, with places in the original. */
  async #translated(
    graph: RecordGraph,
    given: {
      record: { source: string; key: string };
      translation: Translation;
      context: string | undefined;
    },
  ): Promise<RecordGraph> {
    const { record, translation, context } = given;
    const reading = await this.#parser.read(translation.document(), '');
    const issues = [
      ...translation.issues,
      ...reading.issues.map((issue) => ({ ...issue, path: translation.originOf(issue.path) })),
    ];
    const resources = reading.nodes.map(({ node, primary }) =>
      resourceOf({ record, node: translation.relocated(node), primary, issues, context }),
    );
    if (resources.length > 0) return { ...graph, resources, issues };
    const reason = 'Refused: nothing in it has an IRI or a CTID. Give what it describes an @id, a url or a CTID.';
    return { ...graph, refused: { code: 'no_identity', reason } };
  }
}

/** The address that relative identifiers of a record are resolved against: of its document, or of the page whose first part it is. */
function baseOf(uri: string): string | undefined {
  return /^https?:/i.test(uri) ? uri.replace(/#(?:script|item)-0$/, '') : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error as SyntaxError;
  }
}

function resourceOf(given: {
  record: { source: string; key: string };
  node: GraphNode;
  primary: boolean;
  issues: Issue[];
  context: string | undefined;
}): Resource {
  const { record, node, primary, context } = given;
  const uri = node.uri ?? '';
  if (primary && context !== undefined) node.context = context;
  const stated = literalOf(node, 'ceterms:ctid');
  const read = stated && readCtid(stated.text);
  const ctid = read?.ctid ?? ctidOf(uri);
  const references = referencesOf(node);
  if (stated && primary) given.issues.push(...identityIssues(stated, { ...read, inIri: ctidOf(uri) }));
  return {
    source: record.source,
    recordKey: record.key,
    key: identityKey(uri, ctid),
    uri,
    ...(ctid ? { ctid } : {}),
    kind: kindOf(node.types),
    primary,
    node,
    references,
    readBy: readersOf(references),
  };
}

/** The context that a document names first. */
function contextOf(document: unknown): string | undefined {
  const stated = (document as { '@context'?: unknown } | null)?.['@context'];
  const first: unknown = Array.isArray(stated) ? stated[0] : stated;
  return typeof first === 'string' ? first : undefined;
}

function readersOf(references: Resource['references']): string[] {
  let readers: Set<string> | undefined;
  for (const { property, key } of references) {
    if (!isReadBackwards(property)) continue;
    readers ??= new Set();
    readers.add(key);
  }
  return readers ? [...readers].sort() : [];
}

function identityIssues(
  stated: Stated,
  { form, ctid, inIri }: { form?: CtidForm; ctid?: string; inIri: string | undefined },
): Issue[] {
  if (form === 'valid' && (inIri === undefined || ctid === inIri)) return [];
  return [
    ...(form === 'malformed'
      ? [
          issue(
            'malformed_ctid',
            stated.path,
            `The CTID "${stated.text}" is not "ce-" and a lower-case UUID. Correct it.`,
          ),
        ]
      : []),
    ...(form === 'uppercase'
      ? [
          issue(
            'uppercase_ctid',
            stated.path,
            `The CTID "${stated.text}" has capital letters; matched in lower case. Write it in lower case.`,
          ),
        ]
      : []),
    ...(form === 'notV4'
      ? [
          issue(
            'ctid_not_version_4',
            stated.path,
            `The CTID "${stated.text}" is no version 4 UUID; accepted. Mint CTIDs as version 4.`,
          ),
        ]
      : []),
    ...(ctid && inIri && ctid !== inIri
      ? [
          issue(
            'ctid_and_iri_disagree',
            stated.path,
            `The CTID ${ctid} is not the one in the resource's IRI (${inIri}). Make them agree.`,
          ),
        ]
      : []),
  ];
}

function issue(code: string, path: string, message: string): Issue {
  return { code, severity: 'warning', path, message };
}

/** Keys of everything the node points at, inlined nodes included, with the properties walked (`ceterms:requires/ceterms:targetAssessment`). */
function referencesOf(node: GraphNode): Resource['references'] {
  const found: Resource['references'] = [];
  collectReferences(node, '', found);
  return found;
}

function collectReferences(node: GraphNode, prefix: string, found: Resource['references']): void {
  const { properties } = node;
  for (const name in properties) {
    for (const value of properties[name]!) {
      if ('literal' in value) continue;
      const property = prefix === '' ? name : `${prefix}/${name}`;
      if ('node' in value) collectReferences(value.node, property, found);
      else if (!isVocabulary(value.reference)) found.push({ property, key: referenceKey(value.reference) });
    }
  }
}

/** Concepts and schema terms are looked up in tables, never in the store. */
function isVocabulary(iri: string): boolean {
  return iri.startsWith('_:') || iri.startsWith('https://purl.org/ctdl/') || iri.startsWith('https://credreg.net/');
}
