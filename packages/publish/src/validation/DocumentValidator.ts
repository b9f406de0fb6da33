import { type FoundNode, GraphParser, type GraphReading, shapeOf } from '@credatlas/linked-data';
import { CredatlasError, type GraphNode } from '@credatlas/model';
import { examineClasses } from './classRules.ts';
import type { Examination, Examined } from './Examination.ts';
import type { Validation } from './Finding.ts';
import { FindingList } from './FindingList.ts';
import { examineDuplicates, examineIdentity } from './identityRules.ts';
import { examineMeasures } from './measureRules.ts';
import { identityKeysOf, type Known, knownOf, type Neighbours } from './Neighbours.ts';
import { examineProperties } from './propertyRules.ts';
import { examinePublishing } from './publishingRules.ts';
import { type Range, rangeOf } from './ranges.ts';
import { reportReading } from './readingFindings.ts';
import { examineRelations } from './relationRules.ts';
import { type DocumentText, resourceOf, validationOf } from './validationOf.ts';

export interface ValidationOptions {
  /** Documents beside it, in which references are looked up. */
  neighbours?: Neighbours | undefined;
  /** Day (ISO 8601) by which an end date counts as passed; without it only a status tells. */
  on?: string | undefined;
  /** The text that was parsed, for line numbers. */
  source?: DocumentText | undefined;
}

/** Judges documents by the published vocabulary and the registry's publishing policy. Keeps compiled contexts: one for many documents. */
export class DocumentValidator {
  readonly #parser = new GraphParser();
  readonly #ranges = new Map<string, Range | undefined>();

  /**
   * Everything wrong, doubtful or undecidable in one parsed document of any shape that `shapeOf` knows: each finding with its place, rule,
   * source and a way to mend it, in the order of the document; and how complete each resource is. Linear in the document. Never throws
   * for what a document holds.
   */
  async validate(document: unknown, options: ValidationOptions = {}): Promise<Validation> {
    const { shape, resource, pointer, identity, reason } = shapeOf(document);
    const findings = new FindingList();
    if (identity === undefined)
      findings.add(shape === 'unknown' ? 'not_linked_data' : 'no_identity', { pointer }, () => ({
        message: `Nothing in the document can be told apart from others: ${reason}.`,
        fix: 'Give it an @id that is an absolute IRI, or a ceterms:ctid.',
      }));
    const reading = shape === 'unknown' ? undefined : await this.#read(resource, { pointer, findings });
    const nodes = reading?.nodes ?? [];
    this.#examine(nodes, { ...options, findings });
    reportReading(reading?.issues ?? [], findings);
    const resources = nodes.filter(({ primary }) => primary).map(({ node }) => resourceOf(node));
    return validationOf({ shape, list: findings, resources }, options.source);
  }

  async #read(
    resource: unknown,
    { pointer, findings }: { pointer: string; findings: FindingList },
  ): Promise<GraphReading | undefined> {
    try {
      return await this.#parser.read(resource, pointer);
    } catch (error) {
      if (!(error instanceof CredatlasError)) throw error;
      findings.add('not_expandable', { pointer }, () => ({
        message: error.message,
        fix: 'Correct the @context, or use the one that the registry publishes.',
      }));
      return undefined;
    }
  }

  #examine(found: readonly FoundNode[], given: ValidationOptions & { findings: FindingList }): void {
    const { findings, neighbours, on } = given;
    const nodes = found.map(({ node }) => node);
    const examination: Examination = {
      findings,
      own: knownIn(nodes, on),
      neighbours: neighbours?.known ?? new Map(),
      isResolved: neighbours !== undefined,
      untagged: new Map(),
      rangeOf: (name) => this.#rangeOf(name),
    };
    const seen = new Set<string>();
    for (const { node, primary } of found) {
      const examined = { node, resource: node.uri ?? '', isPrimary: primary };
      for (const each of withInlined(examined, seen)) examineNode(each, examination);
    }
    examineDuplicates(nodes, examination);
    examineRelations(nodes, examination);
    for (const [name, { pointer, count }] of examination.untagged)
      findings.add('text_without_language', { pointer, subject: name }, () => ({
        message: `${count === 1 ? 'A text' : `${count} texts`} of ${name} in this document ${count === 1 ? 'has' : 'have'} no language.`,
        fix: 'Write {"en-US": "…"} instead of the text alone.',
      }));
  }

  #rangeOf(name: string): Range | undefined {
    if (!this.#ranges.has(name)) this.#ranges.set(name, rangeOf(name));
    return this.#ranges.get(name);
  }
}

function knownIn(nodes: readonly GraphNode[], on: string | undefined): Map<string, Known> {
  return new Map(
    nodes.flatMap((node) => {
      const known = knownOf(node, on);
      return identityKeysOf(node).map((key) => [key, known] as const);
    }),
  );
}

function examineNode(examined: Examined, examination: Examination): void {
  examineClasses(examined, examination);
  examineProperties(examined, examination);
  examineMeasures(examined, examination);
  examinePublishing(examined, examination);
  if (examined.heldBy === undefined) examineIdentity(examined, examination);
}

/** A node and all that is inlined in it; what several nodes share comes once. */
function* withInlined(examined: Examined, seen: Set<string>): Iterable<Examined> {
  yield examined;
  const { node, resource } = examined;
  for (const [heldBy, values] of Object.entries(node.properties))
    for (const value of values) {
      if (!('node' in value) || seen.has(value.node.path)) continue;
      seen.add(value.node.path);
      yield* withInlined({ node: value.node, resource, isPrimary: false, heldBy }, seen);
    }
}

/** Judges one document; for many, keep a DocumentValidator. */
export function validateDocument(document: unknown, options: ValidationOptions = {}): Promise<Validation> {
  return new DocumentValidator().validate(document, options);
}
