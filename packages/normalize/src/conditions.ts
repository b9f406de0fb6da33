import type { Condition } from '@credatlas/model';
import { costsAt } from './costs.ts';
import { creditsAt } from './credit.ts';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, irisOf, literals, numberOf, termNames, textOf } from './reading.ts';
import { jurisdictionName } from './recognition.ts';
import type { Spot, Traced } from './Spot.ts';
import { type StatedCondition, targetProperties } from './statedConditions.ts';

/** Conditions in the common model. */
export function conditionsOf(
  view: JoinView,
  conditions: StatedCondition[],
  currencies: ReadonlyMap<string, string>,
): Traced<Condition>[] {
  return conditions.map(({ kind, spot, path, alternativeGroup }) => ({
    at: view.at(spot, path),
    value: {
      kind,
      ...stated({ alternativeGroup }),
      ...whatItSays(view, spot),
      ...whatItTakes(view, spot, currencies),
      via: view.via(spot),
    },
  }));
}

function whatItSays(view: JoinView, spot: Spot): Partial<Condition> {
  const { node } = spot;
  const text = (property: string): string | undefined => textOf(node, property)?.text || undefined;
  const places = (property: string): string[] =>
    view.follow(spot, property).flatMap((profile) => jurisdictionName(view, profile) ?? []);
  return stated({
    name: text('ceterms:name'),
    text: text('ceterms:description') ?? text('ceterms:condition'),
    listed: some(literals(node, 'ceterms:condition').map((each) => each.text)),
    webpage: iriOf(node, 'ceterms:subjectWebpage'),
    weight: numberOf(node, 'ceterms:weight')?.value,
    assertedBy: view.parties(spot, 'ceterms:assertedBy')[0]?.value,
    jurisdiction: some(places('ceterms:jurisdiction'))?.join('; '),
    residentOf: some(places('ceterms:residentOf'))?.join('; '),
  });
}

function whatItTakes(view: JoinView, spot: Spot, currencies: ReadonlyMap<string, string>): Partial<Condition> {
  const { node } = spot;
  const targets = [...targetProperties, 'ceterms:targetTask'].flatMap((property) =>
    (node.properties[property] ?? []).map((value) => ({
      kind: property.replace('ceterms:target', ''),
      target: view.party(spot, value),
    })),
  );
  const terms = (property: string, scheme: string): string[] | undefined => some(termNames(node, property, scheme));
  const submissions = [
    ...irisOf(node, 'ceterms:submissionOf').map(({ iri }) => iri),
    ...literals(node, 'ceterms:submissionOfDescription').map((each) => each.text),
  ];
  return stated({
    targets: some(targets),
    credit: some(creditsAt(view, spot).map(({ value }) => value)),
    costs: some(costsAt(view, spot, { relation: 'own', currencies }).map(({ value }) => value)),
    minimumAge: numberOf(node, 'ceterms:minimumAge')?.value,
    experienceYears: numberOf(node, 'ceterms:yearsOfExperience')?.value,
    experience: textOf(node, 'ceterms:experience')?.text || undefined,
    audiences: terms('ceterms:audienceType', 'ceterms:Audience'),
    levels: terms('ceterms:audienceLevelType', 'ceterms:AudienceLevel'),
    submissions: some(submissions),
  });
}

function some<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}
