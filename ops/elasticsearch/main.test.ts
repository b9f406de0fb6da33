import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Nothing listens on the port of `discard` here. */
const nowhere = 'http://127.0.0.1:9';

test.each<[string[], Record<string, string>, number, string]>([
  [[], {}, 2, 'Usage: node ops/run.mjs elastic start'],
  [['begin'], {}, 2, 'Usage: node ops/run.mjs elastic start'],
  [['start', '--node', '3'], {}, 2, "Unknown option '--node'"],
  [['start', '--nodes', '9'], {}, 2, '--nodes is 9; 1 to 5 can be started.'],
  [['start', '--nodes', 'three'], {}, 2, '--nodes is three'],
  [['start'], { ELASTICSEARCH_URL: nowhere }, 3, `Nothing answers at ELASTICSEARCH_URL, which is ${nowhere}.`],
])('elastic %j %o ends with %i and says why', (words, env, code, said) => {
  const { ELASTICSEARCH_URL: _, ...rest } = process.env;
  const given = { env: { ...rest, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), ...words],
    given,
  );
  expect([status, stdout]).toEqual([code, '']);
  expect(stderr).toContain(said);
});
