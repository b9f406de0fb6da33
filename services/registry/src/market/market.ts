import type { MarketGraph } from './graph.ts';
import { credentialGraphs } from './illustrative/credentialGraphs.ts';
import { illustrativeCredentials } from './illustrative/illustrativeCredentials.ts';
import { pathways } from './illustrative/pathways.ts';
import { providerGraphs } from './illustrative/providerGraphs.ts';
import { illustrativeProviders } from './illustrative/providers.ts';
import { sharedGraphs } from './illustrative/sharedGraphs.ts';
import { competencyFrameworks } from './illustrative/skillStatements.ts';
import { transfers } from './illustrative/transfers.ts';
import { institutions } from './institutions.ts';
import { newJersey } from './newJersey.ts';
import { Classifications, occupations } from './occupations.ts';

/** The whole sample market, the same on every machine: public facts, and an illustrative part that says so. */
export function* sampleMarket(): Iterable<MarketGraph> {
  const classifications = new Classifications();
  yield* occupations();
  yield* newJersey(classifications);
  yield* institutions();
  yield* illustrativeMarket(classifications);
}

function* illustrativeMarket(classifications: Classifications): Iterable<MarketGraph> {
  const credentials = illustrativeCredentials();
  yield* competencyFrameworks();
  for (const provider of illustrativeProviders) yield* providerGraphs(provider);
  for (const credential of credentials) yield* credentialGraphs(credential, classifications);
  yield* transfers(credentials);
  yield* pathways(credentials);
  yield* sharedGraphs(credentials);
}
