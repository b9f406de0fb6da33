import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ExportFolder } from './ExportFolder.ts';
import type { Export } from './schemas.ts';

const path = mkdtempSync(join(tmpdir(), 'credatlas-export-folder-'));
afterAll(() => rmSync(path, { recursive: true }));

function described(id: string, rows: number): Export {
  return { id, state: 'queued', rows } as unknown as Export;
}

test('descriptions of one export that come at once are written one after the other, and the last counts', async () => {
  const folder = new ExportFolder(path);
  const id = '11111111-1111-4111-8111-111111111111';
  await Promise.all(Array.from({ length: 50 }, (_, rows) => folder.describe(described(id, rows))));
  expect(readdirSync(path)).toEqual([`${id}.json`]);
  const { default: kept } = await import(join(path, `${id}.json`), { with: { type: 'json' } });
  expect(kept).toMatchObject({ id, rows: 49 });
});

test('a folder that does not take a description is told of, and the next one is tried again', async () => {
  const gone = join(path, 'gone');
  const folder = new ExportFolder(gone);
  const id = '22222222-2222-4222-8222-222222222222';
  await expect(folder.describe(described(id, 1))).rejects.toMatchObject({ code: 'export_not_written' });
  await folder.read();
  await folder.describe(described(id, 2));
  expect(readdirSync(gone)).toEqual([`${id}.json`]);
});
