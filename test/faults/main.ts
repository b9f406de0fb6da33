import { parseArgs } from 'node:util';
import { activities, killedLives, type Life } from './killEmbedded.ts';

/** `npm run faults -- --kills 60 --seed 1`: kills a writing process again and again and tells what was found after each kill. */
const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const [kills, seed] = [Number(values.kills ?? 60), Number(values.seed ?? 1)];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const startedAt = performance.now();
const lives: Life[] = [];
for await (const life of killedLives(seed, kills)) {
  lives.push(life);
  const { during, applied, sealed, found, faults } = life;
  say(
    `${lives.length}: in ${during}; acknowledged ${applied}, durable ${sealed}, found ${found}: ${faults.join('; ') || 'whole'}`,
  );
}
const broken = lives.filter(({ faults }) => faults.length > 0).length;
const where = activities.map((each) => `${lives.filter(({ during }) => during === each).length} in ${each}`).join(', ');
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
say(`${lives.length} kills (${where}), seed ${seed}, ${seconds} s: ${broken} with a fault`);
process.exitCode = broken > 0 ? 1 : 0;
