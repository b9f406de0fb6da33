import { concept, credit, en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';

/** Over, in force while this market is young, and still to come. */
const periods = [
  { start: '2021-09-01', end: '2024-08-31' },
  { start: '2025-01-01', end: '2028-12-31' },
  { start: '2027-09-01', end: '2030-08-31' },
] as const;

/** What small awards count for in the programmes of another provider: by agreement of both, or as a third party recommends. */
export function* transfers(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  const byField = Map.groupBy(credentials, ({ field }) => field.key);
  for (const inField of byField.values()) {
    const small = inField.filter(({ kind }) => !kind.isProgramme);
    const large = inField.filter(({ kind }) => kind.isProgramme);
    for (const [index, from] of small.slice(0, 6).entries()) {
      const to = large[index % large.length];
      if (!to) continue;
      yield* index % 3 === 2 ? [recommendation(from)] : agreement({ from, to, index });
    }
  }
}

function agreement(given: { from: IllustrativeCredential; to: IllustrativeCredential; index: number }): MarketGraph[] {
  const { from, to } = given;
  const { start, end } = periods[(given.index + from.field.skills.length) % periods.length]!;
  const value = `transfer value ${from.key}`;
  const receiver = iriOf(`organization illustrative ${to.provider.key}`);
  return [
    graphOf(value, 'ceterms:TransferValueProfile', {
      'ceterms:name': en(`${from.name} for credit`),
      'ceterms:description': en(`What ${from.name.toLowerCase()} counts for at ${to.provider.name}.`),
      'ceterms:ownedBy': [receiver],
      'ceterms:subjectWebpage': `https://${to.provider.key}.example/transfer`,
      'ceterms:startDate': start,
      'ceterms:endDate': end,
      'ceterms:transferValue': [credit(3, 'SemesterHour')],
      'ceterms:transferValueFrom': [iriOf(from.key)],
      'ceterms:transferValueFor': [iriOf(to.key)],
    }),
    graphOf(`agreement ${from.key}`, 'ceterms:TransferAgreement', {
      'ceterms:name': en(`Agreement between ${from.provider.name} and ${to.provider.name}`),
      'ceterms:agreementType': [concept('AgreementCategory', 'agreementCat', 'ArticulationAgreement')],
      'ceterms:sendingOrganization': [iriOf(`organization illustrative ${from.provider.key}`)],
      'ceterms:receivingOrganization': [receiver],
      'ceterms:hasTransferValueProfile': [iriOf(value)],
      'ceterms:dateEffective': start,
      'ceterms:expirationDate': end,
    }),
  ];
}

/** A recommender says what the credential, or a course that nobody has registered, is worth, but not for what. */
function recommendation(from: IllustrativeCredential): MarketGraph {
  const course: Node = {
    '@id': '_:course',
    '@type': 'ceterms:Course',
    'ceterms:name': en(`${from.field.name} in the Workplace`),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${from.provider.key}`)],
  };
  const made = graphOf(`recommended value ${from.key}`, 'ceterms:TransferValueProfile', {
    'ceterms:name': en(`Recommended credit for ${from.name}`),
    'ceterms:description': en('A recommendation; whoever receives it decides.'),
    'ceterms:ownedBy': [iriOf('organization illustrative guild-of-practical-work')],
    'ceterms:subjectWebpage': 'https://guild-of-practical-work.example/credit',
    'ceterms:startDate': '2024-01-01',
    'ceterms:transferValue': [credit(2, 'SemesterHour')],
    'ceterms:transferValueFrom': [iriOf(from.key), course['@id']],
  });
  return { ...made, graph: { ...made.graph, '@graph': [...made.graph['@graph'], course] } };
}
