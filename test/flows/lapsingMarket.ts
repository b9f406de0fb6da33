import { agreement, iriOf, organization, owned, semesterHours, thing, transferValue } from './pathwayDocuments.ts';
import { concept } from './queryMarket.ts';

/** Who receives, and who sends. */
const [college, bootcamp] = [1, 2] as const;

const badge = (number: number) => thing(number, 'ceterms:DigitalBadge', owned(bootcamp));
const degree = (number: number) => thing(number, 'ceterms:BachelorDegree', owned(college));
const value = (number: number, from: number, to: number, given: { hours?: number; more?: Record<string, unknown> }) =>
  transferValue(number, {
    from: [from],
    for: [to],
    by: [college],
    credit: semesterHours(given.hours ?? 3),
    more: given.more ?? {},
  });
const ends = (day: string) => ({ 'ceterms:endDate': day });

/** Agreements and transfer values that end, have ended, go on or have not begun on 2026-06-01. */
export const lapsingDocuments = [
  ...[college, bootcamp].map(organization),
  // Ends with the agreement that it is under.
  badge(10),
  degree(11),
  transferValue(12, { from: [10], for: [11], by: [bootcamp], credit: semesterHours(3, 6) }),
  agreement(13, { sending: bootcamp, receiving: college, values: [12], start: '2025-01-01', end: '2026-12' }),
  // Ends, and another begins the day after.
  badge(20),
  degree(21),
  value(22, 20, 21, { more: ends('2027-05-31') }),
  value(23, 20, 21, { more: { 'ceterms:startDate': '2027-06-01' } }),
  // Ends later, has ended, is over before its end.
  badge(30),
  degree(31),
  value(32, 30, 31, { more: ends('2030-01-01') }),
  badge(40),
  degree(41),
  value(42, 40, 41, { more: ends('2025-12-31') }),
  badge(50),
  degree(51),
  value(52, 50, 51, {
    more: { ...ends('2026-12-31'), 'ceterms:lifeCycleStatusType': concept('lifeCycle:Ceased') },
  }),
  // Ends before its agreement does.
  badge(60),
  degree(61),
  value(62, 60, 61, { hours: 2, more: ends('2026-08-31') }),
  agreement(63, { sending: bootcamp, receiving: college, values: [62], end: '2028-12-31' }),
  // About a course and about programmes alone.
  thing(70, 'ceterms:Course', owned(bootcamp)),
  thing(71, 'ceterms:Course', owned(college)),
  value(72, 70, 71, { more: ends('2026-09') }),
  thing(81, 'ceterms:LearningProgram', owned(bootcamp)),
  thing(82, 'ceterms:LearningProgram', owned(college)),
  agreement(80, {
    sending: bootcamp,
    receiving: college,
    end: '2026-07',
    more: { 'ceterms:sendingProgram': [iriOf(81)], 'ceterms:receivingProgram': [iriOf(82)] },
  }),
  // Has not begun.
  agreement(90, { sending: bootcamp, receiving: college, start: '2027-01-01', end: '2027-03-01' }),
  thing(95, 'ceterms:Certificate', owned(college)),
];
