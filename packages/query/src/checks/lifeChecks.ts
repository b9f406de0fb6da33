import { type Credential, firstMoment, lastMoment, type Status } from '@credatlas/model';
import { isStaleOn, type Judgement } from '../judgement.ts';
import type { CheckFinding } from './schemas.ts';

/** Ends that are nearer than this are warned of. */
const soonMs = 366 * 86_400_000;

const states: Readonly<Record<Status, readonly [CheckFinding['state'], string]>> = {
  active: ['ok', 'It is active.'],
  probationary: ['warning', 'It is on probation.'],
  developing: ['warning', 'It is still being developed.'],
  ceasing: ['warning', 'It is being phased out.'],
  teachOut: ['warning', 'Only those who have begun can still finish it.'],
  suspended: ['problem', 'It is suspended.'],
  ended: ['problem', 'It has ended.'],
  unknown: ['unknown', 'No status is stated.'],
};

/** Whether it is offered and in force on the day, must be renewed, and has been affirmed lately. */
export function lifeChecks(credential: Credential, judgement: Judgement): CheckFinding[] {
  const { status } = credential;
  const [state, detail] = states[status];
  return [
    { check: 'status', state, detail, paths: status === 'unknown' ? [] : ['/status'] },
    effect(credential, judgement),
    expiry(credential, judgement),
    renewal(credential),
    freshness(credential, judgement),
  ];
}

function effect({ dates }: Credential, { on }: Judgement): CheckFinding {
  const { effective } = dates;
  const found = (state: CheckFinding['state'], detail: string): CheckFinding => ({
    check: 'effect',
    state,
    detail,
    paths: effective ? ['/dates/effective'] : [],
  });
  if (!effective) return found('unknown', 'Since when it is in effect is not stated.');
  return (firstMoment(effective) ?? on) > on
    ? found('problem', `It takes effect only on ${effective}.`)
    : found('ok', `It is in effect since ${effective}.`);
}

function expiry({ dates }: Credential, { on }: Judgement): CheckFinding {
  const { expires } = dates;
  const end = expires === undefined ? undefined : lastMoment(expires);
  const found = (state: CheckFinding['state'], detail: string): CheckFinding => ({
    check: 'expiry',
    state,
    detail,
    paths: expires ? ['/dates/expires'] : [],
  });
  if (end === undefined) return found('unknown', 'No end is stated.');
  if (end < on) return found('problem', `It ended on ${expires}.`);
  return end - on < soonMs ? found('warning', `It ends on ${expires}.`) : found('ok', `It ends on ${expires}.`);
}

function renewal({ renewal: stated }: Credential): CheckFinding {
  if (!stated)
    return { check: 'renewal', state: 'unknown', detail: 'Whether it must be renewed is not stated.', paths: [] };
  const how = [stated.frequency && `every ${stated.frequency}`, stated.text].filter(Boolean).join(': ');
  return { check: 'renewal', state: 'note', detail: `It must be renewed${how && ` (${how})`}.`, paths: ['/renewal'] };
}

function freshness({ freshness: stated, provenance }: Credential, judgement: Judgement): CheckFinding {
  const { affirmed, isFastMoving } = stated;
  const isStale = isStaleOn(stated, judgement);
  const found = (state: CheckFinding['state'], detail: string): CheckFinding => ({
    check: 'freshness',
    state,
    detail: `${detail} Its content is the same since ${provenance.updatedAt.slice(0, 10)}.`,
    paths: affirmed ? ['/freshness'] : [],
  });
  if (isStale === undefined) return found('unknown', 'No date of effect, change or affirmation is stated.');
  if (isStale)
    return found(
      'warning',
      `Its field moves fast, and it was last affirmed on ${affirmed}, more than ${judgement.staleAfterMonths} months ago.`,
    );
  return found('ok', `It was last affirmed on ${affirmed}${isFastMoving ? '' : '; its field does not move fast'}.`);
}

/** Whether an end lies within a year. */
export function endsSoon(end: string, on: number): boolean {
  const moment = lastMoment(end);
  return moment !== undefined && moment >= on && moment - on < soonMs;
}
