import { normalizePartition } from './partition.ts';

// A process of its own: `partitionProcess.ts FROM TO` tells its parent what it took.
const [from = 0, to = 0] = process.argv.slice(2).map(Number);
process.send!(await normalizePartition(from, to));
