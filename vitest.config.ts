import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './ops/plainReporter.ts';

/** Real documents and tables that tests read and the project does not carry; tests that need them skip without. */
const sharedData = resolve(process.env.CREDATLAS_TEST_DATA ?? '../shared/data');

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'ops/**/*.test.ts', 'test/**/*.test.ts'],
    // With CREDATLAS_ELASTIC=run or =required, what needs a real Elasticsearch too.
    exclude: ['**/node_modules/**', ...(process.env.CREDATLAS_ELASTIC ? [] : ['**/*.elastic.test.ts'])],
    globalSetup: 'test/elastic/nodeForTests.ts',
    env: { CREDATLAS_TEST_DATA: existsSync(sharedData) ? sharedData : '' },
    // Much of a test's time passes in servers that it has started, so two run side by side even on two cores.
    maxWorkers: Math.max(2, Math.min(4, availableParallelism() - 1)),
    // Hanging is what it is against: a loaded machine takes several times as long as an idle one.
    testTimeout: 180_000,
    reporters: [process.env.CI ? 'verbose' : 'default', new PlainReporter()],
  },
});
