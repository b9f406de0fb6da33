import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Types are taken out of a module once and not at each start: --help costs 0.09 s of a core instead of 0.22. Goes without where nothing can be written.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/credatlas'));
const { runCommandLine } = await import('./commandLine.ts');

/** One Ctrl-C may arrive twice: from the terminal, and handed on by whoever started us. */
const sameMs = 1000;

const interrupted = new AbortController();
let interruptedAt = 0;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // The first asks for an orderly end, a later one does not wait for it.
    if (interrupted.signal.aborted && Date.now() - interruptedAt > sameMs) process.exit(130);
    interruptedAt ||= Date.now();
    interrupted.abort(name);
  });
}
// `credatlas search … | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommandLine({
  arguments: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  streams: {
    out: process.stdout,
    error: process.stderr,
    plain: !process.stdout.isTTY || (process.env.NO_COLOR ?? '') !== '',
  },
  signal: interrupted.signal,
});
