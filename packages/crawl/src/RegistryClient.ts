import { readCtid } from '@credatlas/ctdl';
import { contentHash, readDocuments } from '@credatlas/documents';
import { shapeOf } from '@credatlas/linked-data';
import { type SourceRecord, UnavailableError } from '@credatlas/model';
import type { FetchAnswer, Fetcher, Validators } from '@credatlas/ports';

export type RegistryDocument = Omit<SourceRecord, 'source' | 'run'>;

export interface FetchedDocument {
  document: RegistryDocument;
  validators: Validators;
}

export interface ListedEnvelope {
  ctid?: string;
  /** Absent when the listing carries metadata only. */
  document?: RegistryDocument;
}

export interface RegistryEvent {
  ctid: string;
  event: string;
  at: string;
}

/** The registry's cap (`max_per_page`). */
const pageSize = 200;

/** Reads the Credential Registry's API (its routes 7, 8, 10, 14, 18, 19). Answers are foreign: anything may be missing. */
export class RegistryClient {
  readonly #fetcher: Fetcher;
  readonly #base: string;
  readonly #signal: AbortSignal | undefined;

  constructor(options: { fetcher: Fetcher; origin: string; community: string; signal?: AbortSignal | undefined }) {
    this.#fetcher = options.fetcher;
    this.#base = `${options.origin}/${options.community}`;
    this.#signal = options.signal;
  }

  /** Total of live envelopes, if the registry tells. */
  async total(): Promise<number | undefined> {
    const answer = await this.#get('/community/info');
    const total =
      answer.status === 200
        ? (jsonOf(answer) as { total_envelopes?: unknown } | undefined)?.total_envelopes
        : undefined;
    return typeof total === 'number' ? total : undefined;
  }

  /** One page of envelopes, word for word; `isLast` by both styles of headers, else by a short page. */
  async page(number: number): Promise<{ envelopes: ListedEnvelope[]; isLast: boolean }> {
    const answer = await this.#get(`/envelopes?page=${number}&per_page=${pageSize}`);
    if (answer.status !== 200) throw this.#unexpected(answer, 'a list of envelopes');
    const envelopes: ListedEnvelope[] = [];
    for await (const found of readDocuments({ name: answer.url, bytes: answer.body })) {
      if ('refused' in found) throw this.#unexpected(answer, 'a list of envelopes', found.refused.reason);
      if (!Array.isArray(found.value)) envelopes.push(this.#listed(found, answer));
    }
    return { envelopes, isLast: isLastPage(answer, { number, count: envelopes.length }) };
  }

  /** Events at or after a moment, newest first, over all pages; undefined when the registry serves none. */
  async events(after: string): Promise<RegistryEvent[] | undefined> {
    const events: RegistryEvent[] = [];
    for (let number = 1; ; number++) {
      const answer = await this.#get(
        `/envelopes/events?after=${encodeURIComponent(after)}&page=${number}&per_page=${pageSize}&provisional=include`,
      );
      if (answer.status === 404 || answer.status === 405) return undefined;
      const page = answer.status === 200 ? jsonOf(answer) : undefined;
      if (!Array.isArray(page)) throw this.#unexpected(answer, 'a list of events');
      const read = page.flatMap(eventOf);
      events.push(...read);
      if (isLastPage(answer, { number, count: page.length })) return events;
    }
  }

