/** One thing to be measured: does its work over the whole corpus. */
export type Work = () => void | Promise<void>;

/**
 * CPU microseconds (user and system, all threads) of each work: median of `rounds` rounds in which all take their turn, after
 * `warmUps` unmeasured ones. Interleaved, so that whatever else the machine does falls on all alike.
 */
export async function interleaved(
  works: Readonly<Record<string, Work>>,
  { rounds, warmUps }: { rounds: number; warmUps: number },
): Promise<Record<string, number>> {
  const taken = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      if (round >= warmUps) taken.get(name)!.push(user + system);
    }
  }
  return Object.fromEntries([...taken].map(([name, times]) => [name, median(times)]));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
