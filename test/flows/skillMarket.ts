import { code, en, graph, iri, lasts, place, price } from './queryMarket.ts';

type Document = Record<string, unknown>;

/** One way to refer to a skill in a document, and how surely it names it. */
type Form = { linked: string; label?: string } | { code: string; framework: string; label: string } | { label: string };

/**
 * Skills that can be said in several ways, each one skill by decision 9. The public ones are concepts of ESCO 1.1 and O*NET; the others
 * are nobody's but the documents'.
 */
const forms = {
  photogrammetry: [
    { linked: 'http://data.europa.eu/esco/skill/0435fe96-f523-4888-a76f-22df1e92d9c4', label: 'photogrammetry' },
    { label: 'Photogrammetry' },
    { label: 'photographic surveying' },
  ],
  'unload cargo': [
    { linked: 'http://data.europa.eu/esco/skill/042f91e3-cccc-4d51-b635-bb14ffe90cfc' },
    { label: 'Unload cargo' },
    { label: 'unpack cargo' },
  ],
  typography: [
    { linked: 'http://data.europa.eu/esco/skill/080a3bf6-c8e8-481e-b97e-8fbc964ebab7', label: 'Typography' },
    { label: 'Typographies' },
  ],
  memory: [
    { code: '1.A.1.d', framework: 'O*NET', label: 'Memory' },
    { linked: 'https://www.onetonline.org/find/descriptor/result/1.A.1.d', label: 'Memory' },
  ],
  'knife throwing': [
    {
      linked: 'https://case.example.org/ims/case/v1p0/CFItems/5a0b9c1e-0000-4000-8000-000000000001',
      label: 'Knife throwing',
    },
    { label: 'Knife Throwing' },
  ],
  'fire eating': [{ label: 'Fire eating' }],
  'sword swallowing': [{ label: 'Sword swallowing' }, { label: 'SWORD  SWALLOWING' }],
  'stilt walking': [{ label: 'Stilt-walking' }],
  tumbling: [{ label: 'Tumbling by day' }],
  clowning: [{ label: 'Clowning about' }],
  trapeze: [{ label: 'Flying trapeze' }],
} as const satisfies Record<string, readonly Form[]>;

export type SkillName = keyof typeof forms;
export const skillNames = Object.keys(forms) as SkillName[];
export const statedRelations = ['requires', 'teaches', 'assesses'] as const;
export type Relation = (typeof statedRelations)[number] | 'recommends' | 'inferred';

export interface Statement {
  skill: SkillName;
  relation: Relation;
  form: number;
}

/** A credential, as the market's documents will say it. */
export interface Offer {
  number: number;
  type: 'Certificate' | 'DigitalBadge';
  region: string;
  cost?: number;
  days?: number;
  statements: Statement[];
}

function formOf({ skill, form }: Pick<Statement, 'skill' | 'form'>): Form {
  const own: readonly Form[] = forms[skill];
  return own[form % own.length]!;
}

/** How surely a statement names its skill (interface §4 "A credential has a skill"). */
export function confidenceOf(statement: Statement): 'linked' | 'codeOnly' | 'labelOnly' {
  const form = formOf(statement);
  return 'linked' in form ? 'linked' : 'code' in form ? 'codeOnly' : 'labelOnly';
}

/** What a person may call the skill. */
export function nameOf(skill: SkillName, form: number): string {
  const own = formOf({ skill, form });
  return 'linked' in own ? own.linked : 'code' in own ? own.code : own.label;
}

function written(statement: Statement): Document {
  const form = formOf(statement);
  return {
    '@type': 'ceterms:CredentialAlignmentObject',
    ...('linked' in form ? { 'ceterms:targetNode': form.linked } : {}),
    ...('code' in form ? { 'ceterms:codedNotation': form.code, 'ceterms:frameworkName': en(form.framework) } : {}),
    ...(form.label ? { 'ceterms:targetNodeName': en(form.label) } : {}),
  };
}

/** The credential with the course that it requires and the occupation that it is for. */
export function documentsOf({ number, type, region, cost, days, statements }: Offer): Document[] {
  const stated = (relation: Relation): Document[] =>
    statements.filter((statement) => statement.relation === relation).map(written);
  const condition = (more: Document): Document => ({ '@type': 'ceterms:ConditionProfile', ...more });
  return [
    graph('course', number, {
      '@type': 'ceterms:Course',
      'ceterms:name': en(`Course ${number}`),
      'ceterms:teaches': stated('teaches'),
      'ceterms:assesses': stated('assesses'),
    }),
    graph('occupation', number, {
      '@type': 'ceterms:Occupation',
      'ceterms:name': en(`Occupation ${number}`),
      'ceterms:targetCompetency': stated('inferred'),
    }),
    graph('credential', number, {
      '@type': `ceterms:${type}`,
      'ceterms:name': en(`Credential ${number}`),
      'ceterms:occupationType': [
        {
          ...code('Occupations', String(number), `Occupation ${number}`)[0],
          'ceterms:targetNode': iri('occupation', number),
        },
      ],
      'ceterms:availableAt': place('Anywhere', region, 'United States'),
      'ceterms:requires': [
        condition({
          'ceterms:targetLearningOpportunity': [iri('course', number)],
          'ceterms:targetCompetency': stated('requires'),
        }),
      ],
      'ceterms:recommends': [condition({ 'ceterms:targetCompetency': stated('recommends') })],
      ...(cost === undefined ? {} : { 'ceterms:estimatedCost': price(cost) }),
      ...(days === undefined ? {} : { 'ceterms:estimatedDuration': lasts(`P${days}D`) }),
    }),
  ];
}
