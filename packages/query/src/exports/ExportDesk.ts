import { randomUUID } from 'node:crypto';
import { ConflictError, CredatlasError, NotFoundError, ThrottledError, WithdrawnError } from '@credatlas/model';
import type { ByteSource, Log } from '@credatlas/ports';
import type { QueryContext, QueryDependencies } from '../dependencies.ts';
import { queryContext } from '../queryContext.ts';
import { aboutExport, citationOf } from './aboutExport.ts';
import { ExportFolder } from './ExportFolder.ts';
import type { ExportOrder } from './exportQuery.ts';
import { type PreparedExport, prepareExport } from './prepareExport.ts';
import type { Export } from './schemas.ts';
import type { WrittenFile } from './writePieces.ts';

export interface ExportSettings {
  folder: string;
  /** How long a file is kept. */
  keepDays: number;
  /** All files together. */
  maxBytes: number;
  log: Log;
}

/** Exports that wait; each takes minutes at most. */
const maxWaiting = 20;
/** Ended exports that are still told of, for whoever cites one. */
const maxEnded = 1_000;
/** A server that is stopped or killed begins an export again; one that is cut off so often is given up. */
const maxAttempts = 3;
const dayMs = 86_400_000;

/** Takes orders for exports and makes them one after another, into files that survive the process. */
export class ExportDesk {
  readonly context: QueryContext;
  readonly #folder: ExportFolder;
  readonly #settings: ExportSettings;
  readonly #exports = new Map<string, Export>();
  readonly #closing = new AbortController();
  /** Ends the one that is being made. */
  #running: { id: string; controller: AbortController } | undefined;
  #isStarted = false;
  #work: Promise<void> = Promise.resolve();

  private constructor(dependencies: QueryDependencies, settings: ExportSettings) {
    this.context = queryContext(dependencies);
    this.#settings = settings;
    this.#folder = new ExportFolder(settings.folder);
  }

  /** With what the process before it had not ended, to be begun again. Nothing is made before `start`. */
  static async open(dependencies: QueryDependencies, settings: ExportSettings): Promise<ExportDesk> {
    const desk = new ExportDesk(dependencies, settings);
    for (const each of await desk.#folder.read()) {
      desk.#exports.set(each.id, each);
      if (each.state === 'queued' || each.state === 'running') await desk.#again(each);
    }
    await desk.#tidy();
    return desk;
  }

  /** From now on exports are made: whoever answers knows all that it should. */
  start(): void {
    this.#isStarted = true;
    this.#wake();
  }

  /** Throws InvalidInputError for what cannot be read, ThrottledError `too_many_exports` while very many wait. */
  async order(order: ExportOrder): Promise<Export> {
    await this.#tidy();
    if (this.list().filter(({ state }) => state === 'queued').length >= maxWaiting) {
      const detail = `${maxWaiting} exports wait already. Ask again when some of them are done.`;
      throw new ThrottledError('too_many_exports', detail, { retryAfterMs: 60_000 });
    }
    const about = await aboutExport(this.context, await prepareExport(this.context, order));
    const ordered: Export = {
      id: randomUUID(),
      state: 'queued',
      ...about,
      file: null,
      createdAt: this.#now(),
      startedAt: null,
      finishedAt: null,
      expiresAt: null,
      failure: null,
      attempts: 0,
    };
    await this.#keep(ordered);
    this.#wake();
    return ordered;
  }

