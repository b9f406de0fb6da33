import type { Condition } from '@credatlas/model';
import { costsAt } from './costs.ts';
import { creditsAt } from './credit.ts';
import type { CurrencyNames } from './currencies.ts';
import { some, stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import { iriOf, irisOf, literals, numberOf, plainTextOf, termNames } from './reading.ts';
import { jurisdictionName } from './recognition.ts';
import type { Spot, Traced } from './Spot.ts';
import { type StatedCondition, targetProperties } from './statedConditions.ts';

/** Conditions in the common model. */
export function conditionsOf(
  view: JoinView,
  conditions: StatedCondition[],
  currencies: CurrencyNames,
): Traced<Condition>[] {
  return conditions.map(({ kind, spot, path, alternativeGroup }) => {
    const value = { kind } as Condition;
    if (alternativeGroup !== undefined) value.alternativeGroup = alternativeGroup;
    Object.assign(value, whatItSays(view, spot), whatItTakes(view, spot, currencies));
    value.via = view.via(spot);
    return { value, at: view.at(spot, path) };
  });
}

function whatItSays(view: JoinView, spot: Spot): Partial<Condition> {
  const { node } = spot;
  const text = (property: string): string | undefined => plainTextOf(node, property) || undefined;
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

const allTargets = [...targetProperties, 'ceterms:targetTask'];

function whatItTakes(view: JoinView, spot: Spot, currencies: CurrencyNames): Partial<Condition> {
  const { node } = spot;
  const targets: NonNullable<Condition['targets']> = [];
  for (const property of allTargets)
    for (const value of node.properties[property] ?? [])
      targets.push({ kind: property.replace('ceterms:target', ''), target: view.party(spot, value) });
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
    experience: plainTextOf(node, 'ceterms:experience') || undefined,
    audiences: some(termNames(node, 'ceterms:audienceType', 'ceterms:Audience')),
    levels: some(termNames(node, 'ceterms:audienceLevelType', 'ceterms:AudienceLevel')),
    submissions: some(submissions),
  });
}
