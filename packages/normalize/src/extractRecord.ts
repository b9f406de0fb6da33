import { createHash } from 'node:crypto';
import { ctidOf, identityKey, kindOf, readCtid, referenceKey } from '@credatlas/ctdl';
import { GraphParser, shapeOf } from '@credatlas/linked-data';
import {
  CredatlasError,
  type GraphNode,
  type GraphValue,
  type Issue,
  type RecordGraph,
  type Resource,
  type StoredRecord,
} from '@credatlas/model';
import { literals } from './reading.ts';
import { isReadBackwards } from './sight.ts';

/** Pure membership says nothing about the one who lists it: a collection with one member more is no other collection. */
const membership = new Set(['ceterms:hasMember']);

/** Turns records into resources. Keeps compiled contexts, so use one for many records. */
export class RecordExtractor {
  readonly #parser = new GraphParser();

  /**
   * What one record contributes: every node with an identity. A tombstoned record contributes nothing. `refused` when it cannot be
   * read, has no identity or cannot be expanded. Never throws for what a document holds.
   */
  async extract(record: Pick<StoredRecord, 'source' | 'key' | 'text' | 'deletedAt'>): Promise<RecordGraph> {
    const graph = { source: record.source, recordKey: record.key, resources: [], issues: [] };
    if (record.deletedAt) return graph;
    const document = parsed(record.text);
    if (document instanceof SyntaxError)
      return {
        ...graph,
        refused: { code: 'malformed_json', reason: `Not JSON: ${document.message}. Fix the document.` },
      };
    const shape = shapeOf(document);
    if (!shape.identity)
      return {
        ...graph,
        refused: { code: 'no_identity', reason: `Refused: ${shape.reason}. Give it an @id or a CTID.` },
      };
    try {
      const reading = await this.#parser.read(shape.resource, shape.pointer);
      const issues = [...reading.issues];
      const resources = reading.nodes.map(({ node, primary }) => resourceOf({ record, node, primary, issues }));
      return { ...graph, resources, issues };
    } catch (error) {
      if (!(error instanceof CredatlasError)) throw error;
      return { ...graph, refused: { code: error.code, reason: error.message } };
    }
  }
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
}): Resource {
  const { record, node, primary } = given;
  const uri = node.uri ?? '';
  const ctid = readCtid(literals(node, 'ceterms:ctid')[0]?.text ?? '').ctid ?? ctidOf(uri);
  const key = identityKey(uri, ctid);
  const references = referencesOf(node);
  if (primary) given.issues.push(...identityIssues(node));
  return {
    source: record.source,
    recordKey: record.key,
    key,
    uri,
    ...(ctid ? { ctid } : {}),
    kind: kindOf(node.types),
    primary,
    node,
    hash: hashOf(node),
    references,
    readBy: [...new Set(references.filter(({ property }) => isReadBackwards(property)).map((each) => each.key))].sort(),
  };
}

function identityIssues(node: GraphNode): Issue[] {
  const stated = literals(node, 'ceterms:ctid')[0];
  if (!stated) return [];
  const { form, ctid } = readCtid(stated.text);
  const inIri = ctidOf(node.uri ?? '');
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
function referencesOf(node: GraphNode, prefix = ''): { property: string; key: string }[] {
  return Object.entries(node.properties).flatMap(([name, values]) => {
    const property = prefix ? `${prefix}/${name}` : name;
    return values.flatMap((value) => {
      if ('node' in value) return referencesOf(value.node, property);
      if ('reference' in value && !isVocabulary(value.reference))
        return [{ property, key: referenceKey(value.reference) }];
      return [];
    });
  });
}

/** Concepts and schema terms are looked up in tables, never in the store. */
function isVocabulary(iri: string): boolean {
  return iri.startsWith('_:') || /^https:\/\/(purl\.org\/ctdl|credreg\.net)\//.test(iri);
}

function hashOf(node: GraphNode): string {
  return createHash('sha256')
    .update(JSON.stringify(withoutPaths(node)))
    .digest('hex');
}

function withoutPaths(node: GraphNode): unknown {
  const properties = Object.entries(node.properties)
    .filter(([name]) => !membership.has(name))
    .map(([name, values]) => [name, values.map(bare)]);
  return [node.uri, node.types, properties];
}

function bare(value: GraphValue): unknown {
  if ('node' in value) return withoutPaths(value.node);
  if ('reference' in value) return [value.reference];
  return [value.literal, value.language, value.datatype];
}