  /** Newest first. */
  list(): Export[] {
    return [...this.#exports.values()].reverse();
  }

  /** Throws NotFoundError `unknown_export`. */
  async find(id: string): Promise<Export> {
    await this.#tidy();
    const found = this.#exports.get(id);
    if (!found)
      throw new NotFoundError(
        'unknown_export',
        `There is no export "${id.slice(0, 100)}". POST /v1/exports makes one.`,
      );
    return found;
  }

  /** The file of one that is done. Throws ConflictError `export_not_ready`, or WithdrawnError `export_gone`. */
  async file(id: string): Promise<{ about: Export; bytes: ByteSource }> {
    const about = await this.find(id);
    const { state, rows, total, failure, expiresAt } = about;
    if (state === 'queued' || state === 'running')
      throw new ConflictError(
        'export_not_ready',
        `The export is ${state}: ${rows} of ${total} rows are written. Ask again later.`,
      );
    if (state !== 'done')
      throw new WithdrawnError(
        'export_gone',
        failure?.detail ?? `The file is gone: the export is ${state}. Order it again.`,
        { id, state, expiresAt },
      );
    return { about, bytes: { size: about.bytes!, read: (from, to) => this.#folder.bytes(about, { from, to }) } };
  }

  /** Ends one that is not done, or removes the file of one that is. Throws NotFoundError `unknown_export`. */
  async cancel(id: string): Promise<Export> {
    const found = await this.find(id);
    if (found.state === 'queued' || found.state === 'running') {
      const cancelled = await this.#end(found, { state: 'cancelled' });
      if (this.#running?.id === id) this.#running.controller.abort();
      return cancelled;
    }
    if (found.state !== 'done') return found;
    await this.#folder.removeFile(found);
    return this.#keep({ ...found, state: 'deleted', file: null, expiresAt: null });
  }

  /** Resolves when nothing waits any more. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** Stops what is being made; the next process begins it again. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  #now(): string {
    return new Date(this.context.clock.now()).toISOString();
  }

  async #keep(given: Export): Promise<Export> {
    this.#exports.set(given.id, given);
    await this.#folder.describe(given);
    return given;
  }

  #end(given: Export, outcome: Partial<Export>): Promise<Export> {
    return this.#keep({ ...given, finishedAt: this.#now(), ...outcome });
  }

  async #again(given: Export): Promise<void> {
    if (given.attempts < maxAttempts) await this.#keep({ ...given, state: 'queued', rows: 0 });
    else {
      const detail = `The server ended ${given.attempts} times while it was being made. Narrow it, or order it again.`;
      await this.#end(given, { state: 'failed', failure: { code: 'export_interrupted', detail } });
    }
  }

  #wake(): void {
    if (this.#isStarted) this.#work = this.#work.then(() => this.#makeAll());
  }

  async #makeAll(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const next = [...this.#exports.values()].find(({ state }) => state === 'queued');
      if (!next) return;
      try {
        await this.#make(next);
      } catch (error) {
        this.#lost(next.id, error);
      }
    }
  }

  /** One that cannot be described any more is told of as long as this process lives; the next one begins it again. */
  #lost(id: string, error: unknown): void {
    this.#settings.log.error('export cannot be described', { id, error });
    const failure = { code: 'export_not_written', detail: error instanceof Error ? error.message : String(error) };
    this.#exports.set(id, { ...this.#exports.get(id)!, state: 'failed', finishedAt: this.#now(), failure });
  }

  async #make({ id, attempts }: Export): Promise<void> {
    const controller = new AbortController();
    this.#running = { id, controller };
    const signal = AbortSignal.any([controller.signal, this.#closing.signal]);
    const begun = await this.#keep({
      ...this.#exports.get(id)!,
      state: 'running',
      startedAt: this.#now(),
      attempts: attempts + 1,
    });
    try {
      const prepared = await prepareExport(this.context, orderOf(begun));
      const file = await this.#write(begun, prepared, signal);
      const whole = { ...this.#exports.get(id)!, ...file };
      if (whole.state === 'cancelled') return await this.#folder.removeFile(whole);
      const expiresAt = new Date(this.context.clock.now() + this.#settings.keepDays * dayMs).toISOString();
      const address = `${this.context.publicUrl}/v1/exports/${id}/file`;
      await this.#end({ ...whole, citation: citationOf(whole) }, { state: 'done', expiresAt, file: address });
    } catch (error) {
      await this.#failed(id, error);
    } finally {
      this.#running = undefined;
    }
  }

  async #write(begun: Export, prepared: PreparedExport, signal: AbortSignal): Promise<WrittenFile> {
    const progress = { ...begun, ...(await aboutExport(this.context, prepared)) };
    this.#exports.set(begun.id, progress);
    const others = this.list().reduce((sum, { state, bytes }) => sum + (state === 'done' ? (bytes ?? 0) : 0), 0);
    const pieces = prepared.pieces({ signal, counted: (rows) => Object.assign(progress, { rows }) });
    return this.#folder.write(begun, pieces, (bytes) => {
      progress.bytes = bytes;
      if (others + bytes <= this.#settings.maxBytes) return;
      const detail = `All exports together may take ${this.#settings.maxBytes} bytes (EXPORT_MAX_BYTES). Delete some, or ask for less.`;
      throw new ConflictError('exports_too_large', detail);
    });
  }

  async #failed(id: string, error: unknown): Promise<void> {
    const known = this.#exports.get(id)!;
    if (known.state === 'cancelled') return;
    // What is stopped in order is not held against it.
    if (this.#closing.signal.aborted)
      return void (await this.#keep({ ...known, state: 'queued', rows: 0, attempts: known.attempts - 1 }));
    const isTold = error instanceof CredatlasError && error.code !== 'broken_invariant';
    if (!isTold) this.#settings.log.error('export failed', { id, error });
    const detail = isTold ? error.message : 'A defect on our side; the log has it under the id. Please report it.';
    const failure = { code: isTold ? error.code : 'internal_error', detail };
    await this.#end(known, { state: 'failed', failure });
  }

  /** Removes files whose time is over, and forgets the oldest of what has long ended. */
  async #tidy(): Promise<void> {
    const now = this.#now();
    for (const each of this.#exports.values()) {
      if (each.state !== 'done' || each.expiresAt! > now) continue;
      await this.#folder.removeFile(each);
      await this.#keep({ ...each, state: 'expired', file: null });
    }
    const ended = [...this.#exports.values()].filter(({ state }) => !['queued', 'running', 'done'].includes(state));
    for (const each of ended.slice(0, Math.max(0, ended.length - maxEnded))) {
      this.#exports.delete(each.id);
      await this.#folder.forget(each);
    }
  }
}

function orderOf({ format, query }: Export): ExportOrder {
  return { ...query.parameters, format } as unknown as ExportOrder;
}
