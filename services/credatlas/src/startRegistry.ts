import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '@credatlas/model';
import type { Log } from '@credatlas/ports';
import { z } from 'zod';

const startLine = z.object({ origin: z.url(), community: z.string(), envelopes: z.number() });

/** It builds its market before it says where it is; a busy machine may take a while. */
const startMs = 120_000;
const endMs = 5_000;

export interface RunningRegistry {
  origin: string;
  community: string;
  envelopes: number;
  end(): Promise<void>;
}

/**
 * Starts the registry service with the sample market, in a process of its own on a port of its own. It ends with `end()`, and by
 * itself when this process is gone, since its standard input closes. Throws UnavailableError when it does not start.
 */
export async function startRegistry({ log, signal }: { log: Log; signal: AbortSignal }): Promise<RunningRegistry> {
  const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@credatlas/registry-service')));
  const child = spawn(process.execPath, [main, '--market', '--port', '0'], { stdio: ['pipe', 'pipe', 'pipe'] });
  createInterface(child.stderr).on('line', (line) => log.debug('sample registry says', { line }));
  try {
    return { ...(await firstLine(child, signal)), end: () => end(child) };
  } catch (error) {
    await end(child);
    signal.throwIfAborted();
    throw error;
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function firstLine(child: Child, signal: AbortSignal): Promise<z.infer<typeof startLine>> {
  const given = { signal: AbortSignal.any([signal, AbortSignal.timeout(startMs)]) };
  const lines = createInterface(child.stdout);
  const line = once(lines, 'line', given).then(([text]) => String(text));
  const gone = once(child, 'exit', given).then(([code]) => `it ended with ${code}`);
  try {
    const text = await Promise.race([line, gone]);
    return startLine.parse(JSON.parse(text));
  } catch (cause) {
    throw new UnavailableError(
      'sample_registry_unavailable',
      'The sample registry did not start; LOG_LEVEL=debug shows what it said. Start again, or set SAMPLE=false.',
      { cause },
    );
  }
}

async function end(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.stdin.end();
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), endMs);
  await gone;
  clearTimeout(late);
}
