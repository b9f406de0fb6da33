export { defaultFetchLimits, type FetchLimits, UndiciFetcher, type UndiciFetcherOptions } from './UndiciFetcher.ts';
