import type {
  Clause,
  CoverageAnswer,
  CoverageQuery,
  GroupAnswer,
  GroupQuery,
  SearchAnswer,
  SearchCursor,
  SearchHit,
  SearchQuery,
  SortKey,
  Suggestion,
  SuggestionEntry,
  TaggedClause,
  TextQuery,
} from '@credatlas/model';
import type { WantedTerms } from '@credatlas/ports';
import { compareUtf8 } from '@credatlas/skills';
import type { Client, estypes } from '@elastic/elasticsearch';
import { all, anyOf, clauseQuery, type Query } from './clauses.ts';
import { coverageRequest, readCoverage } from './coverage.ts';
import { malformedCursor } from './cursorFaults.ts';
import { facetAggregations, readFacets, splitFilter } from './facets.ts';
import type { Ask } from './groups/enumerate.ts';
import { groupsOf } from './groups/groups.ts';
import { mappingForm } from './indexDefinition.ts';
import type { Patience } from './Patience.ts';
import { cursorKeepAlive, expiredOr, type PointInTime, readPosition, writePosition } from './PointInTime.ts';
import { keysetCursor, searchAfter, sortKeysOf, sortSpecification } from './sorting.ts';
import { isLike, suggestionsOf, termsLike } from './suggest.ts';
import { credentialQuery, holdsToken, readScore } from './textQueries.ts';

/** Ids of one page of a scan. */
const scanPage = 1_000;
/** Ids asked about at once: hits of one request at most (`index.max_result_window`). */
const matchingPage = 10_000;
/** Terms that are looked at, and how many are counted in one request: three letters begin thousands. */
const maxAlike = 10_000;
const maxCounted = 1_000;
/** Nothing of a hit but its sort values is needed: the id is the last of ours. */
const bare = { _source: false, stored_fields: '_none_' } as const;

type Matching = { text?: TextQuery; filter: TaggedClause[] };

/** Everything that only reads, over what the index shows at the time. */
export class ElasticReader {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #pointInTime: PointInTime;
  readonly #alias: string;
  readonly #maxExactValues: number;

  constructor(given: {
    client: Client;
    patience: Patience;
    pointInTime: PointInTime;
    alias: string;
    maxExactValues: number;
  }) {
    this.#client = given.client;
    this.#patience = given.patience;
    this.#pointInTime = given.pointInTime;
    this.#alias = given.alias;
    this.#maxExactValues = given.maxExactValues;
  }

  async search(query: SearchQuery, seq: number): Promise<SearchAnswer> {
    const keys = sortKeysOf(query);
    const isRanked = keys.some(({ by }) => by === 'relevance') || query.after?.kind === 'snapshot';
    const isBackwards = query.after?.isBackwards === true;
    const split = splitFilter(query.filter, query.facets);
    const request: estypes.SearchRequest = {
      ...bare,
      query: credentialQuery(query.text, split.common),
      ...(split.narrowing.length > 0
        ? { post_filter: { bool: { filter: split.narrowing.map((each) => each.query) } } }
        : {}),
      ...(query.facets.length > 0 ? { aggs: facetAggregations(query.facets, split) } : {}),
      sort: sortSpecification(keys, isBackwards),
      // One more than wanted tells whether there is a next page.
      size: query.size + 1,
      track_total_hits: true,
      track_scores: query.text !== undefined,
    };
    const page = isRanked ? await this.#ranked(request, query, seq) : await this.#sorted(request, query, keys);
    const facets = query.facets.length > 0 ? readFacets(query.facets, page.answer.aggregations) : {};
    const idAt = (request.sort as unknown[]).length - 1;
    const hits = page.answer.hits.hits.slice(0, query.size);
    if (isBackwards) hits.reverse();
    const isMore = page.answer.hits.hits.length > query.size;
    const [first, last] = [hits.at(0), hits.at(-1)];
    return {
      total: totalOf(page.answer),
      hits: hits.map((hit) => readHit(hit, idAt, query.text !== undefined)),
      facets,
      ...(last && (isMore || isBackwards) ? { next: page.next(last, hits.length) } : {}),
      ...(first && (isBackwards ? isMore : query.after) ? { prev: page.prev(first, hits.length) } : {}),
      seq: page.seq ?? seq,
    };
  }

