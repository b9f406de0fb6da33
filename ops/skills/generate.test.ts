import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { skillTable } from './generate.ts';

const folder = join(process.env.CREDATLAS_TEST_DATA ?? '', 'taxonomies');

describe.skipIf(!process.env.CREDATLAS_TEST_DATA || !existsSync(folder))(
  'the table of skills (skipped without CREDATLAS_TEST_DATA)',
  () => {
    test('is what the script makes of the published lists', () => {
      const shipped = readFileSync(join(import.meta.dirname, '../../packages/skills/generated/skillTable.tsv'), 'utf8');
      expect(skillTable(folder) === shipped).toBe(true);
    });
  },
);
