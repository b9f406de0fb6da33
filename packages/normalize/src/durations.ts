import type { Duration } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import { literals, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** Days of the calendar units (mean Gregorian month and year), as the reference §4 fixes them. */
const daysOf = { Y: 365.25, M: 30.4375, W: 7, D: 1 } as const;
const isoDuration =
  /^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Calendar days or effort hours of an ISO 8601 duration, weeks mixed in or not. Hours alone are effort, never part of a day. */
export function readDuration(text: string): { days?: number; hours?: number } | undefined {
  const match = isoDuration.exec(text.trim());
  const [years, months, weeks, days, hours, minutes, seconds] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  if (!match || match.slice(1).every((part) => part === undefined)) return undefined;
  const calendar =
    (years ?? 0) * daysOf.Y + (months ?? 0) * daysOf.M + (weeks ?? 0) * daysOf.W + (days ?? 0) * daysOf.D;
  if (calendar > 0) return { days: calendar };
  return { hours: (hours ?? 0) + (minutes ?? 0) / 60 + (seconds ?? 0) / 3600 };
}

export function durationsOf(view: JoinView, spot: Spot): Traced<Duration>[] {
  return view.follow(spot, 'ceterms:estimatedDuration').map((profile) => {
    const { node } = profile;
    const stated = (property: string): string | undefined => {
      const found = literals(node, property)[0];
      if (found && !readDuration(found.text)) {
        view.report(profile, {
          code: 'unreadable_duration',
          stated: found,
          message: `"${found.text}" is no ISO 8601 duration. Write it like P6M or PT40H.`,
        });
      }
      return found?.text;
    };
    const [exact, min, max, effort] = [
      stated('ceterms:exactDuration'),
      stated('ceterms:minimumDuration'),
      stated('ceterms:maximumDuration'),
      stated('ceterms:timeRequired'),
    ];
    const text = textOf(node, 'ceterms:description')?.text;
    const [least, most] = [readDuration(exact ?? min ?? ''), readDuration(exact ?? max ?? '')];
    const hours = readDuration(effort ?? '')?.hours ?? least?.hours;
    return {
      at: view.at(profile, node.path),
      value: {
        ...(exact ? { exact } : {}),
        ...(min ? { min } : {}),
        ...(max ? { max } : {}),
        ...(effort ? { effort } : {}),
        ...(least?.days === undefined ? {} : { minDays: least.days }),
        ...(most?.days === undefined ? {} : { maxDays: most.days }),
        ...(hours === undefined ? {} : { hours }),
        ...(text ? { text } : {}),
        via: view.via(spot),
      },
    };
  });
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