  async count({ text, filter }: Matching): Promise<number> {
    const query = credentialQuery(text, queriesOf(filter));
    const { count } = await this.#patience.ask(() => this.#client.count({ index: this.#alias, query }));
    return count;
  }

  async matching(ids: string[], clause: Clause): Promise<string[]> {
    const found = new Set<string>();
    for (let start = 0; start < ids.length; start += matchingPage) {
      const own = ids.slice(start, start + matchingPage);
      const query = credentialQuery(undefined, [anyOf('id', own), clauseQuery(clause)]);
      const { hits } = await this.#ask({ query, ...bare, sort: [{ id: 'asc' }], size: own.length });
      for (const { sort } of hits.hits) found.add(String(sort?.[0]));
    }
    return ids.filter((id) => found.has(id));
  }

  suggest(query: { fields: SuggestionEntry['field'][]; tokens: string[]; size: number }): Promise<Suggestion[]> {
    return suggestionsOf(this.#asker({ filter: [] }), query);
  }

  async coverage(query: CoverageQuery, seq: number): Promise<CoverageAnswer> {
    if (query.skills.length === 0) return { total: 0, hits: [], seq };
    const answer = await this.#ask({ ...bare, ...coverageRequest(query), track_total_hits: true });
    return { ...readCoverage(query, answer), seq };
  }

  /** Several requests over one state of the index. */
  async groupBy(query: GroupQuery, seq: number): Promise<GroupAnswer> {
    const id = await this.#pointInTime.id();
    const table = await groupsOf(this.#asker(query, id), { ...query, maxExactValues: this.#maxExactValues });
    return { ...table, seq };
  }

  async *scan({ text, filter }: Matching): AsyncIterable<string[]> {
    const query = credentialQuery(text, queriesOf(filter));
    let id = await this.#pointInTime.open();
    try {
      let after: estypes.SortResults | undefined;
      do {
        const { pit_id, hits } = await this.#ask({
          ...bare,
          pit: { id, keep_alive: cursorKeepAlive },
          query,
          sort: [{ id: 'asc' }],
          size: scanPage,
          track_total_hits: false,
          ...(after ? { search_after: after } : {}),
        });
        id = pit_id ?? id;
        if (hits.hits.length > 0) yield hits.hits.map(({ sort }) => String(sort?.[0]));
        after = hits.hits.length < scanPage ? undefined : hits.hits.at(-1)?.sort;
      } while (after);
    } finally {
      await this.#pointInTime.close(id);
    }
  }

