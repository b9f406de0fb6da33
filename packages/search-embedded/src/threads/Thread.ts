import { Worker } from 'node:worker_threads';
import { BrokenInvariantError, ConflictError, type Fault, InvalidInputError, UnavailableError } from '@credatlas/model';
import type { Log } from '@credatlas/ports';
import type { Remote } from './Remote.ts';

/** What a thread is asked, and what it says. */
export interface Call {
  id: number;
  method: string;
  given: unknown[];
}

export type Said =
  | { id: number; answer: unknown }
  | { id: number; error: TransferredError }
  | { log: { level: keyof Log; message: string; fields?: Record<string, unknown> } };

/** An error as it crosses between threads, where classes are lost. */
export interface TransferredError {
  name: string;
  code: string | undefined;
  message: string;
  faults: Fault[];
}

interface Pending {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** A worker thread that serves the methods of one object, in the order of the calls. Keeps the process alive only while it is asked something. */
export class Thread<T extends object> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  readonly remote: Remote<T>;

  /** `entry` is a module that calls `serve`; `data` is what that gets. */
  constructor(entry: URL, data: unknown, log: Log) {
    this.#worker = new Worker(entry, { workerData: data });
    this.#worker.unref();
    this.#worker.on('message', (said: Said) => this.#hear(said, log));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(undefined));
    this.remote = new Proxy({} as Remote<T>, {
      // A proxy that answered `then` would be taken for a promise.
      get: (_, name) => (name === 'then' ? undefined : (...given: unknown[]) => this.#call(String(name), given)),
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #call(method: string, given: unknown[]): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, given } satisfies Call);
    });
  }

  #hear(said: Said, log: Log): void {
    if ('log' in said) {
      log[said.log.level](said.log.message, said.log.fields);
      return;
    }
    const pending = this.#pending.get(said.id);
    this.#pending.delete(said.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if ('error' in said) pending?.reject(errorFrom(said.error));
    else pending?.resolve(said.answer);
  }

  #fail(cause: unknown): void {
    for (const { reject } of this.#pending.values())
      reject(new BrokenInvariantError('A thread of the search engine has ended. Start again.', { cause }));
    this.#pending.clear();
  }
}

function errorFrom({ name, code, message, faults }: TransferredError): Error {
  const known = code ?? 'thread_failed';
  if (name === 'InvalidInputError') return new InvalidInputError(known, message, { faults });
  if (name === 'UnavailableError') return new UnavailableError(known, message, { faults });
  if (name === 'ConflictError') return new ConflictError(known, message, { faults });
  return new BrokenInvariantError(`The search engine failed: ${message}`);
}
