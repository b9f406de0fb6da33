import { type Invocation, invokeRoute } from '@credatlas/http-express';
import { Dice } from '../Dice.ts';
import type { Line } from '../Line.ts';
import { percentile } from '../percentile.ts';
import { skills } from '../search/market.ts';
import { Zipf } from '../search/Zipf.ts';
import { ctidOf, labelOf } from './marketCredential.ts';
import { type Answers, clock, log, publicUrl } from './openAnswers.ts';
import type { Ties } from './Ties.ts';

/** Questions of each kind: enough that the 95th percentile rests on ten. */
const questions = 220;
/** The first ones compile the code. */
const warmUps = 20;

interface Question {
  name: string;
  atMostMs?: number;
  ask(dice: Dice): Pick<Invocation, 'path' | 'query'>;
}

const filters = ['', '', 'cost:<5000', 'family:certificate|degree', 'region:NJ|NY|PA', 'cost:<10000,days:<=365'];

/** Names of different skills, popular ones as often as they are popular. */
function skillNames(dice: Dice, count: number): string {
  const names = new Set<string>();
  while (names.size < count) names.add(labelOf(skills[ranks.draw(dice)]!.key));
  return [...names].join('|');
}

const ranks = new Zipf(skills.length, 0.8);

function skillQuestions(): Question[] {
  const bundle = (name: string, query: (dice: Dice) => Record<string, string>): Question => ({
    name,
    ask: (dice) => ({ path: '/v1/bundles', query: { ...query(dice), filter: dice.one(filters) } }),
  });
  return [
    {
      name: 'coverage of 3 to 8 skills',
      atMostMs: 20,
      ask: (dice) => {
        const [names, min] = [skillNames(dice, 3 + dice.below(6)), 1 + dice.below(3)];
        return { path: '/v1/coverage', query: { skills: names, min: String(min), filter: dice.one(filters) } };
      },
    },
    ...['cost', 'days', 'count'].map((objective) => ({
      ...bundle(`bundle of 8 skills by ${objective}`, (dice) => ({ skills: skillNames(dice, 8), objective })),
      atMostMs: 200,
    })),
    bundle('bundle of 24 skills', (dice) => ({ skills: skillNames(dice, 24) })),
  ];
}

function credentialQuestions(size: number): Question[] {
  return [
    {
      name: 'comparison of ten',
      atMostMs: 15,
      ask: (dice) => {
        const first = dice.below(size);
        // A prime apart, so that they are ten different ones.
        const ids = Array.from({ length: 10 }, (_, nth) => ctidOf((first + nth * 7_919) % size));
        return { path: '/v1/compare', query: { ids: ids.join(',') } };
      },
    },
    {
      name: 'similar to one',
      atMostMs: 50,
      ask: (dice) => ({ path: `/v1/credentials/${ctidOf(dice.below(size))}/similar` }),
    },
  ];
}

function pathwayQuestions(ties: Ties): Question[] {
  const one = (dice: Dice): string => ctidOf(ties.one(dice));
  const ends: [name: string, ends: (dice: Dice) => Record<string, string>][] = [
    ['pathways out of one', (dice) => ({ from: one(dice) })],
    ['pathways into one', (dice) => ({ to: one(dice) })],
    ['pathways into a hub', (dice) => ({ to: ctidOf(ties.hub(dice)) })],
    ['pathways between two', (dice) => ({ from: one(dice), to: one(dice) })],
  ];
  return ends.map(([name, query]) => ({
    name,
    atMostMs: 50,
    ask: (dice) => ({ path: '/v1/pathways', query: query(dice) }),
  }));
}

/** The 95th percentile of each kind of question, in milliseconds of wall time. */
export async function answerLines(
  { routes }: Answers,
  given: { size: number; ties: Ties; only: string; say(text: string): void },
): Promise<Line[]> {
  const { size, ties, only, say } = given;
  const lines: Line[] = [];
  for (const { name, atMostMs, ask } of [
    ...skillQuestions(),
    ...credentialQuestions(size),
    ...pathwayQuestions(ties),
  ]) {
    if (!name.includes(only)) continue;
    say(name);
    const dice = new Dice(11);
    const took: { wallMs: number; processorMs: number }[] = [];
    for (let asked = 0; asked < questions; asked++) {
      const invocation = ask(dice);
      const [startedAt, before] = [performance.now(), process.cpuUsage()];
      const { status, body } = await invokeRoute(routes, invocation, { log, clock, publicUrl });
      const { user, system } = process.cpuUsage(before);
      if (status !== 200) throw new TypeError(`${JSON.stringify(invocation)}: ${status} ${body}`);
      if (asked >= warmUps) took.push({ wallMs: performance.now() - startedAt, processorMs: (user + system) / 1_000 });
    }
    const [wall, processor] = [took.map(({ wallMs }) => wallMs), took.map(({ processorMs }) => processorMs)];
    lines.push({
      name: `${name}, p95 in ms`,
      value: percentile(wall, 0.95),
      ...(atMostMs === undefined ? {} : { atMost: atMostMs }),
      note: `median ${percentile(wall, 0.5).toFixed(1)}, longest ${percentile(wall, 1).toFixed(0)}; of processor time ${percentile(processor, 0.95).toFixed(1)}`,
    });
  }
  return lines;
}
