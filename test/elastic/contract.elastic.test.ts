import { describe } from 'vitest';
import { marketContract } from '../contracts/marketContract.ts';
import { sampleContract } from '../contracts/sampleContract.ts';
import { searchEngineContract } from '../contracts/searchEngine.ts';
import { elasticsearchUrl, mergeAway, openElastic } from './openElastic.ts';

describe.skipIf(elasticsearchUrl === '')('on a real node', () => {
  searchEngineContract('Elasticsearch', async () => openElastic(), {
    randomRuns: 1,
    marketsAtOnce: 16,
    settle: mergeAway,
  });
  marketContract('Elasticsearch, over the sample market,', async () => openElastic(), {
    market: sampleContract,
    settle: mergeAway,
  });
});
