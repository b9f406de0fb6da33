import { firstMoment, type SavedQuery } from '@credatlas/model';
import type { HistoryReader } from '@credatlas/ports';
import { parameterFault } from '../parameterFault.ts';

/** A state of the store to compare with. */
export interface Since {
  seq: number;
  /** The day that what depends on the calendar was judged on. */
  day: string;
}

/**
 * The state that `since=` names: a change sequence, or a moment or day (its beginning). Unless given, when the query was saved. Throws
 * InvalidInputError `malformed_since`, or `history_does_not_reach` with the earliest state that is known.
 */
export async function readSince(
  history: HistoryReader,
  given: { text: string | undefined; saved: SavedQuery; until: number; now: number },
): Promise<Since> {
  const { text, saved, until, now } = given;
  const moment = text === undefined ? undefined : momentOf(text);
  if (moment !== undefined) {
    if (moment > now) throw fault('malformed_since', 'It lies in the future.');
    const seq = await history.seqAt(moment);
    if (seq === undefined) throw await outOfReach(history);
    return reached(history, { seq, day: dayOf(moment) });
  }
  const seq = text === undefined ? saved.seq : Number(text);
  if (text !== undefined && !/^\d{1,15}$/.test(text))
    throw fault('malformed_since', `"${text}" is neither a change sequence nor a day.`, '2026-01-31');
  if (seq > until) throw fault('malformed_since', `Change ${seq} is still to come; the last one is ${until}.`);
  const at = text === undefined ? Date.parse(saved.savedAt) : await history.momentOf(seq);
  return reached(history, { seq, day: dayOf(at ?? now) });
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

async function reached(history: HistoryReader, since: Since): Promise<Since> {
  if (since.seq < (await history.reachesBackTo())) throw await outOfReach(history);
  return since;
}

async function outOfReach(history: HistoryReader): Promise<Error> {
  const earliest = await history.reachesBackTo();
  return fault('history_does_not_reach', `What was before change ${earliest} is not kept.`, String(earliest));
}

function fault(code: string, detail: string, suggestion?: string): Error {
  return parameterFault(code, { parameter: 'since', detail, suggestion });
}
