import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedFiles } from './generate.ts';

const schema = join(process.env.CREDATLAS_TEST_DATA ?? '', 'ctdl-schema');

describe.skipIf(!process.env.CREDATLAS_TEST_DATA || !existsSync(schema))(
  'the vocabulary tables (skipped without CREDATLAS_TEST_DATA)',
  () => {
    test('are what the script makes of the published schema', () => {
      for (const [file, text] of generatedFiles(schema)) {
        expect(
          readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8') === text,
          `${file} is up to date`,
        ).toBe(true);
      }
    });
  },
);
