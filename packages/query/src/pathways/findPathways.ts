import { lastMoment } from '@credatlas/model';
import type { QueryContext } from '../dependencies.ts';
import { judgementOf } from '../judgement.ts';
import { bestFirst, type Chain } from './Chain.ts';
import { chainsOf, type Ends, endsOf } from './ends.ts';
import type { Verdict } from './judged.ts';
import { type Node, nameOf } from './Node.ts';
import { StepFinder } from './StepFinder.ts';
import type { PathwayList } from './schemas.ts';
import { conflictIn } from './steps.ts';
import { broughtInAll, madeOf } from './totals.ts';
import { endOf, writtenAnswers, writtenConflict, writtenEnd, writtenTotal } from './written.ts';

/** Answers shown (interface.md §4). */
const maxAnswers = 200;

export interface PathwayQuestion {
  from?: string | undefined;
  to?: string | undefined;
  on?: string | undefined;
  hops: number;
  /** Months within which an agreement ends. */
  lapsing?: number | undefined;
}

/**
 * What counts toward what, by interface.md §4 "Pathway verdicts": out of one thing, into another, or from one to the other; an
 * organization stands for what it owns or offers. Throws InvalidInputError when neither end is given or both are the same,
 * NotFoundError or WithdrawnError for an end that is not there.
 */
export async function findPathways(
  given: Pick<QueryContext, 'credentials' | 'engine' | 'clock' | 'staleAfterMonths'>,
  question: PathwayQuestion,
): Promise<PathwayList> {
  const { hops, lapsing } = question;
  const { on, day } = judgementOf(
    { on: question.on },
    { now: given.clock.now(), staleAfterMonths: given.staleAfterMonths },
  );
  const finder = new StepFinder({ credentials: given.credentials, on });
  const ends = await endsOf(given, question, finder);
  const found = await chainsOf(given, finder, { ...ends, hops });
  const until = lapsing === undefined ? undefined : monthsAfter(on, lapsing);
  const wanted = until === undefined ? found.chains : found.chains.filter((chain) => isLapsing(chain, until));
  const all = bestFirst(wanted);
  const shown = all.slice(0, maxAnswers);
  const isCut = found.isCut || shown.length < all.length;
  // What is stated and does not end in time is no less stated.
  const isUnstated = found.chains.length === 0;
  const answers =
    isUnstated && ends.from && ends.to ? [none(ends.from.node, ends.to.node, hops)] : writtenAnswers(shown);
  return {
    meta: {
      on: day,
      from: ends.from ? writtenEnd(ends.from.node) : null,
      to: ends.to ? writtenEnd(ends.to.node) : null,
      hops,
      lapsing: lapsing ?? null,
      total: isUnstated ? answers.length : all.length,
      verdicts: countsOf(isUnstated ? answers : all),
      truncated: isCut,
      warnings: found.isCut ? ['More is joined here than one answer follows; what lies beyond is left out.'] : [],
    },
    answers,
    total: isIntoOne(ends) ? totals(finder, wanted) : null,
    conflicts: conflictsIn(shown).map(writtenConflict),
  };
}

/** Credit toward different things does not add up. */
function isIntoOne({ from, to }: Ends): boolean {
  return to !== undefined && !to.owner && (from === undefined || from.owner !== undefined);
}

function none(from: Node, to: Node, hops: number): PathwayList['answers'][number] {
  const within = hops === 1 ? 'in one step' : `within ${hops} steps`;
  const why = `No stored record says that ${nameOf(from)} counts toward ${nameOf(to)} ${within}.`;
  return { verdict: 'miss', steps: [], credit: null, why: [why] };
}

/** The last millisecond of the day so many months later; the last day of a shorter month. */
function monthsAfter(on: number, months: number): number {
  const day = new Date(on);
  const wanted = day.getUTCDate();
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(wanted, last.getUTCDate()));
  return last.getTime() + 86_399_999;
}

/** Holds on the day, and no more after that one. */
function isLapsing({ steps, verdict }: Chain, until: number): boolean {
  return (
    verdict !== 'miss' &&
    steps.some((step) => {
      const end = endOf(step);
      return end !== undefined && (lastMoment(end) ?? Number.POSITIVE_INFINITY) <= until;
    })
  );
}

function totals(finder: StepFinder, chains: readonly Chain[]): NonNullable<PathwayList['total']> {
  const matches = chains.filter(({ verdict }) => verdict === 'match');
  const possible = chains.filter(({ verdict }) => verdict !== 'miss');
  const written = (count: typeof madeOf) => writtenTotal(count(finder, matches), count(finder, possible));
  return { brought: written(broughtInAll), madeOf: written(madeOf) };
}

function countsOf(chains: readonly { verdict: Verdict }[]): PathwayList['meta']['verdicts'] {
  const counts = { match: 0, maybe: 0, miss: 0 };
  for (const { verdict } of chains) counts[verdict]++;
  return counts;
}

/** Of the steps that are shown, each once. */
function conflictsIn(chains: readonly Chain[]) {
  return [...new Set(chains.flatMap(({ steps }) => steps))].flatMap((step) => conflictIn(step) ?? []);
}
