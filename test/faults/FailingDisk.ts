import fileSystem from 'node:fs';

/** How a file operation may fail: as on a full disk, or as if the machine had stopped, after which nothing is done any more. */
export type Failure = 'full' | 'stopped';

/** The real file system, until the operation of this number. */
export class FailingDisk {
  readonly #failure: Failure;
  #left: number;
  /** Operations asked for so far; a file is written in one, however many pieces it comes in. */
  done = 0;
  #written = -1;

  constructor(failure: Failure, failsAfter: number) {
    this.#failure = failure;
    this.#left = failsAfter;
  }

  /** From now on there is room again. */
  mend(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  readonly mkdirSync = fileSystem.mkdirSync;
  readonly openSync: typeof fileSystem.openSync = (...given) => {
    this.#written = -1;
    return this.#do(() => fileSystem.openSync(...given));
  };
  /** A full disk takes the first half of what it is given. */
  readonly writeSync = (file: number, bytes: Uint8Array): number => {
    if (this.#written === file) return fileSystem.writeSync(file, bytes);
    if (this.#left === 0) fileSystem.writeSync(file, bytes.subarray(0, bytes.length / 2));
    const written = this.#do(() => fileSystem.writeSync(file, bytes));
    this.#written = file;
    return written;
  };
  readonly fsyncSync: typeof fileSystem.fsyncSync = (...given) => this.#do(() => fileSystem.fsyncSync(...given));
  readonly renameSync: typeof fileSystem.renameSync = (...given) => this.#do(() => fileSystem.renameSync(...given));
  readonly rmSync: typeof fileSystem.rmSync = (...given) =>
    this.#failure === 'full' ? fileSystem.rmSync(...given) : this.#do(() => fileSystem.rmSync(...given));

  #do<T>(operation: () => T): T {
    this.done += 1;
    if (this.#left <= 0) throw this.#error();
    this.#left -= 1;
    return operation();
  }

  #error(): Error {
    const [code, message] =
      this.#failure === 'full'
        ? ['ENOSPC', 'ENOSPC: no space left on device, write']
        : ['ESHUTDOWN', 'ESHUTDOWN: the machine has stopped'];
    return Object.assign(new TypeError(message), { code });
  }
}
