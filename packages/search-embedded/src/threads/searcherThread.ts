import { workerData } from 'node:worker_threads';
import { Searcher } from '../search/Searcher.ts';
import { serve } from './serve.ts';

serve(new Searcher({ now: () => Date.now(), name: (workerData as { name: string }).name }));
