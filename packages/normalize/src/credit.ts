import { readConcept } from '@credatlas/ctdl';
import type { Credit, GraphNode } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import { type Part, requiredParts, sumOfAll } from './parts.ts';
import { embedded, firstTerm, literals, numberOf, termNames, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Semester hours of one unit; other units have no agreed length and are not comparable. */
const semesterHours: HoursOfUnits = { SemesterHour: 1, QuarterHour: 2 / 3 };
/** Hours of instruction as the United States count them (34 CFR 600.2), stated in units of credit. */
const clockHours: HoursOfUnits = { ClockHour: 1 };
type HoursOfUnits = Readonly<Record<string, number>>;

/** Credit stated at a node, in today's form and in the older ones. A profile that says no amount is none. */
export function creditsAt(view: JoinView, spot: Spot): Traced<Credit>[] {
  const profiles = ['ceterms:creditValue', 'ceterms:transferValue'].flatMap((property) => [
    ...embedded(spot.node, property),
    ...view.follow(spot, property).map(({ node }) => node),
  ]);
  const values = [...new Set(profiles)].map((node) => ({
    value: creditValue(view, { ...spot, node }),
    at: view.at(spot, node.path),
  }));
  return [...values.filter(({ value }) => saysAmount(value)), ...legacyCredits(view, spot)];
}

function saysAmount({ value, min, max, percentage, text }: Credit): boolean {
  return [value, min, max, percentage, text].some((each) => each !== undefined);
}

function creditValue(view: JoinView, spot: Spot): Credit {
  const { node } = spot;
  const number = (property: string): number | undefined => numberOf(node, property)?.value;
  const [value, min, max, percentage] = [
    number('schema:value'),
    number('schema:minValue'),
    number('schema:maxValue'),
    number('qdata:percentage'),
  ];
  const text = textOf(node, 'schema:description')?.text;
  const unit = unitAt(node, 'ceterms:creditUnitType') ?? unitAt(node, 'schema:unitText') ?? knownUnit(text);
  const levels = termNames(node, 'ceterms:creditLevelType', 'ceterms:AudienceLevel');
  const subjects = termNames(node, 'ceterms:subject', '');
  return {
    ...(value === undefined ? {} : { value }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(percentage === undefined ? {} : { percentage }),
    ...(unit ? { unit } : {}),
    ...(levels.length > 0 ? { levels } : {}),
    ...(subjects.length > 0 ? { subjects } : {}),
    ...(text ? { text } : {}),
    via: view.via(spot),
  };
}

/** Unit names of older documents that are no concept's term or label. */
const spokenUnits: Readonly<Record<string, string>> = {
  semester: 'SemesterHour',
  'semester credit': 'SemesterHour',
  'semester credit hour': 'SemesterHour',
  quarter: 'QuarterHour',
  'quarter credit': 'QuarterHour',
  'quarter credit hour': 'QuarterHour',
  ceu: 'ContinuingEducationUnit',
};

function unitAt(node: GraphNode, property: string): string | undefined {
  const term = firstTerm(node, property, 'ceterms:CreditUnit');
  return knownUnit(term) ?? term;
}

/** CreditUnit concept of a text that says nothing but a unit, in singular or plural. */
function knownUnit(text: string | undefined): string | undefined {
  const name = text?.trim().toLowerCase().replace(/\.$/, '').replace(/s$/, '');
  return name ? (spokenUnits[name] ?? readConcept(name, 'ceterms:CreditUnit')?.term) : undefined;
}

/** `creditUnitValue` + `creditUnitType`, `creditHourValue` + `creditHourType` of before 2020, and a bare number of today's. */
function legacyCredits(view: JoinView, spot: Spot): Traced<Credit>[] {
  const { node } = spot;
  const number = (property: string): number | undefined => numberOf(node, property)?.value;
  return (['creditUnit', 'creditHour', 'credit'] as const).flatMap((form) => {
    const stated = literals(node, `ceterms:${form}Value`)[0];
    const [min, max] = [number(`ceterms:${form}MinValue`), number(`ceterms:${form}MaxValue`)];
    const value = number(`ceterms:${form}Value`);
    if (value === undefined && min === undefined) return [];
    const unit = unitAt(node, form === 'credit' ? 'ceterms:creditUnitType' : `ceterms:${form}Type`);
    const text = textOf(node, `ceterms:${form}TypeDescription`)?.text;
    return [
      {
        at: view.at(spot, stated?.path ?? node.path),
        value: {
          ...(value === undefined ? {} : { value }),
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(unit ? { unit } : {}),
          ...(text ? { text } : {}),
          via: view.via(spot),
        },
      },
    ];
  });
}

/**
 * All credit of the credential and its conditions, then that of its courses; semester hours by the rule of the reference §4, and by
 * the same rule the clock hours of instruction.
 */
export function creditOf(
  view: JoinView,
  conditions: StatedCondition[],
  parts: Part[],
): { credit: Traced<Credit>[]; semesterHours?: number; clockHours?: number } {
  const own = [
    ...creditsAt(view, view.root),
    ...conditions.filter(({ kind }) => kind === 'requires').flatMap(({ spot }) => creditsAt(view, spot)),
  ];
  const [least, clock] = [leastHours(own, semesterHours), leastHours(own, clockHours)];
  if (least !== undefined) return { credit: own, ...hoursStated(least, clock) };
  const courses = parts.filter(({ kind, relation }) => kind === 'learning' && relation !== 'recommends');
  const stated = new Map(courses.map((part) => [part, creditsAt(view, part.spot)]));
  return {
    credit: [...own, ...[...stated.values()].flat()],
    ...hoursStated(hoursOfCourses(parts, stated, semesterHours), clock ?? hoursOfCourses(parts, stated, clockHours)),
  };
}

function hoursStated(inSemesters: number | undefined, onTheClock: number | undefined) {
  return {
    ...(inSemesters === undefined ? {} : { semesterHours: rounded(inSemesters) }),
    ...(onTheClock === undefined ? {} : { clockHours: rounded(onTheClock) }),
  };
}

function hoursOfCourses(
  parts: Part[],
  stated: ReadonlyMap<Part, Traced<Credit>[]>,
  units: HoursOfUnits,
): number | undefined {
  const hoursOfPart = (part: Part): number | undefined => leastHours(stated.get(part) ?? [], units);
  const required = requiredParts(parts).filter(({ part }) => part.kind === 'learning');
  return sumOfAll(
    required.map(({ part, within }) => {
      const courses = within.filter(({ kind }) => kind === 'learning');
      return hoursOfPart(part) ?? sumOfAll(courses.map(hoursOfPart));
    }),
  );
}

function leastHours(credits: Traced<Credit>[], units: HoursOfUnits): number | undefined {
  const hours = credits.flatMap(({ value }) => hoursOf(value, units) ?? []);
  return hours.length > 0 ? Math.min(...hours) : undefined;
}

/** Smallest amount in hours; undefined for units that cannot be converted. */
function hoursOf(credit: Credit, units: HoursOfUnits): number | undefined {
  const factor = units[credit.unit ?? ''];
  const amount = credit.value ?? credit.min ?? credit.max;
  return factor === undefined || amount === undefined ? undefined : rounded(amount * factor);
}

function rounded(hours: number): number {
  return Math.round(hours * 1e6) / 1e6;
}
