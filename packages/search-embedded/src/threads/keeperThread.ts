import { workerData } from 'node:worker_threads';
import { SegmentKeeper } from '../segment/SegmentKeeper.ts';
import { remoteLog, serve } from './serve.ts';

serve(new SegmentKeeper({ folder: (workerData as { folder: string | undefined }).folder, log: remoteLog() }));
