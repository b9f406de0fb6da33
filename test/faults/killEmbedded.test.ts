import { expect, test } from 'vitest';
import { activities, killedLives } from './killEmbedded.ts';

// `npm run faults` kills at least fifty times; here it is shown to work.
test('killed in upserts, seals, rebuilds and swaps: nothing that was sealed is lost, and answers are those of a fresh rebuild', async () => {
  const lives = await Array.fromAsync(killedLives(5, 8));
  expect(lives).toHaveLength(8);
  for (const life of lives) expect(life).toMatchObject({ faults: [] });
  expect(lives.at(-1)!.found, 'lives go on from one another').toBeGreaterThan(lives[0]!.found);
  // Where exactly a kill lands depends on the machine; in no activity but upserts, nothing would be shown.
  expect(activities.slice(1)).toEqual(
    expect.arrayContaining([expect.toSatisfy((each) => lives.some(({ during }) => during === each))]),
  );
}, 120_000);
