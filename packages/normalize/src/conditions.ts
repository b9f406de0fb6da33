import type { Condition, Party } from '@credatlas/model';
import { creditsAt } from './credit.ts';
import type { JoinView } from './JoinView.ts';
import { conceptTerms, literals, numberOf, textOf } from './reading.ts';
import type { Traced } from './Spot.ts';
import { type StatedCondition, targetProperties } from './statedConditions.ts';

/** Conditions in the common model. */
export function conditionsOf(view: JoinView, conditions: StatedCondition[]): Traced<Condition>[] {
  return conditions.map(({ kind, spot, path, alternativeGroup }) => {
    const { node } = spot;
    const name = textOf(node, 'ceterms:name')?.text;
    const text = textOf(node, 'ceterms:description')?.text ?? textOf(node, 'ceterms:condition')?.text;
    const listed = literals(node, 'ceterms:condition').map((each) => each.text);
    const targets = targetProperties.flatMap((property) =>
      (node.properties[property] ?? []).map((value) => ({
        kind: property.replace('ceterms:target', ''),
        target: view.party(spot, value),
      })),
    );
    const credit = creditsAt(view, spot).map(({ value }) => value);
    const [minimumAge, years] = [
      numberOf(node, 'ceterms:minimumAge')?.value,
      numberOf(node, 'ceterms:yearsOfExperience')?.value,
    ];
    const experience = textOf(node, 'ceterms:experience')?.text;
    const audiences = conceptTerms(node, 'ceterms:audienceType', 'ceterms:Audience').map(({ term }) => term);
    const assertedBy: Party | undefined = view.parties(spot, 'ceterms:assertedBy')[0]?.value;
    return {
      at: view.at(spot, path),
      value: {
        kind,
        ...(name ? { name } : {}),
        ...(text ? { text } : {}),
        ...(listed.length > 0 ? { listed } : {}),
        ...(alternativeGroup ? { alternativeGroup } : {}),
        ...(targets.length > 0 ? { targets } : {}),
        ...(credit.length > 0 ? { credit } : {}),
        ...(minimumAge === undefined ? {} : { minimumAge }),
        ...(years === undefined ? {} : { experienceYears: years }),
        ...(experience ? { experience } : {}),
        ...(audiences.length > 0 ? { audiences } : {}),
        ...(assertedBy ? { assertedBy } : {}),
        via: view.via(spot),
      },
    };
  });
}
