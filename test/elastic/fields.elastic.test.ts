import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invokeRoute } from '@credatlas/http-express';
import { followChanges } from '@credatlas/index';
import type { Route } from '@credatlas/ports';
import { queryRoutes } from '@credatlas/query';
import { afterAll, beforeAll, describe } from 'vitest';
import { fieldDocuments, vettedList } from '../flows/fieldMarket.ts';
import { testFields } from '../flows/fieldQuestions.ts';
import { answerOf, openQueryMarket, publicUrl, type QueryMarket } from '../flows/queryMarket.ts';
import { elasticsearchUrl, log, openElastic } from './openElastic.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-fields-elastic-'));

describe.skipIf(elasticsearchUrl === '')('every filter and facet, answered by Elasticsearch', () => {
  let market: QueryMarket;
  let routes: Route[];
  const elastic = openElastic();
  beforeAll(async () => {
    market = await openQueryMarket(folder, fieldDocuments);
    await market.send(vettedList);
    const { credentials } = market.dependencies;
    await followChanges({ credentials, engine: elastic, log, progress: { report() {} } });
    routes = queryRoutes({ ...market.dependencies, engine: elastic, vocabulary: elastic });
  }, 120_000);
  afterAll(async () => {
    await market.close();
    await elastic.close();
    rmSync(folder, { recursive: true, force: true });
  });

  testFields(async (query) => {
    const { clock } = market.dependencies;
    return answerOf(await invokeRoute(routes, { path: '/v1/credentials', query }, { log, clock, publicUrl }));
  });
});
