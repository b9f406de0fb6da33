import { firstMoment, lastMoment, type SavedQuery } from '@credatlas/model';
import type { HistoryReader } from '@credatlas/ports';
import { parameterFault } from '../parameterFault.ts';

/** A state of the store to compare with. */
export interface Since {
  seq: number;
  /** The day that what depends on the calendar was judged on. */
  day: string;
}

/**
 * The state that `since=` names, as `readState` reads it; unless given, when the query was saved.
 */
export async function readSince(
  history: HistoryReader,
  given: { text: string | undefined; saved: SavedQuery; until: number; now: number },
): Promise<Since> {
  const { text, saved, until, now } = given;
  if (text !== undefined) return readState(history, { parameter: 'since', text, until, now });
  return reached(history, { seq: saved.seq, day: dayOf(Date.parse(saved.savedAt)) }, 'since');
}

/** Codes of what cannot be read. */
const malformedCodes = { since: 'malformed_since', asOf: 'malformed_as_of' } as const;
type StateParameter = keyof typeof malformedCodes;

/**
 * A state by change sequence, moment, day or month: of what changed since a day, its beginning; of how things stood on a day, its end.
 * Throws InvalidInputError `malformed_since` or `malformed_as_of`, or `history_does_not_reach` with the earliest state that is known.
 */
export async function readState(
  history: HistoryReader,
  given: { parameter: StateParameter; text: string; until: number; now: number },
): Promise<Since> {
  const { parameter, text, until, now } = given;
  const malformed = (detail: string, suggestion?: string): Error =>
    parameterFault(malformedCodes[parameter], { parameter, detail, suggestion });
  const first = momentOf(text);
  if (first !== undefined) {
    if (first > now) throw malformed('It lies in the future.');
    const moment = parameter === 'asOf' && !text.includes('T') ? Math.min(lastMoment(text) ?? first, now) : first;
    const seq = await history.seqAt(moment);
    if (seq === undefined) throw await outOfReach(history, parameter);
    if (seq === 0 && parameter === 'asOf') throw unreached(parameter, 'The store held nothing yet then.');
    return reached(history, { seq, day: dayOf(moment) }, parameter);
  }
  if (!/^\d{1,15}$/.test(text)) throw malformed(`"${text}" is neither a change sequence nor a day.`, '2026-01-31');
  const seq = Number(text);
  if (seq > until) throw malformed(`Change ${seq} is still to come; the last one is ${until}.`);
  return reached(history, { seq, day: dayOf((await history.momentOf(seq)) ?? now) }, parameter);
}

/** Digits alone are a change sequence, so that a year is none here. */
function momentOf(text: string): number | undefined {
  if (/^\d{4}-\d{2}(-\d{2})?$/.test(text)) {
    const first = firstMoment(text);
    // Date.UTC takes the 31st of February for a day of March.
    return first !== undefined && new Date(first).toISOString().startsWith(text) ? first : undefined;
  }
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const instant = isInstant ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

async function reached(history: HistoryReader, since: Since, parameter: StateParameter): Promise<Since> {
  if (since.seq < (await history.reachesBackTo())) throw await outOfReach(history, parameter);
  return since;
}

async function outOfReach(history: HistoryReader, parameter: StateParameter): Promise<Error> {
  const earliest = await history.reachesBackTo();
  return unreached(parameter, `What was before change ${earliest} is not kept.`, String(earliest));
}

function unreached(parameter: StateParameter, detail: string, suggestion?: string): Error {
  return parameterFault('history_does_not_reach', { parameter, detail, suggestion });
}
