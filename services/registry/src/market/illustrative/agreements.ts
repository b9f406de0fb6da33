import { concept, condition, cost, credit, en, graphOf, iriOf, type MarketGraph } from '../graph.ts';
import type { IllustrativeCredential } from './credentials.ts';
import { placeOf } from './offers.ts';
import type { IllustrativeProvider } from './providers.ts';

/** The provider, and what it states for all of its credentials at once. */
export function* providerGraphs(provider: IllustrativeProvider): Iterable<MarketGraph> {
  const owner = `organization illustrative ${provider.key}`;
  yield graphOf(owner, 'ceterms:CredentialOrganization', {
    'ceterms:name': en(provider.name),
    'ceterms:description': en('An invented provider of the illustrative part of the sample market.'),
    'ceterms:subjectWebpage': `https://${provider.key}.example/`,
    'ceterms:agentType': [concept('OrganizationType', 'orgType', provider.kind)],
    'ceterms:agentSectorType': [concept('AgentSector', 'agentSector', provider.sector)],
    'ceterms:address': [placeOf(provider)],
  });
  yield graphOf(`cost manifest ${provider.key}`, 'ceterms:CostManifest', {
    'ceterms:name': en(`Fees of ${provider.name}`),
    'ceterms:costManifestOf': [iriOf(owner)],
    'ceterms:costDetails': `https://${provider.key}.example/fees`,
    'ceterms:estimatedCost': [cost('Tuition', 640), cost('Application', 35)],
  });
  yield graphOf(`condition manifest ${provider.key}`, 'ceterms:ConditionManifest', {
    'ceterms:name': en('Entry'),
    'ceterms:conditionManifestOf': [iriOf(owner)],
    'ceterms:entryCondition': [
      condition({ 'ceterms:minimumAge': 16, 'ceterms:description': en('Sixteen years of age.') }),
    ],
  });
}

const periods = [
  { start: '2021-09-01', end: '2024-08-31' },
  { start: '2025-01-01', end: '2028-12-31' },
  { start: '2027-09-01', end: '2030-08-31' },
] as const;

/** Transfer values from one provider's credential to the next one's, with agreements that have ended, hold, or are still to come. */
export function* agreements(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  for (const [index, from] of credentials.entries()) {
    const to = credentials[(index + 10) % credentials.length];
    const period = periods[index % periods.length];
    if (index % 8 !== 0 || !to || !period || to.field.key !== from.field.key) continue;
    const value = `transfer value ${from.key}`;
    const owner = iriOf(`organization illustrative ${to.provider.key}`);
    yield graphOf(value, 'ceterms:TransferValueProfile', {
      'ceterms:name': en(`${from.field.name} for credit`),
      'ceterms:ownedBy': [owner],
      'ceterms:subjectWebpage': `https://${to.provider.key}.example/transfer`,
      'ceterms:startDate': period.start,
      'ceterms:endDate': period.end,
      'ceterms:transferValue': [credit(3, 'SemesterHour')],
      'ceterms:transferValueFrom': [iriOf(from.key)],
      'ceterms:transferValueFor': [iriOf(to.key)],
    });
    yield graphOf(`agreement ${from.key}`, 'ceterms:TransferAgreement', {
      'ceterms:name': en(`Agreement between ${from.provider.name} and ${to.provider.name}`),
      'ceterms:agreementType': [concept('AgreementCategory', 'agreementCat', 'ArticulationAgreement')],
      'ceterms:sendingOrganization': [iriOf(`organization illustrative ${from.provider.key}`)],
      'ceterms:receivingOrganization': [owner],
      'ceterms:hasTransferValueProfile': [iriOf(value)],
      'ceterms:dateEffective': period.start,
      'ceterms:expirationDate': period.end,
    });
  }
}

/** A pathway per field that leads through two credentials, and dated accreditations. */
export function* pathwaysAndActions(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  const byField = Map.groupBy(credentials, ({ field }) => field.key);
  for (const [key, [first, second]] of byField) {
    if (first && second) yield pathway(key, first, second);
  }
  for (const [index, credential] of credentials.entries()) {
    if (index % 12 !== 0) continue;
    yield graphOf(`accreditation ${credential.key}`, 'ceterms:AccreditAction', {
      'ceterms:name': en('Accreditation'),
      'ceterms:actingAgent': [iriOf('organization illustrative stackwell-certification-board')],
      'ceterms:object': iriOf(credential.key),
      'ceterms:startDate': '2023-01-01',
      'ceterms:endDate': index % 24 === 0 ? '2025-12-31' : '2029-12-31',
    });
  }
}

function pathway(key: string, first: IllustrativeCredential, second: IllustrativeCredential): MarketGraph {
  const name = `pathway ${key}`;
  const made = graphOf(name, 'ceterms:Pathway', {
    'ceterms:name': en(`Way into ${first.field.name}`),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${first.provider.key}`)],
    'ceterms:hasPart': [iriOf(`${name} start`), iriOf(`${name} end`)],
    'ceterms:hasDestinationComponent': [iriOf(`${name} end`)],
  });
  const component = (part: string, credential: IllustrativeCredential, more: object) => ({
    ...graphOf(`${name} ${part}`, 'ceterms:CredentialComponent', {
      'ceterms:name': en(credential.name),
      'ceterms:isPartOf': [iriOf(name)],
      'ceterms:proxyFor': iriOf(credential.key),
      ...more,
    }).graph['@graph'][0],
  });
  const parts = [
    component('start', first, { 'ceterms:precedes': [iriOf(`${name} end`)] }),
    component('end', second, { 'ceterms:isDestinationComponentOf': [iriOf(name)] }),
  ];
  return { ...made, graph: { ...made.graph, '@graph': [...made.graph['@graph'], ...parts] } };
}

/** What marks all of it as invented, and where badges of it would be checked. */
export function* sharedGraphs(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  yield graphOf('collection illustrative', 'ceterms:Collection', {
    'ceterms:name': en('illustrative'),
    'ceterms:description': en('Invented records that show what answers look like; none of them can be earned.'),
    'ceterms:hasMember': credentials.map(({ key }) => iriOf(key)),
  });
  yield graphOf('verification illustrative', 'ceterms:VerificationServiceProfile', {
    'ceterms:verificationService': ['https://verify.sundial-credential-network.example/'],
    'ceterms:verifiedClaimType': [concept('ClaimType', 'claimType', 'BadgeClaim')],
    'ceterms:offeredBy': [iriOf('organization illustrative sundial-credential-network')],
  });
}
