import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fieldDocuments, vettedList } from './fieldMarket.ts';
import { testFields } from './fieldQuestions.ts';
import { openQueryMarket, type QueryMarket } from './queryMarket.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-fields-'));
let market: QueryMarket;
beforeAll(async () => {
  market = await openQueryMarket(folder, fieldDocuments);
  await market.send(vettedList);
});
afterAll(async () => {
  await market.close();
  rmSync(folder, { recursive: true });
});

testFields((query) => market.get('/v1/credentials', query));
