import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process id of the server that was started in this folder; undefined when it no longer runs. */
export function serverPid(folder: string): number | undefined {
  const file = join(folder, 'pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  return Number.isInteger(pid) && pid > 0 && isServer(pid, folder) ? pid : undefined;
}

/** Ends the server of this folder and waits until it is gone. `SIGKILL` leaves it no time for anything. */
export async function endServer(folder: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const pid = serverPid(folder);
  if (pid === undefined) return;
  process.kill(pid, signal);
  while (serverPid(folder) === pid) await sleep(50);
}

/** Where the system tells (Linux), a number that was given to another process meanwhile is noticed: its command line is another. */
function isServer(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self') || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}
