import { parentPort } from 'node:worker_threads';
import { BrokenInvariantError, CredatlasError } from '@credatlas/model';
import type { Log } from '@credatlas/ports';
import type { Call, Said, TransferredError } from './Thread.ts';

/** Answers the calls of the thread that started this one, one after the other. */
export function serve(object: object): void {
  const port = portOf();
  port.on('message', ({ id, method, given }: Call) => {
    try {
      const served: unknown = Reflect.get(object, method);
      if (typeof served !== 'function') throw new BrokenInvariantError(`Nothing here is called ${method}.`);
      port.postMessage({ id, answer: Reflect.apply(served, object, given) as unknown } satisfies Said);
    } catch (error) {
      port.postMessage({ id, error: transferred(error) } satisfies Said);
    }
  });
}

/** A log that the starting thread writes. */
export function remoteLog(): Log {
  const port = portOf();
  const say =
    (level: keyof Log) =>
    (message: string, fields?: Record<string, unknown>): void =>
      port.postMessage({ log: { level, message, ...(fields ? { fields } : {}) } } satisfies Said);
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}

function portOf(): NonNullable<typeof parentPort> {
  if (!parentPort) throw new BrokenInvariantError('This module is meant to be started as a thread.');
  return parentPort;
}

function transferred(error: unknown): TransferredError {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const own = error instanceof CredatlasError ? error : undefined;
  return { name, message, code: own?.code, faults: own?.faults ?? [] };
}
