import { describe } from 'vitest';
import { searchEngineContract } from '../contracts/searchEngine.ts';
import { elasticsearchUrl, mergeAway, openElastic } from './openElastic.ts';

describe.skipIf(elasticsearchUrl === '')('on a real node', () => {
  searchEngineContract('Elasticsearch', async () => openElastic(), {
    randomRuns: 12,
    randomSeed: 1,
    settle: mergeAway,
  });
});
