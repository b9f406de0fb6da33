import { lastMoment } from '@credatlas/model';
import type { CredentialReader } from '@credatlas/ports';
import type { QueryContext } from '../dependencies.ts';
import { findCredential } from '../findCredential.ts';
import { judgementOf } from '../judgement.ts';
import { parameterFault } from '../parameterFault.ts';
import { bestFirst, type Chain } from './Chain.ts';
import { findChains } from './findChains.ts';
import { type Node, nameOf } from './Node.ts';
import { StepFinder } from './StepFinder.ts';
import type { PathwayList } from './schemas.ts';
import { conflictIn } from './steps.ts';
import { broughtInAll, madeOf } from './totals.ts';
import { endOf, writtenAnswer, writtenConflict, writtenEnd, writtenTotal } from './written.ts';

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
 * What counts toward what, by interface.md §4 "Pathway verdicts": out of one thing, into another, or from one to the other. Throws
 * InvalidInputError when neither end is given or both are the same, NotFoundError or WithdrawnError for an end that is not there.
 */
export async function findPathways(
  given: Pick<QueryContext, 'credentials' | 'clock' | 'staleAfterMonths'>,
  question: PathwayQuestion,
): Promise<PathwayList> {
  const { hops, lapsing } = question;
  const { on, day } = judgementOf(
    { on: question.on },
    { now: given.clock.now(), staleAfterMonths: given.staleAfterMonths },
  );
  const finder = new StepFinder({ credentials: given.credentials, on });
  const ends = await endsOf(given, question, finder);
  const found = await findChains(finder, { ...ends, hops });
  const until = lapsing === undefined ? undefined : monthsAfter(on, lapsing);
  const wanted = until === undefined ? found.chains : found.chains.filter((chain) => isLapsing(chain, until));
  const all = bestFirst(wanted);
  const shown = all.slice(0, maxAnswers);
  const isCut = found.isCut || shown.length < all.length;
  return {
    meta: {
      on: day,
      from: ends.from ? writtenEnd(ends.from) : null,
      to: ends.to ? writtenEnd(ends.to) : null,
      hops,
      lapsing: lapsing ?? null,
      total: all.length,
      verdicts: countsOf(all),
      truncated: isCut,
      warnings: found.isCut ? ['More is joined here than one answer follows; what lies beyond is left out.'] : [],
    },
    answers: shown.length === 0 && ends.from && ends.to ? [none(ends.from, ends.to, hops)] : shown.map(writtenAnswer),
    total: ends.to && !ends.from ? totals(finder, wanted) : null,
    conflicts: conflictsIn(shown).map(writtenConflict),
  };
}

async function endsOf(
  given: { credentials: CredentialReader },
  { from, to }: PathwayQuestion,
  finder: StepFinder,
): Promise<{ from: Node | undefined; to: Node | undefined }> {
  if (from === undefined && to === undefined)
    throw parameterFault('missing_parameter', {
      parameter: 'from',
      detail: 'A pathway is asked for from something, to something, or both. Give from=, to=, or both.',
      suggestion: 'from=ce-…',
    });
  const node = async (name: 'from' | 'to', identity: string | undefined): Promise<Node | undefined> =>
    identity === undefined ? undefined : finder.start(await findCredential(given, identity, name));
  const ends = { from: await node('from', from), to: await node('to', to) };
  if (ends.from && ends.from.key === ends.to?.key)
    throw parameterFault('invalid_parameter', { parameter: 'to', detail: 'It is the same as from.' });
  return ends;
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

function countsOf(chains: readonly Chain[]): PathwayList['meta']['verdicts'] {
  const counts = { match: 0, maybe: 0, miss: 0 };
  for (const { verdict } of chains) counts[verdict]++;
  return counts;
}

/** Of the steps that are shown, each once. */
function conflictsIn(chains: readonly Chain[]) {
  return [...new Set(chains.flatMap(({ steps }) => steps))].flatMap((step) => conflictIn(step) ?? []);
}
