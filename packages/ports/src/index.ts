export type * from './envelopes.ts';
export type * from './fetcher.ts';
export type * from './graphs.ts';
export type * from './lock.ts';
export type * from './records.ts';
export type * from './route.ts';
export type * from './searchEngine.ts';
export type * from './surroundings.ts';
