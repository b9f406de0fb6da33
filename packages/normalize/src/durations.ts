import type { Duration } from '@credatlas/model';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { literalOf, plainTextOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** Days of the calendar units (mean Gregorian month and year), as the reference §4 fixes them. */
const daysOf = { Y: 365.25, M: 30.4375, W: 7, D: 1 } as const;
const isoDuration =
  /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Calendar days or effort hours of an ISO 8601 duration, weeks mixed in or not. Hours alone are effort, never part of a day. */
export function readDuration(text: string): { days?: number; hours?: number } | undefined {
  const match = isoDuration.exec(text.trim());
  if (!match || match.every((part, index) => index === 0 || part === undefined)) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const calendar = part(1) * daysOf.Y + part(2) * daysOf.M + part(3) * daysOf.W + part(4) * daysOf.D;
  if (calendar > 0) return { days: calendar };
  return { hours: part(5) + part(6) / 60 + part(7) / 3600 };
}

export function durationsOf(view: JoinView, spot: Spot): Traced<Duration>[] {
  return view
    .follow(spot, 'ceterms:estimatedDuration')
    .map((profile) => view.traced(profile, durationAt(view, profile, spot)));
}

function durationAt(view: JoinView, profile: Spot, spot: Spot): Duration {
  const { node } = profile;
  const read = (property: string): Length => {
    const stated = literalOf(node, property);
    if (!stated) return {};
    const length = readDuration(stated.text);
    if (!length) {
      view.report(profile, {
        code: 'unreadable_duration',
        stated,
        message: `"${stated.text}" is no ISO 8601 duration. Write it like P6M or PT40H.`,
      });
    }
    return { text: stated.text, ...length };
  };
  const exact = read('ceterms:exactDuration');
  const [min, max] = [read('ceterms:minimumDuration'), read('ceterms:maximumDuration')];
  const effort = read('ceterms:timeRequired');
  const [least, most] = exact.text === undefined ? [min, max] : [exact, exact];
  return {
    ...stated({
      exact: exact.text || undefined,
      min: min.text || undefined,
      max: max.text || undefined,
      effort: effort.text || undefined,
      minDays: least.days,
      maxDays: most.days,
      hours: effort.hours ?? least.hours,
      text: plainTextOf(node, 'ceterms:description') || undefined,
    }),
    via: view.via(spot),
  };
}

/** A length as it is written, and what it comes to where that can be read. */
interface Length {
  text?: string;
  days?: number;
  hours?: number;
}

/** The shortest stated duration in days, and the shortest stated effort in hours. */
export function shortest(durations: Duration[]): { days?: number; hours?: number } {
  const days = durations.flatMap(({ minDays }) => minDays ?? []);
  const hours = durations.flatMap(({ hours }) => hours ?? []);
  return {
    ...(days.length > 0 ? { days: Math.min(...days) } : {}),
    ...(hours.length > 0 ? { hours: Math.min(...hours) } : {}),
  };
}