  async termsLike(wanted: WantedTerms, limit: number): Promise<{ terms: string[]; truncated: boolean }> {
    const { hits } = await this.#ask({ ...bare, ...termsLike(wanted, maxAlike) });
    const terms = hits.hits.map(({ sort }) => String(sort?.[0])).filter((term) => isLike(term, wanted));
    const counted: { term: string; count: number }[] = [];
    for (let start = 0; start < terms.length; start += maxCounted) {
      const own = terms.slice(start, start + maxCounted);
      const { values } = await this.#asker({ filter: [] })([], {
        values: { filters: { filters: own.map(holdsToken) } },
      });
      const { buckets } = values as { buckets: { doc_count: number }[] };
      counted.push(...own.map((term, index) => ({ term, count: buckets[index]!.doc_count })));
    }
    const used = counted.filter(({ count }) => count > 0);
    used.sort((a, b) => b.count - a.count || compareUtf8(a.term, b.term));
    return { terms: used.slice(0, limit).map(({ term }) => term), truncated: used.length > limit };
  }

  /** Credentials shown, and the change sequence up to which they were followed. */
  async state(): Promise<{ documents: number; seq: number }> {
    const [documents, { hits }] = await Promise.all([
      this.count({ filter: [] }),
      this.#ask({
        query: all([{ term: { kind: 'state' } }, { term: { id: mappingForm() } }]),
        ...bare,
        sort: [{ seq: 'desc' }],
        size: 1,
      }),
    ]);
    return { documents, seq: Number(hits.hits[0]?.sort?.[0] ?? 0) };
  }

  /** A page sorted by fields goes on from the values of the last hit, whatever has happened meanwhile. */
  async #sorted(request: estypes.SearchRequest, { after }: SearchQuery, keys: SortKey[]): Promise<Page> {
    const from = after ? { search_after: searchAfter(after, keys) } : {};
    const answer = await this.#ask({ ...request, ...from });
    return {
      answer,
      next: ({ sort }) => keysetCursor(sort ?? []),
      prev: ({ sort }) => ({ ...keysetCursor(sort ?? []), isBackwards: true }),
    };
  }

  /** A page by relevance goes on in the state of the index in which its ranking began: scores change with every write. */
  async #ranked(request: estypes.SearchRequest, { after }: SearchQuery, seq: number): Promise<Page> {
    if (after?.kind === 'keyset') throw malformedCursor();
    const before = after ? readPosition(after.snapshot) : undefined;
    const id = before?.pit ?? (await this.#pointInTime.id());
    const known = before?.seq ?? seq;
    const pit = { id, keep_alive: cursorKeepAlive };
    const position = after?.position ?? 0;
    try {
      const answer = await this.#ask({ ...request, pit, ...(before ? { search_after: before.after } : {}) });
      const at = ({ sort }: estypes.SearchHit, place: number): SearchCursor => {
        const own = { pit: answer.pit_id ?? id, after: (sort ?? []) as (string | number | null)[], seq: known };
        return { kind: 'snapshot', snapshot: writePosition(own), position: place };
      };
      return {
        answer,
        next: (last, hits) => at(last, after?.isBackwards ? position : position + hits),
        prev: (first, hits) => ({ ...at(first, after?.isBackwards ? position - hits : position), isBackwards: true }),
        seq: known,
      };
    } catch (error) {
      throw before ? expiredOr(error) : error;
    }
  }

  #asker({ text, filter }: Matching, pit?: string): Ask {
    const common = queriesOf(filter);
    return async (further, aggs) => {
      const query = credentialQuery(text, [...common, ...further]);
      const place = pit ? { pit: { id: pit, keep_alive: cursorKeepAlive } } : {};
      const { aggregations } = await this.#ask({ ...place, query, aggs, size: 0, track_total_hits: false });
      return aggregations as Record<string, unknown>;
    };
  }

  #ask(request: estypes.SearchRequest): Promise<estypes.SearchResponse> {
    const place = request.pit ? {} : { index: this.#alias };
    return this.#patience.ask(() => this.#client.search({ ...place, ...request }));
  }
}

interface Page {
  answer: estypes.SearchResponse;
  /** The cursors to what comes after the last of so many hits, and to what comes before the first. */
  next(last: estypes.SearchHit, hits: number): SearchCursor;
  prev(first: estypes.SearchHit, hits: number): SearchCursor;
  /** When the page belongs to an older state. */
  seq?: number;
}

function queriesOf(filter: readonly TaggedClause[]): Query[] {
  return filter.map(({ clause }) => clauseQuery(clause));
}

function totalOf({ hits }: estypes.SearchResponse): number {
  return (hits.total as estypes.SearchTotalHits).value;
}

function readHit({ sort, _score }: estypes.SearchHit, idAt: number, hasText: boolean): SearchHit {
  const id = String(sort?.[idAt]);
  return hasText ? { id, ...readScore(Number(_score)) } : { id, strict: true };
}
