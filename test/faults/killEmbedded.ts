import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Dice } from '../contracts/generatedMarket.ts';
import { answersOf } from './answersOf.ts';
import { changesBetween } from './changeLog.ts';
import { answersAt, openEmbedded } from './openEmbedded.ts';

const writer = fileURLToPath(new URL('writerProcess.ts', import.meta.url));

/** What the killed process was at: it had begun this and not acknowledged it. */
export const activities = ['upserts', 'seal', 'rebuild', 'swap'] as const;
type Activity = (typeof activities)[number];

/** One life of the writer and what was found after it. */
export interface Life {
  during: Activity;
  /** Change sequence that was acknowledged as applied, as sealed, and found in the files. */
  applied: number;
  sealed: number;
  found: number;
  /** Sealed, but not in the files; or answers other than those of a fresh rebuild after the replay. */
  faults: string[];
}

/**
 * Kills a writer again and again (SIGKILL) at moments that the seed decides, each time in another activity, and looks at what is left:
 * nothing that was acknowledged as durable may be missing, and after the replay answers equal those of a fresh rebuild.
 */
export async function* killedLives(seed: number, kills: number): AsyncIterable<Life> {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-killed-'));
  const dice = new Dice(seed);
  let applied = 0;
  let sealed = 0;
  try {
    for (let life = 0; life < kills; life++) {
      const acknowledged = await liveAndDie({ folder, seed, applied, life, dice });
      applied = Math.max(applied, acknowledged.applied);
      sealed = Math.max(sealed, acknowledged.sealed);
      const { found, faults } = await inspected({ folder, seed, applied, sealed });
      // The store never falls behind its index.
      applied = Math.max(applied, found);
      yield { during: acknowledged.during, applied, sealed, found, faults };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Start {
  folder: string;
  seed: number;
  applied: number;
  life: number;
  dice: Dice;
}

async function liveAndDie(start: Start): Promise<{ during: Activity; applied: number; sealed: number }> {
  const { folder, seed, applied, life, dice } = start;
  const given = [writer, folder, seed, applied, life].map(String);
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  const target = activities[life % activities.length]!;
  // The second or third time it is at it, and a moment into it: a seal of this size takes some milliseconds.
  let times = 1 + dice.below(2);
  const moment = dice.below(12);
  const state = { during: 'upserts' as Activity, applied: 0, sealed: 0 };
  for await (const line of createInterface(child.stdout)) {
    const [what = '', number] = line.split(' ');
    if (number === undefined) state.during = what as Activity;
    else {
      state.during = 'upserts';
      state.applied = Number(number);
      if (what !== 'applied') state.sealed = Number(number);
    }
    if (what === (target === 'upserts' ? 'applied' : target) && times-- === 0)
      setTimeout(() => child.kill('SIGKILL'), moment);
  }
  await gone;
  return state;
}

async function inspected(
  given: Omit<Start, 'life' | 'dice'> & { sealed: number },
): Promise<Pick<Life, 'found' | 'faults'>> {
  const { folder, seed, applied, sealed } = given;
  const engine = openEmbedded({ folder, writable: false });
  const { seq: found } = await engine.info();
  await engine.apply(changesBetween(seed, found, applied), applied);
  const isEqual = (await answersOf(engine)) === (await answersAt(seed, Math.max(found, applied)));
  await engine.close();
  const faults = [
    ...(found < sealed ? [`sealed up to ${sealed}, found up to ${found}`] : []),
    ...(isEqual ? [] : ['answers differ from those of a fresh rebuild']),
  ];
  return { found, faults };
}
