import { aligned, concept, condition, credit, en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { Classifications } from '../occupations.ts';
import { descriptionOf } from './descriptions.ts';
import { type IllustrativeCredential, keyOf } from './illustrativeCredentials.ts';
import { type Learning, learningOf } from './learning.ts';
import { creditOf, lengthOf, prices, renewal, whereOffered } from './offers.ts';
import { illustrativeProviders } from './providers.ts';
import { skillStatement, wholeFramework } from './skillStatements.ts';

/** The credential and what it is made of, each published by itself, joined by a condition. */
export function* credentialGraphs(
  credential: IllustrativeCredential,
  classifications: Classifications,
): Iterable<MarketGraph> {
  const { key, name, kind, field, provider, choose } = credential;
  const taught = choose.some('taught', field.skills, 3 + choose.below('taught count', 4));
  const learning = learningOf(credential, taught);
  yield* learning.graphs;
  yield graphOf(key, kind.type, {
    'ceterms:name': en(name),
    'ceterms:description': en(descriptionOf(credential, taught)),
    'ceterms:inLanguage': [choose.chance('spanish', 8) ? 'es' : 'en'],
    'ceterms:subjectWebpage': `https://${provider.key}.example/${field.key}`,
    'ceterms:credentialStatusType': [
      concept(
        'CredentialStatus',
        'credentialStat',
        choose.one('status', ['Active', 'Active', 'Active', 'Active', 'Probationary', 'Ceasing']),
      ),
    ],
    'ceterms:ownedBy': [iriOf(`organization illustrative ${provider.key}`)],
    'ceterms:offeredBy': [iriOf(`organization illustrative ${provider.key}`)],
    ...classified(credential, classifications),
    'ceterms:estimatedDuration': choose.chance('duration', 90) ? [lengthOf(credential)] : [],
    'ceterms:dateEffective': choose.one('effective', ['2023-01-15', '2024-06', '2025', '2022-09-01']),
    'ceterms:requires': [requirement(credential, learning)],
    'ceterms:recommends':
      learning.recommended.length > 0
        ? [condition({ 'ceterms:targetLearningOpportunity': learning.recommended.map(iriOf) })]
        : [],
    'ceterms:commonConditions': choose.chance('conditions', 15) ? [iriOf(`condition manifest ${provider.key}`)] : [],
    ...prices(credential),
    ...whereOffered(credential),
    ...recognition(credential),
    ...ofItsKind(credential),
    ...stacking(credential),
  });
}

function classified({ kind, field, choose }: IllustrativeCredential, classifications: Classifications): Node {
  const { industry, program } = field;
  return {
    'ceterms:audienceLevelType': [concept('AudienceLevel', 'audLevel', kind.level)],
    'ceterms:subject': [aligned({ name: field.subject })],
    'ceterms:keyword': { 'en-US': [field.name, field.subject.toLowerCase()] },
    'ceterms:occupationType': choose.chance('occupation', 70) ? classifications.occupation(field.soc) : [],
    'ceterms:industryType': [aligned({ ...industry, frameworkName: 'North American Industry Classification System' })],
    'ceterms:instructionalProgramType': [
      aligned({
        ...program,
        framework: 'https://nces.ed.gov/ipeds/cipcode',
        frameworkName: 'Classification of Instructional Programs',
      }),
    ],
  };
}

/** Courses and assessment; for some also skills of its own, or a whole framework of them. */
function requirement({ field, kind, choose }: IllustrativeCredential, learning: Learning): Node {
  const direct = choose.some('direct', field.skills, choose.below('direct count', 3));
  return condition({
    'ceterms:name': en('What it takes'),
    'ceterms:targetLearningOpportunity': learning.required.map(iriOf),
    'ceterms:targetAssessment': learning.assessment ? [iriOf(learning.assessment)] : [],
    'ceterms:targetCompetency': choose.chance('whole framework', 4)
      ? [wholeFramework(field)]
      : direct.map((skill) => skillStatement(skill, choose)),
    'ceterms:creditValue': creditOf(kind, choose),
    'ceterms:alternativeCondition': choose.chance('alternative', 10)
      ? [condition({ 'ceterms:experience': en('Two years of work in the field'), 'ceterms:yearsOfExperience': 2 })]
      : [],
  });
}

function recognition({ choose, provider }: IllustrativeCredential): Node {
  const board = 'stackwell-certification-board';
  if (choose.chance('accredited', 25) && provider.key !== board)
    return { 'ceterms:accreditedBy': [iriOf(`organization illustrative ${board}`)] };
  return choose.chance('recognized', 10)
    ? { 'ceterms:recognizedBy': [iriOf('organization illustrative guild-of-practical-work')] }
    : {};
}

/** Certifications are renewed and end; badges have an address and a way to check them. */
function ofItsKind({ kind, field, provider, choose }: IllustrativeCredential): Node {
  if (kind.type === 'ceterms:Certification')
    return { ...renewal(choose), 'ceterms:expirationDate': choose.chance('expires', 20) ? '2027-12' : undefined };
  if (kind.type !== 'ceterms:OpenBadge') return {};
  return {
    'ceterms:credentialId': `https://badges.${provider.key}.example/${field.key}`,
    'ceterms:usesVerificationService': [iriOf('verification illustrative')],
  };
}

/** Smaller awards prepare for the next provider's in the same field; larger ones give advanced standing for it or from it. */
function stacking({ kind, field, provider, choose }: IllustrativeCredential): Node {
  const index = illustrativeProviders.indexOf(provider);
  const neighbour = (step: number): string => {
    const place = (index + step + illustrativeProviders.length) % illustrativeProviders.length;
    return iriOf(keyOf(illustrativeProviders[place]!, field));
  };
  if (!kind.isProgramme) return choose.chance('prepares', 60) ? { 'ceterms:isPreparationFor': [neighbour(1)] } : {};
  const part = choose.chance('standing credit', 80)
    ? [credit(3 * choose.one('standing hours', [1, 2, 3]), 'SemesterHour')]
    : [];
  const standing = (target: string): Node[] => [
    condition({ 'ceterms:targetCredential': [target], 'ceterms:creditValue': part }),
  ];
  if (choose.chance('standing from', 30)) return { 'ceterms:advancedStandingFrom': standing(neighbour(-1)) };
  return choose.chance('standing for', 30) ? { 'ceterms:isAdvancedStandingFor': standing(neighbour(1)) } : {};
}
