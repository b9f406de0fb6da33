import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openQueryMarket, type QueryMarket } from './queryMarket.ts';

/** A market in a folder of its own for all tests of a file; both are gone after them. */
export async function marketOfFile(documents: Parameters<typeof openQueryMarket>[1]): Promise<QueryMarket> {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-market-'));
  const market = await openQueryMarket(folder, documents);
  afterAll(async () => {
    await market.close();
    rmSync(folder, { recursive: true });
  });
  return market;
}
