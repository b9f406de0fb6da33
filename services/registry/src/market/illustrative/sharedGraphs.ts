import { concept, en, graphOf, iriOf, type MarketGraph } from '../graph.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';

/** What marks all of it as invented, where badges of it would be checked, and accreditations with their dates. */
export function* sharedGraphs(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  yield graphOf('collection illustrative', 'ceterms:Collection', {
    'ceterms:name': en('illustrative'),
    'ceterms:description': en('Invented records that show what answers look like; none of them can be earned.'),
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle', 'Active'),
    'ceterms:hasMember': credentials.map(({ key }) => iriOf(key)),
  });
  yield graphOf('verification illustrative', 'ceterms:VerificationServiceProfile', {
    'ceterms:description': en('Says whether a badge was awarded and still holds.'),
    'ceterms:verificationService': ['https://verify.sundial-credential-network.example/'],
    'ceterms:verifiedClaimType': [concept('ClaimType', 'claimType', 'BadgeClaim')],
    'ceterms:offeredBy': [iriOf('organization illustrative sundial-credential-network')],
  });
  for (const [index, credential] of credentials.entries()) {
    if (index % 12 === 0) yield accreditation(credential, index % 24 === 0 ? '2025-12-31' : '2029-12-31');
  }
}

function accreditation({ key, name }: IllustrativeCredential, end: string): MarketGraph {
  return graphOf(`accreditation ${key}`, 'ceterms:AccreditAction', {
    'ceterms:name': en('Accreditation'),
    'ceterms:description': en(`Accreditation of ${name.toLowerCase()}.`),
    'ceterms:actingAgent': [iriOf('organization illustrative stackwell-certification-board')],
    'ceterms:object': iriOf(key),
    'ceterms:startDate': '2023-01-01',
    'ceterms:endDate': end,
  });
}
