import { firstMoment, lastMoment, type Recognition } from '@credatlas/model';
import { isStaleOn, type Judgement } from '../judgement.ts';
import { tierIn } from '../summaryOf.ts';
import { filled, type Measure } from './measures.ts';

/** Rows that depend on the day and the fields asked about. */
export function judgedMeasures(judgement: Judgement): Measure[] {
  return [
    {
      field: 'tier',
      read: (credential) => {
        const { value, context, because } = tierIn(credential, judgement);
        const details = because.map(({ detail }) => detail);
        return value === 'unknown' ? undefined : { value, ...(context ? { context } : {}), because: details };
      },
      absent: () => 'nothing is stated that the tier policy judges by',
    },
    {
      field: 'recognitionHeld',
      read: ({ recognition }) => filled(recognition.filter((each) => isHeld(each, judgement.on)).map(inShort)),
      absent: ({ recognition }) =>
        recognition.length === 0 ? 'none is stated' : `none of what is stated holds on ${judgement.day}`,
    },
    {
      field: 'freshness',
      read: ({ freshness }) =>
        freshness.affirmed && { affirmed: freshness.affirmed, stale: isStaleOn(freshness, judgement) ? 'yes' : 'no' },
      absent: () => 'no date of effect, change or affirmation is stated',
    },
  ];
}

/** From its start to its end, both days included. */
export function isHeld({ start, end }: Recognition, on: number): boolean {
  return (start ? (firstMoment(start) ?? on) <= on : true) && (end ? (lastMoment(end) ?? on) >= on : true);
}

function inShort({ role, agent, end }: Recognition): object {
  return { role, agent: agent?.name ?? agent?.uri ?? null, ...(end ? { end } : {}) };
}
