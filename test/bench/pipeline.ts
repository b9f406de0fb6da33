import { searchDocument } from '@credatlas/index';
import type { RecordGraph, SearchDocument } from '@credatlas/model';
import { Joiner, Knowledge, MemoryGraphs, RecordExtractor } from '@credatlas/normalize';

/** A document as it comes from a source. */
export interface RawDocument {
  uri: string;
  bytes: Buffer;
}

const at = '2026-01-01T00:00:00Z';

/** From raw bytes to search documents, as the stages do it, with neighbours in memory instead of a store. */
export class Pipeline {
  readonly #extractor = new RecordExtractor();
  readonly #knowledge = new Knowledge();

  /** All that a registry of these documents would index; handed over one by one, since a registry is larger than a memory. */
  async run(documents: readonly RawDocument[], use: (document: SearchDocument) => void): Promise<void> {
    const graphs = new MemoryGraphs();
    for (const { uri, bytes } of documents) {
      const facts = { uri, mediaType: 'application/ld+json', contentHash: '', run: 1, fetchedAt: at, firstSeenAt: at };
      graphs.add(await this.extract({ uri, bytes }), { key: uri, ...facts });
    }
    const joiner = new Joiner(graphs, this.#knowledge);
    const places = graphs.places();
    // Pages as long as those of the queue.
    for (let from = 0; from < places.length; from += 1_000) {
      for (const { joined } of await joiner.join(places.slice(from, from + 1_000))) {
        if (joined.kind === 'credential' && joined.credential.kind === 'credential')
          use(searchDocument(joined.credential, from));
      }
    }
  }

  extract({ uri, bytes }: RawDocument): Promise<RecordGraph> {
    return this.#extractor.extract({ source: 'bench', key: uri, uri, text: bytes.toString() });
  }
}
