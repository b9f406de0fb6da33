// Plain JavaScript for Node 18 and newer: puts the dependencies (and the pinned Node) in place, then hands over to the command.
// Usage: node ops/run.mjs credatlas ARG… | node FILE ARG… | elastic start, stop or status | BIN ARG…
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const PNPM = 'pnpm@12.21.0';

function contentOf(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

function installed() {
  return existsSync(bin) && contentOf('pnpm-lock.yaml') === contentOf('node_modules/.pnpm/lock.yaml');
}

if (!installed()) {
  process.stderr.write('Installing dependencies (first start only)…\n');
  const install = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    process.stderr.write('The dependencies could not be installed; see the lines above.\n');
    process.exit(install.status ?? 1);
  }
}

const [name, ...rest] = process.argv.slice(2);
const bundledNode = join(bin, 'node');
const node = existsSync(bundledNode) ? bundledNode : process.execPath;
if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Credatlas needs Node 24 or newer; this is ${process.version} and the bundled one could not be installed.\n`,
  );
  process.exit(1);
}
const commands = {
  // Room for what a batch makes and drops: with the usual 16 MB, collecting threads of two processes side by side wait for one another
  // (a fifth of the work of a CPU second, test/bench/partitionLines.ts).
  credatlas: [node, '--max-semi-space-size=32', join(root, 'services', 'credatlas', 'src', 'main.ts')],
  node: [node],
  elastic: [node, join(root, 'ops', 'elasticsearch', 'main.ts')],
};
const [executable, ...first] = commands[name] ?? [join(bin, name)];
const child = spawn(executable, [...first, ...rest], {
  cwd: name === 'credatlas' ? (process.env.INIT_CWD ?? process.cwd()) : root,
  stdio: 'inherit',
  // `npm start` shows the sample market unless told otherwise.
  env: {
    ...(process.env.npm_lifecycle_event === 'start' ? { SAMPLE: 'true' } : {}),
    // Compiled modules are kept: a command starts in two thirds of the time.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
    ...process.env,
    PATH: bin + delimiter + process.env.PATH,
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${executable} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
