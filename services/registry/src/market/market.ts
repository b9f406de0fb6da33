import type { MarketGraph } from './graph.ts';
import { agreements, pathwaysAndActions, providerGraphs, sharedGraphs } from './illustrative/agreements.ts';
import { credentialGraphs, illustrativeCredentials } from './illustrative/credentials.ts';
import { illustrativeProviders } from './illustrative/providers.ts';
import { competencyFramework } from './illustrative/skillStatements.ts';
import { institutions } from './institutions.ts';
import { newJersey } from './newJersey.ts';
import { Classifications, occupations } from './occupations.ts';

/** The whole sample market, the same on every machine: public facts, and an illustrative part that says so. */
export function* sampleMarket(): Iterable<MarketGraph> {
  const classifications = new Classifications();
  yield* occupations();
  yield* newJersey(classifications);
  yield* institutions();
  const invented = illustrativeCredentials();
  yield competencyFramework();
  for (const provider of illustrativeProviders) yield* providerGraphs(provider);
  for (const credential of invented) yield* credentialGraphs(credential, classifications);
  yield* agreements(invented);
  yield* pathwaysAndActions(invented);
  yield* sharedGraphs(invented);
}
