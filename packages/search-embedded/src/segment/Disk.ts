import type { fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';

/** The file port: all that is written to a folder goes through it, so that a test can let a disk be full or a machine stop in between. */
export interface Disk {
  mkdirSync: typeof mkdirSync;
  openSync: typeof openSync;
  writeSync(file: number, bytes: Uint8Array): number;
  fsyncSync: typeof fsyncSync;
  renameSync: typeof renameSync;
  rmSync: typeof rmSync;
}
