import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const allowedTop = new Set([
  '.ci',
  '.github',
  '.gitignore',
  'biome.json',
  'compose.yaml',
  'knip.json',
  'LICENSE',
  'NOTICE',
  'README.md',
  'ops',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'services',
  'test',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
]);

/** Tracked things at the top that the house does not know. */
export function topFaults(root: string): string[] {
  const tracked = execFileSync('git', ['ls-tree', '--name-only', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return tracked
    .split('\n')
    .filter((name) => name !== '' && !allowedTop.has(name))
    .map((name) => `${name} stands at the top of the repository; find it a room`);
}

/** The lock file must install anywhere: no address of a registry, no tarball, no path. */
export function lockFileFaults(root: string): string[] {
  return readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
    .split('\n')
    .filter((line) => /tarball:|https?:\/\/|['" ]file:/.test(line))
    .map((line) => `pnpm-lock.yaml names an address: ${line.trim()}`);
}
