import type { Refusal, RunCounts, RunSummary, SourceRecord } from '@credatlas/model';
import type { Validators } from '@credatlas/ports';
import type { CrawlDependencies } from './CrawlDependencies.ts';

/** Documents per transaction: enough to make a commit cheap, few enough to lose little time on a resume. */
const batchSize = 200;

/** One run over a source: collects documents into batches and keeps the checkpoint behind them. */
export class CrawlRun {
  readonly #given: CrawlDependencies;
  readonly number: number;
  readonly mode: 'full' | 'incremental';
  readonly checkpoint: string | undefined;
  #counts: RunCounts;
  #records: SourceRecord[] = [];
  #refusals: Refusal[] = [];
  #unchangedKeys: string[] = [];
  #validators = new Map<string, Validators>();

  private constructor(
    given: CrawlDependencies,
    opened: { run: number; counts: RunCounts; checkpoint?: string; mode: 'full' | 'incremental' },
  ) {
    this.#given = given;
    this.number = opened.run;
    this.mode = opened.mode;
    this.checkpoint = opened.checkpoint;
    this.#counts = opened.counts;
  }

  static async open(given: CrawlDependencies, mode: 'full' | 'incremental'): Promise<CrawlRun> {
    const opened = await given.recordWriter.openRun(given.source.id, mode, new Date(given.clock.now()).toISOString());
    return new CrawlRun(given, { ...opened, mode });
  }

  get counts(): RunCounts {
    return this.#counts;
  }

  async add(record: Omit<SourceRecord, 'source' | 'run'>): Promise<void> {
    this.#records.push({ ...record, source: this.#given.source.id, run: this.number });
    if (this.#records.length + this.#refusals.length >= batchSize) await this.flush();
  }

  /** The source says that what is stored is current. */
  async addUnchanged(key: string): Promise<void> {
    this.#unchangedKeys.push(key);
    if (this.#unchangedKeys.length >= batchSize) await this.flush();
  }

  /** Kept once the record behind them is: a kill between must not make an old record look current. */
  remember(address: string, validators: Validators): void {
    this.#validators.set(address, validators);
  }

  async refuse(refusal: Omit<Refusal, 'source' | 'run' | 'at'>): Promise<void> {
    this.#refusals.push({ ...refusal, source: this.#given.source.id, run: this.number, at: this.now() });
    if (this.#records.length + this.#refusals.length >= batchSize) await this.flush();
  }

  /** Writes what is collected. A checkpoint says how far the run has come once it is written. */
  async flush(checkpoint?: string): Promise<void> {
    const [records, refusals, unchangedKeys, validators] = [
      this.#records,
      this.#refusals,
      this.#unchangedKeys,
      this.#validators,
    ];
    if (records.length + refusals.length + unchangedKeys.length === 0 && checkpoint === undefined) return;
    this.#records = [];
    this.#refusals = [];
    this.#unchangedKeys = [];
    this.#validators = new Map();
    const batch = { run: this.number, records, refusals, unchangedKeys };
    this.#counts = await this.#given.recordWriter.write({
      ...batch,
      ...(checkpoint === undefined ? {} : { checkpoint }),
    });
    for (const [address, each] of validators) await this.#given.cursors.setValidators(address, each);
    this.#given.progress.report('crawl', this.#counts.seen);
  }

  async tombstone(keys: string[], reason: string): Promise<void> {
    await this.flush();
    if (keys.length === 0) return;
    await this.#given.recordWriter.tombstone({
      source: this.#given.source.id,
      run: this.number,
      keys,
      at: this.now(),
      reason,
    });
  }

  async sweep(): Promise<number> {
    await this.flush();
    return this.#given.recordWriter.sweep({ source: this.#given.source.id, run: this.number, at: this.now() });
  }

  /** Runs the work; closes as finished, as interrupted when the signal fired, else as failed. */
  async close(work: () => Promise<void>, signal?: AbortSignal): Promise<RunSummary> {
    try {
      await work();
      await this.flush();
      return await this.#given.recordWriter.closeRun(this.number, 'finished', this.now());
    } catch (error) {
      await this.flush();
      await this.#given.recordWriter.closeRun(this.number, signal?.aborted ? 'interrupted' : 'failed', this.now());
      throw error;
    }
  }

  now(): string {
    return new Date(this.#given.clock.now()).toISOString();
  }
}
