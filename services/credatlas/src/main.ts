import { runCommandLine } from './commandLine.ts';

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // The first asks for an orderly end, the second does not wait for it.
    if (interrupted.signal.aborted) process.exit(130);
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
