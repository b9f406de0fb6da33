import { aligned, concept, condition, cost, en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { Classifications } from '../occupations.ts';
import { Chooser } from './Chooser.ts';
import { type IllustrativeField, type IllustrativeSkill, illustrativeFields } from './fields.ts';
import { creditOf, lengthOf, prices, renewal, whereOffered } from './offers.ts';
import { type IllustrativeProvider, illustrativeProviders } from './providers.ts';
import { skillStatement } from './skillStatements.ts';

const kinds = [
  { type: 'ceterms:OpenBadge', label: 'Badge', level: 'BeginnerLevel' },
  { type: 'ceterms:MicroCredential', label: 'Micro-credential', level: 'IntermediateLevel' },
  { type: 'ceterms:Certificate', label: 'Certificate', level: 'PostSecondaryLevel' },
  { type: 'ceterms:ProfessionalCertificate', label: 'Professional Certificate', level: 'ProfessionalLevel' },
  { type: 'ceterms:Certification', label: 'Certification', level: 'AdvancedLevel' },
  {
    type: 'ceterms:AssociateOfAppliedScienceDegree',
    label: 'Associate of Applied Science',
    level: 'AssociatesDegreeLevel',
  },
  { type: 'ceterms:ApprenticeshipCertificate', label: 'Apprenticeship', level: 'AssociatesDegreeLevel' },
] as const;

/** One credential of the illustrative market and what it is made of. */
export interface IllustrativeCredential {
  key: string;
  name: string;
  type: string;
  field: IllustrativeField;
  provider: IllustrativeProvider;
  choose: Chooser;
}

/** Every provider in every field. */
export function illustrativeCredentials(): IllustrativeCredential[] {
  return illustrativeProviders.flatMap((provider) =>
    illustrativeFields.map((field) => {
      const key = `illustrative ${provider.key} ${field.key}`;
      const choose = new Chooser(key);
      const kind = choose.one('kind', kinds);
      return {
        key: `credential ${key}`,
        name: `${kind.label} in ${field.name}`,
        type: kind.type,
        field,
        provider,
        choose,
      };
    }),
  );
}

/** The credential, its course and its assessment, each published by itself, joined by a condition. */
export function* credentialGraphs(
  credential: IllustrativeCredential,
  classifications: Classifications,
): Iterable<MarketGraph> {
  const { key, name, type, field, provider, choose } = credential;
  const taught = choose.some('taught', field.skills, 3 + choose.below('taught count', 4));
  const assessed = choose.some('assessed', taught, Math.max(1, taught.length - 2));
  const direct = choose.some('direct', field.skills, choose.below('direct count', 3));
  const hasAssessment = choose.chance('assessment', 70) || type === 'ceterms:Certification';
  yield course(
    credential,
    taught.map((skill) => skillStatement(skill, choose)),
  );
  if (hasAssessment)
    yield assessment(
      credential,
      assessed.map((skill) => skillStatement(skill, choose)),
    );
  yield graphOf(key, type, {
    'ceterms:name': en(`${name}, ${provider.name}`),
    'ceterms:description': en(`${field.work} This ${name.toLowerCase()} is an illustration and nobody awards it.`),
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
    'ceterms:subject': [aligned({ name: field.subject })],
    'ceterms:keyword': { 'en-US': [field.name, field.key] },
    'ceterms:audienceLevelType': [
      concept('AudienceLevel', 'audLevel', kinds.find((kind) => kind.type === type)?.level ?? 'BeginnerLevel'),
    ],
    'ceterms:occupationType': choose.chance('occupation', 70) ? classifications.occupation(field.soc) : [],
    'ceterms:industryType': [aligned({ code: field.naics, name: field.subject, frameworkName: 'NAICS' })],
    'ceterms:instructionalProgramType': [
      aligned({ code: field.cip, name: field.name, frameworkName: 'Classification of Instructional Programs' }),
    ],
    'ceterms:estimatedDuration': choose.chance('duration', 90) ? [lengthOf(choose)] : [],
    'ceterms:dateEffective': choose.one('effective', ['2023-01-15', '2024-06', '2025', '2022-09-01']),
    'ceterms:requires': [requirement(credential, { hasAssessment, direct })],
    ...prices(provider, choose),
    ...whereOffered(provider, choose),
    ...recognition(credential),
    ...(type === 'ceterms:Certification'
      ? { ...renewal(choose), 'ceterms:expirationDate': choose.chance('expires', 20) ? '2027-12' : undefined }
      : {}),
    ...(type === 'ceterms:OpenBadge'
      ? {
          'ceterms:credentialId': `https://badges.${provider.key}.example/${field.key}`,
          'ceterms:usesVerificationService': [iriOf('verification illustrative')],
        }
      : {}),
    ...(choose.chance('conditions', 15)
      ? { 'ceterms:commonConditions': [iriOf(`condition manifest ${provider.key}`)] }
      : {}),
    ...stacking(credential),
  });
}

function requirement(
  { key, choose }: IllustrativeCredential,
  given: { hasAssessment: boolean; direct: readonly IllustrativeSkill[] },
): Node {
  return condition({
    'ceterms:name': en('What it takes'),
    'ceterms:targetLearningOpportunity': [iriOf(`course ${key}`)],
    'ceterms:targetAssessment': given.hasAssessment ? [iriOf(`assessment ${key}`)] : [],
    'ceterms:targetCompetency': given.direct.map((skill) => skillStatement(skill, choose)),
    'ceterms:creditValue': creditOf(choose),
    'ceterms:alternativeCondition': choose.chance('alternative', 10)
      ? [condition({ 'ceterms:experience': en('Two years of work in the field'), 'ceterms:yearsOfExperience': 2 })]
      : [],
  });
}

function course({ key, field, provider, choose }: IllustrativeCredential, teaches: Node[]): MarketGraph {
  return graphOf(`course ${key}`, 'ceterms:Course', {
    'ceterms:name': en(`${field.name} Course`),
    'ceterms:description': en(field.work),
    'ceterms:inLanguage': ['en'],
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle', 'Active'),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${provider.key}`)],
    'ceterms:codedNotation': [`${field.key.toUpperCase()} 101`],
    'ceterms:teaches': teaches,
    'ceterms:learningMethodType': [
      concept(
        'LearningMethod',
        'learnMethod',
        choose.one('method', ['Laboratory', 'Lecture', 'SelfPaced', 'WorkBased']),
      ),
    ],
    'ceterms:creditValue': choose.chance('course credit', 40) ? creditOf(choose) : [],
    'ceterms:estimatedCost': choose.chance('course price', 30) ? [cost('Tuition', 150)] : [],
  });
}

function assessment({ key, field, provider, choose }: IllustrativeCredential, assesses: Node[]): MarketGraph {
  return graphOf(`assessment ${key}`, 'ceterms:AssessmentProfile', {
    'ceterms:name': en(`${field.name} Examination`),
    'ceterms:inLanguage': ['en'],
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle', 'Active'),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${provider.key}`)],
    'ceterms:assesses': assesses,
    'ceterms:isProctored': choose.chance('proctored', 50),
    'ceterms:assessmentMethodType': [
      concept('AssessmentMethod', 'assessMethod', choose.one('assessment method', ['Exam', 'Performance', 'Artifact'])),
    ],
    'ceterms:estimatedCost': choose.chance('fee', 30) ? [cost('StandaloneAssessment', 75)] : [],
  });
}

function recognition({ choose, provider }: IllustrativeCredential): Node {
  const board = iriOf('organization illustrative stackwell-certification-board');
  if (choose.chance('accredited', 25) && provider.key !== 'stackwell-certification-board')
    return { 'ceterms:accreditedBy': [board] };
  return choose.chance('recognized', 10)
    ? { 'ceterms:recognizedBy': [iriOf('organization illustrative guild-of-practical-analysts')] }
    : {};
}

/** Smaller awards prepare for larger ones of the same provider's neighbour, some with advanced standing. */
function stacking({ type, field, provider, choose }: IllustrativeCredential): Node {
  const index = illustrativeProviders.indexOf(provider);
  const next = illustrativeProviders[(index + 1) % illustrativeProviders.length]!;
  const target = iriOf(`credential illustrative ${next.key} ${field.key}`);
  if (type === 'ceterms:OpenBadge' || type === 'ceterms:MicroCredential')
    return { 'ceterms:isPreparationFor': [target] };
  if (choose.chance('standing', 20))
    return {
      'ceterms:isAdvancedStandingFor': [
        condition({ 'ceterms:targetCredential': [target], 'ceterms:creditValue': creditOf(choose) }),
      ],
    };
  return {};
}
