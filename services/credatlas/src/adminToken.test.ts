import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openAdminToken } from './adminToken.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-token-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the first token is handed back once and only its hash is kept', async () => {
  const path = join(folder, 'data', 'admin-token.sha256');
  const first = openAdminToken({ path, configured: undefined });
  expect(first.generated).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const later = openAdminToken({ path, configured: undefined });
  expect(later.generated).toBeUndefined();
  expect(await later.verify(first.generated!)).toEqual({ name: 'admin', mayWrite: true });
  expect(await later.verify(`${first.generated}x`)).toBeUndefined();
});

test('a configured token is the one, and nothing is written', async () => {
  const path = join(folder, 'none');
  const { verify, generated } = openAdminToken({ path, configured: 'a-configured-token-of-ours' });
  expect(generated).toBeUndefined();
  expect(await verify('a-configured-token-of-ours')).toBeDefined();
  expect(() => statSync(path)).toThrow();
});
