import { conceptsOf, readConcept } from '@credatlas/ctdl';
import type { Credit, GraphNode } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import { type Part, requiredParts, sumOfAll } from './parts.ts';
import { embedded, firstTerm, literalOf, numberOf, plainTextOf, termNames } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Semester hours of one unit; other units have no agreed length and are not comparable. */
const semesterHours: HoursOfUnits = { SemesterHour: 1, QuarterHour: 2 / 3 };
/** Hours of instruction as the United States count them (34 CFR 600.2), stated in units of credit. */
const clockHours: HoursOfUnits = { ClockHour: 1 };
type HoursOfUnits = Readonly<Record<string, number>>;

/** Credit stated at a node, in today's form and in the older ones. A profile that says no amount is none. */
export function creditsAt(view: JoinView, spot: Spot): readonly Traced<Credit>[] {
  const known = view.credits.get(spot);
  if (known) return known;
  const found = readCredits(view, spot);
  view.credits.set(spot, found);
  return found;
}

function readCredits(view: JoinView, spot: Spot): Traced<Credit>[] {
  const profiles = new Set<GraphNode>();
  for (const property of profileProperties) {
    for (const node of embedded(spot.node, property)) profiles.add(node);
    for (const { node } of view.follow(spot, property)) profiles.add(node);
  }
  const found: Traced<Credit>[] = [];
  for (const node of profiles) {
    const value = creditValue(view, spot, node);
    if (saysAmount(value)) found.push({ value, at: view.at(spot, node.path) });
  }
  for (const form of olderForms) {
    const credit = olderCredit(view, spot, form);
    if (credit) found.push(credit);
  }
  return found;
}

const profileProperties = ['ceterms:creditValue', 'ceterms:transferValue'];

function saysAmount({ value, min, max, percentage, text }: Credit): boolean {
  return (value ?? min ?? max ?? percentage ?? text) !== undefined;
}

function creditValue(view: JoinView, spot: Spot, node: GraphNode): Credit {
  const number = (property: string): number | undefined => numberOf(node, property)?.value;
  const [value, min, max, percentage] = [
    number('schema:value'),
    number('schema:minValue'),
    number('schema:maxValue'),
    number('qdata:percentage'),
  ];
  const text = plainTextOf(node, 'schema:description');
  const unit = unitAt(node, 'ceterms:creditUnitType') ?? unitAt(node, 'schema:unitText') ?? knownUnit(text);
  const levels = termNames(node, 'ceterms:creditLevelType', 'ceterms:AudienceLevel');
  const subjects = termNames(node, 'ceterms:subject', '');
  const credit = {} as Credit;
  if (value !== undefined) credit.value = value;
  if (min !== undefined) credit.min = min;
  if (max !== undefined) credit.max = max;
  if (percentage !== undefined) credit.percentage = percentage;
  if (unit) credit.unit = unit;
  if (levels.length > 0) credit.levels = levels;
  if (subjects.length > 0) credit.subjects = subjects;
  if (text) credit.text = text;
  credit.via = view.via(spot);
  return credit;
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
  return term && (unitOfTerm.get(term) ?? knownUnit(term) ?? term);
}

/** CreditUnit concept of a text that says nothing but a unit, in singular or plural. */
function knownUnit(text: string | undefined): string | undefined {
  const name = text?.trim().toLowerCase().replace(/\.$/, '').replace(/s$/, '');
  return name ? (spokenUnits[name] ?? readConcept(name, 'ceterms:CreditUnit')?.term) : undefined;
}

/** The concepts themselves, read once. */
const unitOfTerm: ReadonlyMap<string, string> = new Map(
  conceptsOf('ceterms:CreditUnit').map(({ term }) => [term, knownUnit(term) ?? term]),
);

/** `creditUnitValue` + `creditUnitType`, `creditHourValue` + `creditHourType` of before 2020, and a bare number of today's. */
const olderForms = (['creditUnit', 'creditHour', 'credit'] as const).map((form) => ({
  value: `ceterms:${form}Value`,
  min: `ceterms:${form}MinValue`,
  max: `ceterms:${form}MaxValue`,
  unit: form === 'credit' ? 'ceterms:creditUnitType' : `ceterms:${form}Type`,
  text: `ceterms:${form}TypeDescription`,
}));

function olderCredit(view: JoinView, spot: Spot, form: (typeof olderForms)[number]): Traced<Credit> | undefined {
  const { node } = spot;
  const [value, min] = [numberOf(node, form.value)?.value, numberOf(node, form.min)?.value];
  if (value === undefined && min === undefined) return undefined;
  const max = numberOf(node, form.max)?.value;
  const unit = unitAt(node, form.unit);
  const text = plainTextOf(node, form.text);
  const credit = {} as Credit;
  if (value !== undefined) credit.value = value;
  if (min !== undefined) credit.min = min;
  if (max !== undefined) credit.max = max;
  if (unit) credit.unit = unit;
  if (text) credit.text = text;
  credit.via = view.via(spot);
  return { value: credit, at: view.at(spot, literalOf(node, form.value)?.path ?? node.path) };
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
  const own = [...creditsAt(view, view.root)];
  for (const { kind, spot } of conditions) if (kind === 'requires') own.push(...creditsAt(view, spot));
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
  stated: ReadonlyMap<Part, readonly Traced<Credit>[]>,
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

function leastHours(credits: readonly Traced<Credit>[], units: HoursOfUnits): number | undefined {
  let least: number | undefined;
  for (const { value } of credits) {
    const hours = hoursOf(value, units);
    if (hours !== undefined && (least === undefined || hours < least)) least = hours;
  }
  return least;
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
