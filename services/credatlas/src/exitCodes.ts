/** What the process ends with (`interface` §3). */
export const exitCodes = {
  done: 0,
  /** Finished, but some records were refused, or what was asked for is not there. */
  problems: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Something outside failed: a source, the store, another process that holds a lock. */
  neighbour: 3,
  /** Interrupted; the next run goes on. */
  interrupted: 130,
} as const;

/** The same for an answer of the API. */
export function exitCodeOfStatus(status: number): number {
  if (status < 400) return exitCodes.done;
  if (status === 404 || status === 410) return exitCodes.problems;
  return status < 500 ? exitCodes.usage : exitCodes.neighbour;
}
