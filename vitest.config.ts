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
};

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
          // Much of a test's time passes in servers that it has started, so two run side by side even on two cores.
          maxWorkers: Math.max(2, Math.min(4, availableParallelism() - 1)),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'elastic',
          globalSetup: 'test/elastic/nodeForTests.ts',
          // With CREDATLAS_ELASTIC=run or =required only. One after the other: clusters of three need the machine to themselves.
          include: process.env.CREDATLAS_ELASTIC ? ['test/**/*.elastic.test.ts'] : [],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
