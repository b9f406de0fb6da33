import type { Credit } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { conceptTerms, embedded, literals, numberOf, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Semester hours of one unit; other units have no agreed length and are not comparable. */
const semesterHours: Readonly<Record<string, number>> = { SemesterHour: 1, QuarterHour: 2 / 3 };

/** Credit stated at a node, in today's form and in the two older ones. */
export function creditsAt(view: JoinView, spot: Spot): Traced<Credit>[] {
  const values = [...embedded(spot.node, 'ceterms:creditValue'), ...embedded(spot.node, 'ceterms:transferValue')].map(
    (node) => ({
      value: creditValue(view, { ...spot, node }),
      at: view.at(spot, node.path),
    }),
  );
  return [...values, ...legacyCredits(view, spot)];
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
  const unit =
    conceptTerms(node, 'ceterms:creditUnitType', 'ceterms:CreditUnit')[0]?.term ??
    unitOf(textOf(node, 'schema:unitText')?.text);
  const levels = conceptTerms(node, 'ceterms:creditLevelType', 'ceterms:AudienceLevel').map(({ term }) => term);
  const subjects = conceptTerms(node, 'ceterms:subject', '').map(({ term }) => term);
  const text = textOf(node, 'schema:description')?.text;
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

function unitOf(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, '');
}

/** `creditUnitValue` + `creditUnitType`, `creditHourValue` + `creditHourType` of before 2020. */
function legacyCredits(view: JoinView, spot: Spot): Traced<Credit>[] {
  const { node } = spot;
  const number = (property: string): number | undefined => numberOf(node, property)?.value;
  return (['creditUnit', 'creditHour'] as const).flatMap((form) => {
    const stated = literals(node, `ceterms:${form}Value`)[0];
    const [min, max] = [number(`ceterms:${form}MinValue`), number(`ceterms:${form}MaxValue`)];
    const value = number(`ceterms:${form}Value`);
    if (value === undefined && min === undefined) return [];
    const unit = conceptTerms(node, `ceterms:${form}Type`, 'ceterms:CreditUnit')[0]?.term;
    return [
      {
        at: view.at(spot, stated?.path ?? node.path),
        value: {
          ...(value === undefined ? {} : { value }),
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(unit ? { unit: unitOf(unit) ?? unit } : {}),
          via: view.via(spot),
        },
      },
    ];
  });
}

/** All credit of the credential's own conditions, else that of its required courses; semester hours by the rule of the reference §4. */
export function creditOf(
  view: JoinView,
  conditions: StatedCondition[],
  parts: Part[],
): { credit: Traced<Credit>[]; semesterHours?: number } {
  const own = [
    ...creditsAt(view, view.root),
    ...conditions.filter(({ kind }) => kind === 'requires').flatMap(({ spot }) => creditsAt(view, spot)),
  ];
  const ownHours = own.flatMap(({ value }) => hoursOf(value) ?? []);
  if (ownHours.length > 0) return { credit: own, semesterHours: Math.min(...ownHours) };
  const courses = parts.filter(
    ({ kind, relation, isAlternative }) => kind === 'learning' && relation === 'requires' && !isAlternative,
  );
  const stated = courses.map(({ spot }) => creditsAt(view, spot));
  const credit = [...own, ...stated.flat()];
  const hours = stated.map((values) => values.flatMap(({ value }) => hoursOf(value) ?? []));
  const isComplete = hours.length > 0 && hours.every((each) => each.length > 0);
  return { credit, ...(isComplete ? { semesterHours: hours.reduce((sum, each) => sum + Math.min(...each), 0) } : {}) };
}

/** Smallest amount in semester hours; undefined for units that cannot be converted. */
function hoursOf(credit: Credit): number | undefined {
  const factor = semesterHours[credit.unit ?? ''];
  const amount = credit.value ?? credit.min ?? credit.max;
  return factor === undefined || amount === undefined ? undefined : Math.round(amount * factor * 1e6) / 1e6;
}
