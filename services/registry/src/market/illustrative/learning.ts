import { concept, credit, en, graphOf, iriOf, type MarketGraph } from '../graph.ts';
import type { IllustrativeSkill } from './fields.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';
import { amountOf, priced, priceShapeOf } from './offers.ts';
import { skillStatement } from './skillStatements.ts';

const parts = ['Foundations', 'Practice', 'Project'] as const;
type PartName = (typeof parts)[number];

/** How a credential is earned: names of graphs. */
export interface Learning {
  /** Required directly: the programme, or the courses. */
  required: string[];
  /** Recommended beforehand, for some. */
  recommended: string[];
  assessment: string | undefined;
  graphs: MarketGraph[];
}

/** Its courses, each published by itself, the programme that holds them when the award is large, and its assessment. */
export function learningOf(credential: IllustrativeCredential, taught: readonly IllustrativeSkill[]): Learning {
  const { key, kind, choose } = credential;
  const count = kind.isProgramme ? 3 : 1 + choose.below('courses', 2);
  const shares = parts
    .slice(0, count)
    .map((name, index) => ({ name, skills: taught.filter((_, place) => place % count === index), count }));
  const courses = shares.map((share) => course(credential, share));
  const names = shares.map(({ name }) => courseName(credential, name));
  const hasAssessment = choose.chance('assessment', 70) || kind.type === 'ceterms:Certification';
  const introduction = choose.chance('introduction', 15) ? [introductory(credential)] : [];
  return {
    required: kind.isProgramme ? [`programme ${key}`] : names,
    recommended: introduction.length > 0 ? [`introduction ${key}`] : [],
    assessment: hasAssessment ? `assessment ${key}` : undefined,
    graphs: [
      ...courses,
      ...introduction,
      ...(kind.isProgramme ? [programme(credential, names)] : []),
      ...(hasAssessment
        ? [assessment(credential, choose.some('assessed', taught, Math.max(1, taught.length - 2)))]
        : []),
    ],
  };
}

function courseName({ key }: IllustrativeCredential, part: PartName): string {
  return `course ${key} ${part}`;
}

function course(
  credential: IllustrativeCredential,
  part: { name: PartName; skills: IllustrativeSkill[]; count: number },
): MarketGraph {
  const { field, choose, kind, provider } = credential;
  const isPriced = priceShapeOf(credential) === 'required';
  return graphOf(courseName(credential, part.name), 'ceterms:Course', {
    ...owned(credential),
    'ceterms:name': en(`${field.name}: ${part.name}`),
    'ceterms:description': en(field.work),
    'ceterms:codedNotation': [`${field.key.toUpperCase()} ${101 + parts.indexOf(part.name) * 100}`],
    'ceterms:teaches': part.skills.map((skill) => skillStatement(skill, choose)),
    'ceterms:learningMethodType': [
      concept(
        'LearningMethod',
        'learnMethod',
        choose.one(`method ${part.name}`, ['Laboratory', 'Lecture', 'SelfPaced', 'WorkBased']),
      ),
    ],
    'ceterms:creditValue': kind.isProgramme && choose.chance('course credit', 40) ? [credit(3, 'SemesterHour')] : [],
    'ceterms:estimatedCost': isPriced
      ? [priced(provider, 'Tuition', Math.round(amountOf(credential) / part.count))]
      : [],
  });
}

function programme(credential: IllustrativeCredential, courses: string[]): MarketGraph {
  const { key, field, kind } = credential;
  return graphOf(`programme ${key}`, 'ceterms:LearningProgram', {
    ...owned(credential),
    'ceterms:name': en(`${kind.label} Programme in ${field.name}`),
    'ceterms:description': en(field.work),
    'ceterms:hasPart': courses.map(iriOf),
    'ceterms:resultsInCredential': [iriOf(key)],
  });
}

function introductory(credential: IllustrativeCredential): MarketGraph {
  const { key, field, choose, provider } = credential;
  const [first] = field.skills;
  return graphOf(`introduction ${key}`, 'ceterms:Course', {
    ...owned(credential),
    'ceterms:name': en(`${field.name} for Beginners`),
    'ceterms:description': en(`A first look, for those who have never done it. ${field.work}`),
    'ceterms:teaches': first ? [skillStatement(first, choose)] : [],
    'ceterms:estimatedCost': [priced(provider, 'Tuition', 60)],
  });
}

function assessment(credential: IllustrativeCredential, assessed: readonly IllustrativeSkill[]): MarketGraph {
  const { key, field, choose, provider } = credential;
  const isPriced = priceShapeOf(credential) === 'required' || choose.chance('fee', 20);
  return graphOf(`assessment ${key}`, 'ceterms:AssessmentProfile', {
    ...owned(credential),
    'ceterms:name': en(`${field.name} Examination`),
    'ceterms:description': en(`Shows what has been learned. The task: ${field.setting}.`),
    'ceterms:assesses': assessed.map((skill) => skillStatement(skill, choose)),
    'ceterms:isProctored': choose.chance('proctored', 50),
    'ceterms:assessmentMethodType': [
      concept('AssessmentMethod', 'assessMethod', choose.one('assessment method', ['Exam', 'Performance', 'Artifact'])),
    ],
    'ceterms:estimatedCost': isPriced ? [priced(provider, 'StandaloneAssessment', 75)] : [],
  });
}

function owned({ provider, field }: IllustrativeCredential): Record<string, unknown> {
  return {
    'ceterms:inLanguage': ['en'],
    'ceterms:lifeCycleStatusType': concept('LifeCycleStatus', 'lifeCycle', 'Active'),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${provider.key}`)],
    'ceterms:subjectWebpage': `https://${provider.key}.example/${field.key}/learning`,
  };
}
