import type { Credential, Issue, Organization, RecordGraph } from '@credatlas/model';
import { RecordExtractor } from './extractRecord.ts';
import { Joiner } from './Joiner.ts';
import { Knowledge } from './Knowledge.ts';
import { MemoryGraphs } from './MemoryGraphs.ts';

/** JSON text and the IRI or file it was read from. */
export interface SourceDocument {
  text: string;
  uri: string;
}

export interface NormalizedDocument {
  /** Credentials, courses and assessments. */
  credentials: Credential[];
  organizations: Organization[];
  issues: Issue[];
  refused?: { code: string; reason: string };
}

/** Documents that need no store. Names, contexts and rules are read once, so use one for many. */
export class DocumentNormalizer {
  readonly #extractor = new RecordExtractor();
  readonly #knowledge: Knowledge;

  constructor(knowledge = new Knowledge()) {
    this.#knowledge = knowledge;
  }

  /**
   * One answer for each document, in their order. Joins reach all that is given, `resolve` included, which is not answered itself.
   * `at` is when they were read, ISO 8601. Never throws for what a document holds.
   */
  async normalize(
    documents: readonly SourceDocument[],
    given: { at: string; resolve?: readonly SourceDocument[] },
  ): Promise<NormalizedDocument[]> {
    const graphs = new MemoryGraphs();
    for (const document of given.resolve ?? []) await this.#extract(graphs, { document, at: given.at });
    const extracted: RecordGraph[] = [];
    for (const document of documents) extracted.push(await this.#extract(graphs, { document, at: given.at }));
    const answers = new Map(extracted.map((graph) => [graph.recordKey, answerOf(graph)]));
    const joiner = new Joiner(graphs, this.#knowledge);
    const places = graphs.places().filter(({ key }) => answers.has(graphs.recordOf(key) ?? ''));
    for (const { key, joined } of await joiner.join(places)) {
      const answer = answers.get(graphs.recordOf(key) ?? '');
      if (joined.kind === 'credential') answer?.credentials.push(joined.credential);
      if (joined.kind === 'organization') answer?.organizations.push(joined.organization);
    }
    return extracted.map(({ recordKey }) => answers.get(recordKey)!);
  }

  async #extract(graphs: MemoryGraphs, given: { document: SourceDocument; at: string }): Promise<RecordGraph> {
    const { document, at } = given;
    const graph = await this.#extractor.extract({
      source: 'document',
      key: document.uri,
      uri: document.uri,
      text: document.text,
    });
    graphs.add(graph, {
      key: document.uri,
      uri: document.uri,
      mediaType: 'application/ld+json',
      contentHash: '',
      run: 0,
      fetchedAt: at,
      firstSeenAt: at,
    });
    return graph;
  }
}

function answerOf({ issues, refused }: RecordGraph): NormalizedDocument {
  return { credentials: [], organizations: [], issues, ...(refused ? { refused } : {}) };
}

/** One document by itself: joins reach only what it holds. Never throws for what a document holds. */
export async function normalizeDocument(text: string, given: { uri: string; at: string }): Promise<NormalizedDocument> {
  const [answer] = await new DocumentNormalizer().normalize([{ text, uri: given.uri }], { at: given.at });
  return answer!;
}
