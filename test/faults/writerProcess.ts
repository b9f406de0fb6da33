import { writeSync } from 'node:fs';
import { changesBetween, diceOf, documentsAt, streamed } from './changeLog.ts';
import { openEmbedded } from './openEmbedded.ts';

/**
 * Writes into an index until it is killed: replays what the store has beyond it, then upserts, seals and rebuilds as the dice fall. Says
 * on its standard output what it begins (`seal …`) and what is acknowledged (`sealed 120`): up to this change sequence.
 * Arguments: folder, seed of the change log, where the log stood, number of this life.
 */
const [folder = '', ...numbers] = process.argv.slice(2);
const [seed = 0, storeSeq = 0, life = 0] = numbers.map(Number);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const engine = openEmbedded({ folder, searchThreads: 1, sealAt: 60 });
const dice = diceOf(seed, life);
let { seq } = await engine.info();
say(`opened ${seq}`);

for (let upTo = storeSeq; ; upTo = seq + 1 + dice.below(30)) {
  await engine.apply(changesBetween(seed, seq, upTo), upTo);
  seq = Math.max(seq, upTo);
  say(`applied ${seq}`);
  const next = dice.below(10);
  if (next < 4) await seal();
  else if (next < 7) await rebuild();
}

async function seal(): Promise<void> {
  say('seal');
  await engine.seal();
  say(`sealed ${seq}`);
}

async function rebuild(): Promise<void> {
  const documents = documentsAt(seed, seq);
  say('rebuild');
  const expected = async (): Promise<number> => {
    say('swap');
    return documents.length;
  };
  await engine.rebuild(streamed(documents), { seq, expected });
  say(`rebuilt ${seq}`);
}
