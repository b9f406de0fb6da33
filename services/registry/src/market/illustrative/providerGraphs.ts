import { aligned, concept, condition, cost, en, graphOf, iriOf, type MarketGraph } from '../graph.ts';
import { placeOf } from './offers.ts';
import type { IllustrativeProvider } from './providers.ts';

/** The provider, and what it states for all of its credentials at once. */
export function* providerGraphs(provider: IllustrativeProvider): Iterable<MarketGraph> {
  const owner = `organization illustrative ${provider.key}`;
  const isAccreditor = provider.kind === 'CertificationBody';
  yield graphOf(owner, `ceterms:${isAccreditor ? 'QACredentialOrganization' : 'CredentialOrganization'}`, {
    'ceterms:name': en(provider.name),
    'ceterms:description': en('An invented provider of the illustrative part of the sample market.'),
    'ceterms:subjectWebpage': `https://${provider.key}.example/`,
    'ceterms:agentType': [concept('OrganizationType', 'orgType', provider.kind)],
    'ceterms:agentSectorType': [concept('AgentSector', 'agentSector', provider.sector)],
    'ceterms:address': [placeOf(provider)],
  });
  yield graphOf(`cost manifest ${provider.key}`, 'ceterms:CostManifest', {
    'ceterms:name': en(`Fees of ${provider.name}`),
    'ceterms:description': en('What every short course costs here.'),
    'ceterms:costManifestOf': [iriOf(owner)],
    'ceterms:costDetails': `https://${provider.key}.example/fees`,
    'ceterms:estimatedCost': [cost('Tuition', 240), cost('Application', 15)],
  });
  yield graphOf(`condition manifest ${provider.key}`, 'ceterms:ConditionManifest', {
    'ceterms:name': en('For everybody'),
    'ceterms:description': en('What is asked of everybody here, whatever they learn.'),
    'ceterms:conditionManifestOf': [iriOf(owner)],
    'ceterms:subjectWebpage': `https://${provider.key}.example/entry`,
    'ceterms:entryCondition': [
      condition({ 'ceterms:minimumAge': 16, 'ceterms:description': en('Sixteen years of age.') }),
    ],
    'ceterms:requires': [condition({ 'ceterms:targetCompetency': [aligned({ name: 'Workplace Communication' })] })],
  });
}
