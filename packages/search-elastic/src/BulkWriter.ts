import { BrokenInvariantError, type SearchChange, type SearchDocument, UnavailableError } from '@credatlas/model';
import { stem } from '@credatlas/skills';
import type { Client, estypes } from '@elastic/elasticsearch';
import { documentBody, keyOf, tokenOf } from './documentBody.ts';
import { isPassing, type Refusal, refusedError } from './faults.ts';
import { writeAlias } from './Generations.ts';
import { type Kind, mappingForm } from './indexDefinition.ts';
import type { Patience } from './Patience.ts';

/** Bytes of one bulk request: Elasticsearch's own advice is 5 to 15 MB, and small ones are easier to take again. */
const requestBytes = 5_000_000;
/** Terms remembered as already written; beyond, they are forgotten and written once more, which changes nothing. */
const rememberedTerms = 500_000;

/** One line of a bulk request, or two: what to do and with what. */
interface Item {
  action: 'index' | 'create' | 'delete';
  lines: string[];
}

/** Writes into one generation. Versions are the store's change sequence, so that an old change never overwrites a newer one. */
export class BulkWriter {
  readonly #client: Client;
  readonly #patience: Patience;
  readonly #generation: string;
  readonly #terms = new Set<string>();

  constructor({ client, patience, generation }: { client: Client; patience: Patience; generation: string }) {
    this.#client = client;
    this.#patience = patience;
    this.#generation = generation;
  }

  get generation(): string {
    return this.#generation;
  }

  /** Resolves when every change is acknowledged. Of several changes of one credential only the last is sent. */
  async write(changes: readonly SearchChange[]): Promise<void> {
    const last = new Map(changes.map((change) => [change.op === 'upsert' ? change.document.id : change.id, change]));
    const items: Item[] = [];
    for (const change of last.values()) {
      if (change.op === 'delete') {
        items.push(deletion(change));
        continue;
      }
      items.push(
        upsert('credential', change.document.id, { seq: change.document.seq, ...documentBody(change.document) }),
      );
      items.push(...this.#newTerms(change.document));
    }
    for (const request of requestsOf(items)) await this.#send(request);
  }

  /** Notes that everything up to this change sequence has been written. */
  async follow(seq: number): Promise<void> {
    const form = mappingForm();
    await this.#send([upsert('state', form, { kind: 'state' satisfies Kind, id: form, seq })]);
  }

  #newTerms({ text }: SearchDocument): Item[] {
    if (this.#terms.size > rememberedTerms) this.#terms.clear();
    const found = new Set(Object.values(text).flat(2));
    const items: Item[] = [];
    for (const token of found) {
      if (this.#terms.has(token)) continue;
      this.#terms.add(token);
      const head = { create: { _id: keyOf('term', token) } };
      const body = { kind: 'term' satisfies Kind, term: tokenOf(token), stem: tokenOf(stem(token)) };
      items.push({ action: 'create', lines: [JSON.stringify(head), JSON.stringify(body)] });
    }
    return items;
  }

  /** Sends items until none is left that was refused for a passing reason. */
  async #send(items: Item[]): Promise<void> {
    const pauses = this.#patience.begin();
    let rest = items;
    while (rest.length > 0) {
      const { again, refusal } = await this.#sendOnce(rest);
      if (refusal && !isPassing(refusal)) throw this.#lost(refusal);
      if (refusal && !(await pauses.pause(refusal))) throw refusedError(refusal);
      rest = again;
    }
  }

  async #sendOnce(items: Item[]): Promise<{ again: Item[]; refusal?: Refusal }> {
    const answer = await this.#patience.ask(() =>
      this.#client.bulk<string, string>({
        index: writeAlias(this.#generation),
        require_alias: true,
        operations: items.flatMap(({ lines }) => lines),
        filter_path: ['errors', 'items.*.status', 'items.*.error.type', 'items.*.error.reason', 'items.*._id'],
      }),
    );
    if (!answer.errors) return { again: [] };
    const refused = items.flatMap((item, position) => {
      const refusal = refusalOfItem(item, answer.items[position]);
      return refusal ? [{ item, refusal }] : [];
    });
    const worst = refused.find(({ refusal }) => !isPassing(refusal)) ?? refused[0];
    return { again: refused.map(({ item }) => item), ...(worst ? { refusal: worst.refusal } : {}) };
  }

  #lost(refusal: Refusal): Error {
    const { status, type, reason } = refusal;
    return status === 404
      ? new UnavailableError(
          'generation_gone',
          `The index ${this.#generation} was replaced while it was written to. Follow the changes again.`,
        )
      : new BrokenInvariantError(
          `Elasticsearch does not take a document that we made (${type}: ${reason}). Report it with the document.`,
        );
  }
}

function upsert(kind: Kind, name: string, body: Record<string, unknown> & { seq: number }): Item {
  const head = { index: { _id: keyOf(kind, name), version: body.seq, version_type: 'external_gte' } };
  return { action: 'index', lines: [JSON.stringify(head), JSON.stringify(body)] };
}

function deletion({ id, seq }: { id: string; seq: number }): Item {
  const head = { delete: { _id: keyOf('credential', id), version: seq, version_type: 'external_gte' } };
  return { action: 'delete', lines: [JSON.stringify(head)] };
}

/** Undefined when there is nothing to mend: done, already newer, already there, already gone. */
function refusalOfItem(
  { action }: Item,
  answer: Partial<Record<estypes.BulkOperationType, estypes.BulkResponseItem>> | undefined,
): Refusal | undefined {
  const { status = 0, error } = answer?.[action] ?? {};
  if (status < 300 || status === 409 || (action === 'delete' && status === 404 && !error)) return undefined;
  return { status, type: error?.type ?? '', reason: error?.reason ?? '' };
}

/** Requests of at most so many bytes each, in order; a single larger item goes alone. */
function* requestsOf(items: readonly Item[]): Iterable<Item[]> {
  let request: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const own = item.lines.reduce((sum, line) => sum + line.length, 0);
    if (request.length > 0 && bytes + own > requestBytes) {
      yield request;
      request = [];
      bytes = 0;
    }
    request.push(item);
    bytes += own;
  }
  if (request.length > 0) yield request;
}
