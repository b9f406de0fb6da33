import { Dice } from '../contracts/generatedMarket.ts';
import { code, concept, en, graph, hours, iri, lasts, place, price, skill } from './queryMarket.ts';

type Document = Record<string, unknown>;

const types = [
  'Certificate',
  'DigitalBadge',
  'BachelorDegree',
  'License',
  'Certification',
  'MicroCredential',
  'ApprenticeshipCertificate',
];
const skills = ['Welding', 'Chess', 'Patient care', 'Fencing'];
const durations = ['P10D', 'P2W', 'P3M', 'P4Y', 'PT40H'];
const days = ['2019', '2023-05', '2024-12-31', '2025-01-01', '2026-02-28'];
const soc = ['15-1252', '51-4121', '29-1141'];
const regions: [string, string][] = [
  ['Newark', 'New Jersey'],
  ['New York', 'New York'],
  ['Easton', 'Pennsylvania'],
];

function providers(dice: Dice): Document[] {
  return [1, 2, 3, 4].map((number) =>
    graph('organization', number, {
      '@type': 'ceterms:CredentialOrganization',
      'ceterms:name': en(`Provider ${number}`),
      ...(dice.below(4) > 0
        ? { 'ceterms:agentSectorType': concept(`agentSector:${dice.one(['Public', 'PrivateForProfit'])}`) }
        : {}),
      ...(dice.below(3) > 0 ? { 'ceterms:address': place(...dice.one(regions), 'United States') } : {}),
    }),
  );
}

function credential(dice: Dice, number: number): Document {
  const some = <T>(value: T): Partial<T> => (dice.below(2) > 0 ? value : {});
  const owners = dice.some([1, 2, 3, 4], 2).map((owner) => iri('organization', owner));
  return graph('credential', number, {
    '@type': `ceterms:${dice.one(types)}`,
    'ceterms:name': en(`Credential ${number}`),
    ...(owners.length > 0 ? { 'ceterms:ownedBy': [...new Set(owners)] } : {}),
    ...some({ 'ceterms:estimatedCost': price(dice.one([0, 19.99, 500, 1999.995, 2000, 45_000])) }),
    ...some({ 'ceterms:estimatedDuration': lasts(dice.one(durations)) }),
    ...some({ 'ceterms:dateEffective': dice.one(days) }),
    ...some({
      'ceterms:learningDeliveryType': [
        ...concept('deliveryType:InPerson'),
        ...(dice.below(2) > 0 ? concept('deliveryType:OnlineOnly') : []),
      ],
    }),
    ...some({ 'ceterms:occupationType': code('Standard Occupational Classification', dice.one(soc), 'Work') }),
    ...some({
      'ceterms:availableAt': dice.some(regions, 3).flatMap(([city, region]) => place(city, region, 'United States')),
    }),
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        ...some({ 'ceterms:targetCompetency': [...new Set(dice.some(skills, 3))].map(skill) }),
        ...some({ 'ceterms:creditValue': hours(dice.one([1, 3, 7.5, 60])) }),
      },
    ],
  });
}

/** A market of this many credentials in which anything may be missing, the same for the same seed. */
export function randomTableMarket(seed: number, size: number): Document[] {
  const dice = new Dice(seed);
  return [...providers(dice), ...Array.from({ length: size }, (_, at) => credential(dice, at + 1))];
}

/** As many credentials of each category of the count of 2025 as were published, divided by `scale`. */
export function marketOf2025(scale: number): { documents: Document[]; counts: Record<string, number> } {
  const published: [type: string, category: string, count: number][] = [
    ['DigitalBadge', 'badges', 1_022_028],
    ['Certificate', 'certificates', 486_352],
    ['BachelorDegree', 'degrees', 264_099],
    // How the other 77,555 are divided is not published.
    ['Certification', 'certifications', 30_000],
    ['License', 'licenses', 20_000],
    ['MicroCredential', 'micro-credentials', 17_555],
    ['SecondarySchoolDiploma', 'secondary', 10_000],
  ];
  const sized = published.map(([type, category, count]) => ({ type, category, count: Math.round(count / scale) }));
  const documents = sized.flatMap(({ type, count }) => Array.from({ length: count }, () => type));
  return {
    documents: documents.map((type, at) =>
      graph('credential', at + 1, { '@type': `ceterms:${type}`, 'ceterms:name': en(`Credential ${at + 1}`) }),
    ),
    counts: Object.fromEntries(sized.map(({ category, count }) => [category, count])),
  };
}