  /**
   * The envelope of one CTID: by itself, else its graph. `unchanged` when the registry says so of the validators given; undefined
   * when it has neither.
   */
  async document(ctid: string, validators?: Validators): Promise<FetchedDocument | 'unchanged' | undefined> {
    const identity = encodeURIComponent(ctid);
    for (const path of [`/envelopes/${identity}`, `/graph/${identity}`]) {
      const answer = await this.#get(path, validators);
      if (answer.notModified) return 'unchanged';
      if (answer.status !== 200) continue;
      for await (const found of readDocuments({ name: answer.url, bytes: answer.body })) {
        if ('refused' in found) continue;
        return { document: this.#documentOf(found, { key: ctid, answer }), validators: answer.validators };
      }
    }
    return undefined;
  }

  /** Where the validators of a CTID's envelope are kept under. */
  addressOf(ctid: string): string {
    return `${this.#base}/envelopes/${encodeURIComponent(ctid)}`;
  }

  /** Graphs of several CTIDs at once; those that the registry lacks are absent. */
  async graphs(ctids: string[]): Promise<Map<string, RegistryDocument>> {
    const graphs = new Map<string, RegistryDocument>();
    const answer = await this.#fetcher.fetch({
      url: `${this.#base}/graph/search`,
      method: 'POST',
      body: JSON.stringify({ ctids }),
      ...(this.#signal ? { signal: this.#signal } : {}),
    });
    if (answer.status !== 200 && answer.status !== 201) return graphs;
    for await (const found of readDocuments({ name: answer.url, bytes: answer.body })) {
      if ('refused' in found || Array.isArray(found.value)) continue;
      const key = keyOf(found.value);
      if (key) graphs.set(key, this.#documentOf(found, { key, answer }));
    }
    return graphs;
  }

  #listed(found: { text: string; value: unknown }, answer: FetchAnswer): ListedEnvelope {
    const key = keyOf(found.value);
    if (!key) return {};
    const { identity } = shapeOf(found.value);
    return identity ? { ctid: key, document: this.#documentOf(found, { key, answer }) } : { ctid: key };
  }

  #documentOf(
    found: { text: string; value: unknown },
    { key, answer }: { key: string; answer: FetchAnswer },
  ): RegistryDocument {
    const shape = shapeOf(found.value);
    return {
      key,
      // The record's own address, whichever list it was read from, so that it does not depend on how the crawl went.
      uri: `${this.#base}/graph/${key}`,
      mediaType: 'application/json',
      text: found.text,
      contentHash: contentHash(shape.resource),
      fetchedAt: answer.fetchedAt,
      ...(shape.modifiedAt ? { modifiedAt: shape.modifiedAt } : {}),
      ...(shape.envelope ? { envelope: shape.envelope } : {}),
    };
  }

  #get(path: string, validators?: Validators): Promise<FetchAnswer> {
    return this.#fetcher.fetch({
      url: `${this.#base}${path}`,
      ...(validators ? { validators } : {}),
      ...(this.#signal ? { signal: this.#signal } : {}),
    });
  }

  #unexpected(answer: FetchAnswer, wanted: string, detail = ''): UnavailableError {
    return new UnavailableError(
      'not_a_registry',
      `${answer.url} answers ${answer.status} where ${wanted} was expected. ${detail} Check that the address is a Credential Registry and names its community.`,
    );
  }
}

/** CTID of an envelope or graph, in lower case. */
function keyOf(value: unknown): string | undefined {
  const envelope = value as { envelope_ceterms_ctid?: unknown };
  const stated =
    typeof envelope?.envelope_ceterms_ctid === 'string' ? readCtid(envelope.envelope_ceterms_ctid).ctid : undefined;
  const identity = stated ?? shapeOf(value).identity;
  if (!identity) return undefined;
  return readCtid(identity.replace(/^.*\//, '')).ctid ?? identity;
}

function isLastPage(answer: FetchAnswer, page: { number: number; count: number }): boolean {
  if (page.count === 0) return true;
  const header = (name: string): number => Number(answer.headers[name] ?? Number.NaN);
  const pages = header('x-total-pages');
  if (Number.isFinite(pages)) return page.number >= pages;
  if (answer.headers.link) return !/rel="?next"?/.test(answer.headers.link);
  const [total, perPage] = [Number.isFinite(header('total')) ? header('total') : header('x-total'), header('per-page')];
  if (Number.isFinite(total)) return page.number * (Number.isFinite(perPage) ? perPage : page.count) >= total;
  return page.count < pageSize;
}

function eventOf(item: unknown): RegistryEvent[] {
  const { envelope_ceterms_ctid: raw, event, created_at: at } = (item ?? {}) as Record<string, unknown>;
  const ctid = typeof raw === 'string' ? readCtid(raw).ctid : undefined;
  return ctid && typeof event === 'string' && typeof at === 'string' ? [{ ctid, event, at }] : [];
}

function jsonOf(answer: FetchAnswer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(answer.body)) as unknown;
  } catch {
    return undefined;
  }
}
