import { workerData } from 'node:worker_threads';
import { SegmentKeeper, type SegmentKeeperOptions } from '../segment/SegmentKeeper.ts';
import { remoteLog, serve } from './serve.ts';

export type KeeperData = Pick<SegmentKeeperOptions, 'folder'>;

serve(new SegmentKeeper({ ...(workerData as KeeperData), log: remoteLog() }));
