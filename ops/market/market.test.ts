import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factTables } from './build.ts';

const shared = process.env.CREDATLAS_TEST_DATA ?? '';

describe.skipIf(shared === '' || !existsSync(shared))('the fact tables (skipped without CREDATLAS_TEST_DATA)', () => {
  test('are what the script makes of the public tables, and carry no tax or business numbers', () => {
    for (const [file, text] of factTables(shared)) {
      expect(readFileSync(join(import.meta.dirname, '..', '..', 'services', 'registry', 'facts', file), 'utf8')).toBe(
        text,
      );
      expect(text.split('\n')[0]).not.toMatch(/ein|duns|description|definition|phone|mail/i);
    }
  });
});
