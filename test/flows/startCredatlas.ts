import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../services/credatlas/src/main.ts', import.meta.url));

export interface Finished {
  code: number | null;
  out: string;
  error: string;
}

export interface Running {
  process: ChildProcessWithoutNullStreams;
  /** Resolves when the process has ended. */
  finished: Promise<Finished>;
  /** Resolves with the first match in what it has written so far or writes later; throws when it ends without. */
  writes(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface StartOptions {
  dataDir: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** The command line in a process of its own, with nothing of our environment but what makes it run. */
export function startCredatlas(words: string[], { dataDir, env = {}, cwd }: StartOptions): Running {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    env: {
      PATH,
      ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
      DATA_DIR: dataDir,
      CRAWL_ALLOW_PRIVATE: 'true',
      ...env,
    },
    ...(cwd ? { cwd } : {}),
  });
  const written = { out: '', error: '' };
  const listeners = new Set<() => void>();
  const take = (name: 'out' | 'error') => (piece: string) => {
    written[name] += piece;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', take('out'));
  child.stderr.setEncoding('utf8').on('data', take('error'));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }));
  const writes = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(written.out + written.error);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void finished.then(({ code }) =>
        reject(new TypeError(`ended with ${code} before it wrote ${pattern}: ${written.out}${written.error}`)),
      );
    });
  return { process: child, finished, writes };
}

/** Runs a command to its end. */
export function credatlas(words: string[], options: StartOptions): Promise<Finished> {
  return startCredatlas(words, options).finished;
}
