import type {
  CoverageQuery,
  Dimension,
  FacetRequest,
  GroupQuery,
  SearchChange,
  SearchDocument,
  SearchQuery,
  SortKey,
  SuggestionEntry,
  TextQuery,
} from '@credatlas/model';
import { ReferenceSearch } from './ReferenceSearch.ts';

/** What a market is asked. Of texts and filters some are asked for by name: see who reads them. */
export interface ContractQuestions {
  texts: Record<string, TextQuery | undefined>;
  filters: Record<string, SearchQuery['filter']>;
  facets: FacetRequest[];
  sorts: Record<string, SortKey[]>;
  tables: Record<string, Pick<GroupQuery, 'by' | 'metrics'>>;
  /** Of more than `maxGroups` rows. */
  tooMany: Dimension[];
  coverage: Pick<CoverageQuery, 'skills' | 'fields'>;
  /** What is typed, by the fields whose values may complete it. */
  beginnings: { fields: SuggestionEntry['field'][]; tokens: string[] }[];
}

/** Documents in the order in which they are written, some of them more than once, and which are deleted in the end. */
export interface WrittenMarket {
  written: SearchDocument[];
  gone: string[];
}

/** A market that engines are held to, and what the reference says of it. */
export class ContractMarket {
  readonly questions: ContractQuestions;
  readonly reference = new ReferenceSearch();
  /** Above the change sequence of every document. */
  seq = 0;
  readonly #make: () => Promise<WrittenMarket>;
  readonly #known = new Map<string, ReturnType<ReferenceSearch['search']>>();
  #made: Promise<WrittenMarket> | undefined;

  constructor(questions: ContractQuestions, make: () => Promise<WrittenMarket>) {
    this.questions = questions;
    this.#make = make;
  }

  get documents(): number {
    return this.reference.documents.size;
  }

  /** Several batches, replacements and deletions, so that documents lie in several segments; made once for all engines. */
  async changes(): Promise<SearchChange[][]> {
    this.#made ??= this.#begin();
    const { written, gone } = await this.#made;
    const upserts = written.map((document): SearchChange => ({ op: 'upsert', document }));
    const batches = Array.from({ length: Math.ceil(upserts.length / 150) }, (_, batch) =>
      upserts.slice(batch * 150, batch * 150 + 150),
    );
    return [...batches, gone.map((id): SearchChange => ({ op: 'delete', id, seq: this.seq }))];
  }

  /** Answered once for all engines. */
  expected(title: string, query: Parameters<ReferenceSearch['search']>[0]): ReturnType<ReferenceSearch['search']> {
    const answer = this.#known.get(title) ?? this.reference.search(query);
    this.#known.set(title, answer);
    return answer;
  }

  async #begin(): Promise<WrittenMarket> {
    const made = await this.#make();
    for (const document of made.written) this.reference.put(document);
    for (const id of made.gone) this.reference.remove(id);
    this.seq = 1 + Math.max(...made.written.map(({ seq }) => seq));
    return made;
  }
}
