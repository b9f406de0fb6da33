import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './ops/plainReporter.ts';

/** Real documents and tables that tests read and the project does not carry; tests that need them skip without. */
const sharedData = resolve(process.env.CREDATLAS_TEST_DATA ?? '../shared/data');

const common = {
  exclude: ['**/node_modules/**'],
  env: { CREDATLAS_TEST_DATA: existsSync(sharedData) ? sharedData : '' },
  // Hanging is what it is against: a loaded machine takes several times as long as an idle one.
  testTimeout: 180_000,
  hookTimeout: 60_000,
};

/** Much of a test's time passes in servers that it has started, so two run side by side even on two cores. */
const sideBySide = Math.max(2, Math.min(4, availableParallelism() - 1));

/** With CREDATLAS_ELASTIC=run or =required only. */
function elastic(name: string, options: { files: string[]; maxWorkers: number; groupOrder: number }) {
  const { files, maxWorkers, groupOrder } = options;
  const include = process.env.CREDATLAS_ELASTIC ? files.map((file) => `test/elastic/${file}.elastic.test.ts`) : [];
  const globalSetup = 'test/elastic/nodeForTests.ts';
  return { test: { ...common, name, include, globalSetup, maxWorkers, sequence: { groupOrder } } };
}

/** These end nodes and wait for clusters of three, which need the machine to themselves. */
const alone = ['cluster', 'clusterServer', 'faults'];

export default defineConfig({
  test: {
    reporters: [process.env.CI ? 'verbose' : 'default', new PlainReporter()],
    projects: [
      {
        test: {
          ...common,
          name: 'here',
          include: [
            'packages/*/src/**/*.test.ts',
            'services/*/src/**/*.test.ts',
            'ops/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: [...common.exclude, '**/*.elastic.test.ts'],
          maxWorkers: sideBySide,
          sequence: { groupOrder: 0 },
        },
      },
      elastic('elastic', { files: [`!(${alone.join('|')})`], maxWorkers: sideBySide, groupOrder: 1 }),
      elastic('cluster', { files: alone, maxWorkers: 1, groupOrder: 2 }),
    ],
  },
});
