import { readCtid, referenceKey, statusOf } from '@credatlas/ctdl';
import { GraphParser, shapeOf } from '@credatlas/linked-data';
import { CredatlasError, type GraphNode, type GraphValue } from '@credatlas/model';

/** What is known of a resource that is pointed at. */
export interface Known {
  types: readonly string[];
  /** Why it is no longer offered. */
  ended?: string;
}

/** Resources that are described somewhere, by identity key. */
export type KnownResources = ReadonlyMap<string, Known>;

/** Reads documents that stand beside those to be validated. Keeps compiled contexts. */
export class Neighbours {
  readonly #known = new Map<string, Known>();
  readonly #parser = new GraphParser();
  readonly #on: string | undefined;

  /** `on`: the day (ISO 8601) by which an end date counts as passed. */
  constructor(given: { on?: string | undefined } = {}) {
    this.#on = given.on;
  }

  /** Answers how many resources were found in it. Never throws for what a document holds. */
  async add(document: unknown): Promise<number> {
    const { resource, pointer } = shapeOf(document);
    try {
      const { nodes } = await this.#parser.read(resource, pointer);
      for (const { node, primary } of nodes) this.#keep(node, primary);
      return nodes.length;
    } catch (error) {
      if (!(error instanceof CredatlasError)) throw error;
      return 0;
    }
  }

  get known(): KnownResources {
    return this.#known;
  }

  #keep(node: GraphNode, primary: boolean): void {
    const known = knownOf(node, this.#on);
    // What a document is about counts before what it mentions.
    for (const key of identityKeysOf(node)) if (primary || !this.#known.has(key)) this.#known.set(key, known);
  }
}

/** The keys a node is found by: its IRI, and its CTID when that is another. */
export function identityKeysOf({ uri, properties }: GraphNode): string[] {
  const stated = properties['ceterms:ctid']?.[0];
  const ctid = stated && 'literal' in stated ? readCtid(String(stated.literal)).ctid : undefined;
  return [...new Set([uri, ctid].filter((each) => each !== undefined).map(referenceKey))];
}

export function knownOf(node: GraphNode, on: string | undefined): Known {
  const ended = endedBecause(node, on);
  return { types: node.types, ...(ended === undefined ? {} : { ended }) };
}

const statusProperties = ['ceterms:credentialStatusType', 'ceterms:lifeCycleStatusType'];
const endProperties = ['ceterms:expirationDate', 'ceterms:endDate', 'ceasn:dateValidUntil'];

/** In words, when its status or a date before `on` says that it has ended. */
function endedBecause({ properties }: GraphNode, on: string | undefined): string | undefined {
  for (const name of statusProperties)
    for (const value of properties[name] ?? []) {
      const text = conceptText(value);
      if (text !== undefined && statusOf(text) === 'ended') return `its status is ${text.replace(/^.*[:/]/, '')}`;
    }
  for (const name of endProperties) {
    const value = properties[name]?.[0];
    const day = value && 'literal' in value ? String(value.literal) : '';
    if (on !== undefined && /^\d{4}-\d{2}-\d{2}/.test(day) && day.slice(0, 10) < on)
      return `it ended on ${day.slice(0, 10)}`;
  }
  return undefined;
}

/** The concept that a value names, directly or through an alignment object. */
export function conceptText(value: GraphValue): string | undefined {
  if ('reference' in value) return value.reference;
  if ('literal' in value) return String(value.literal);
  const { properties } = value.node;
  const target = properties['ceterms:targetNode']?.[0] ?? properties['ceterms:targetNodeName']?.[0];
  return target && !('node' in target) ? conceptText(target) : undefined;
}
