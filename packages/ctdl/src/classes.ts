import type { Family, Kind } from '@credatlas/model';
import type { ClassFacts } from './facts.ts';
import { classes } from './generated/classes.ts';

/** Class names of older or careless documents, and of other vocabularies where they mean the same → today's. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['schema:ValueProfile', 'ceterms:ValueProfile'],
  ['ceterms:EmplomentOutcomeProfile', 'ceterms:EmploymentOutcomeProfile'],
  ['ceterms:FinancialAlignmentObject', 'ceterms:CredentialAlignmentObject'],
  ['ceterms:TransferValueAgreement', 'ceterms:TransferAgreement'],
  ['ceterms:LearningOpportunity', 'ceterms:LearningOpportunityProfile'],
  ['ceasn:CrtiterionLevel', 'ceasn:CriterionLevel'],
  ['ceasn:Task', 'ceterms:Task'],
]);
const facts: ReadonlyMap<string, ClassFacts> = new Map(Object.entries(classes));
const closures: ReadonlyMap<string, readonly string[]> = new Map(
  [...facts.keys()].map((name) => [name, closureOf(name)]),
);
const depths: ReadonlyMap<string, number> = new Map([...facts.keys()].map((name) => [name, depthOf(name)]));

/** The compact name of a class as people write it: `Badge` and `ceterms:Badge` are the same, old names become today's, unknown ones stay. */
export function className(type: string): string {
  if (facts.has(type)) return type;
  const candidates = type.includes(':')
    ? [type]
    : ['ceterms', 'ceasn', 'asn', 'skos', 'qdata'].map((prefix) => `${prefix}:${type}`);
  const known = candidates.map((name) => renamed.get(name) ?? name).find((name) => facts.has(name));
  return known ?? type;
}

/** What the vocabulary says of a class; undefined for one it does not know. */
export function classOf(type: string): ClassFacts | undefined {
  return facts.get(className(type));
}

/** Compact names of all classes, in byte order. */
export function classNames(): string[] {
  return [...facts.keys()];
}

/** Every superclass, nearest first, without the class itself; none for unknown classes. */
export function ancestorsOf(type: string): string[] {
  return [...(closures.get(className(type)) ?? [])];
}

export function isA(type: string, ancestor: string): boolean {
  const name = className(type);
  return name === ancestor || (closures.get(name)?.includes(ancestor) ?? false);
}

/** Most specific class first, by the length of its line of ancestors; equal ones in the order given. */
export function specificFirst(types: string[]): string[] {
  return types.map(className).sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0));
}

export function classLabel(type: string): string {
  const name = className(type);
  return facts.get(name)?.label || name.replace(/^.*:/, '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

/** Breadth first, so that nearer ancestors come before farther ones. */
function closureOf(name: string): string[] {
  const found = new Set(facts.get(name)?.parents);
  // The set grows while it is walked.
  for (const parent of found) for (const further of facts.get(parent)?.parents ?? []) found.add(further);
  found.delete(name);
  return [...found];
}

function depthOf(name: string): number {
  const parents = facts.get(name)?.parents ?? [];
  return parents.reduce((depth, parent) => Math.max(depth, 1 + depthOf(parent)), 0);
}

/** Class → kind; the first that one of the types is (or is below) decides. */
const kindOfClass: readonly (readonly [string, Kind])[] = [
  ['ceterms:Credential', 'credential'],
  ['ceterms:LearningOpportunityProfile', 'learning'],
  ['ceterms:AssessmentProfile', 'assessment'],
  ['ceterms:Assessment', 'assessment'],
  ['ceterms:Agent', 'organization'],
  ['ceasn:CompetencyFramework', 'framework'],
  ['ceasn:Competency', 'competency'],
  ['ceterms:TransferValueProfile', 'transferValue'],
  ['ceterms:TransferIntermediary', 'transferIntermediary'],
  ['ceterms:TransferAgreement', 'transferAgreement'],
  ['ceterms:PathwaySet', 'collection'],
  ['ceterms:Pathway', 'pathway'],
  ['ceterms:PathwayComponent', 'pathwayComponent'],
  ['ceterms:CollectionComponent', 'pathwayComponent'],
  ['ceterms:MultiComponent', 'pathwayComponent'],
  ['ceterms:Collection', 'collection'],
  ['ceterms:ConditionManifest', 'conditionManifest'],
  ['ceterms:CostManifest', 'costManifest'],
  ['ceterms:Occupation', 'occupation'],
  ['ceterms:Job', 'job'],
  ['ceterms:WorkRole', 'job'],
  ['ceterms:CredentialingAction', 'action'],
  ['qdata:DataSetProfile', 'dataSet'],
  ['asn:ProgressionLevel', 'concept'],
  ['asn:ProgressionModel', 'conceptScheme'],
  ['skos:Concept', 'concept'],
  ['skos:ConceptScheme', 'conceptScheme'],
  ['ceterms:SupportService', 'supportService'],
  ['ceterms:VerificationServiceProfile', 'verificationService'],
];

/** Position in the table that decides each class that the vocabulary knows. */
const kindRows = decidingRows(kindOfClass);

export function kindOf(types: string[]): Kind {
  return firstOf({ table: kindOfClass, rows: kindRows }, types) ?? 'other';
}

type Table<T> = readonly (readonly [name: string, value: T])[];

function decidingRows(table: Table<unknown>): ReadonlyMap<string, number> {
  // Tables also name classes that older documents use and the vocabulary has lost.
  const own = table.map(([name]): [string, readonly string[]] => [name, closures.get(name) ?? []]);
  return new Map(
    [...closures, ...own].flatMap(([name, ancestors]) => {
      const row = table.findIndex(([each]) => each === name || ancestors.includes(each));
      return row < 0 ? [] : [[name, row] as const];
    }),
  );
}

function firstOf<T>(given: { table: Table<T>; rows: ReadonlyMap<string, number> }, types: string[]): T | undefined {
  let first = given.table.length;
  for (const type of types) first = Math.min(first, given.rows.get(className(type)) ?? first);
  return given.table[first]?.[1];
}

const familyOfClass: readonly (readonly [string, Family])[] = [
  ['ceterms:Badge', 'badge'],
  ['ceterms:MicroCredential', 'microCredential'],
  ['ceterms:QualityAssuranceCredential', 'qualityAssurance'],
  ['ceterms:ApprenticeshipCertificate', 'apprenticeship'],
  ['ceterms:JourneymanCertificate', 'apprenticeship'],
  ['ceterms:MasterCertificate', 'apprenticeship'],
  ['ceterms:PreApprenticeshipCertificate', 'apprenticeship'],
  ['ceterms:Certificate', 'certificate'],
  ['ceterms:Certification', 'certification'],
  ['ceterms:License', 'licence'],
  ['ceterms:Degree', 'degree'],
  ['ceterms:Diploma', 'diploma'],
];

const familyRows = decidingRows(familyOfClass);

export function familyOf(types: string[]): Family {
  return firstOf({ table: familyOfClass, rows: familyRows }, types) ?? 'other';
}

/** Education rank of classes that have one; a class without takes its nearest ancestor's. */
const rankOfClass: ReadonlyMap<string, number> = new Map([
  ['ceterms:Badge', 1],
  ['ceterms:CertificateOfCompletion', 1],
  ['ceterms:CertificateOfParticipation', 1],
  ['ceterms:MicroCredential', 2],
  ['ceterms:BasicTechnicalCertificate', 2],
  ['ceterms:GeneralEducationLevel1Certificate', 2],
  ['ceterms:SecondarySchoolDiploma', 3],
  ['ceterms:GeneralEducationDevelopment', 3],
  ['ceterms:SecondaryEducationCertificate', 3],
  ['ceterms:PreApprenticeshipCertificate', 3],
  ['ceterms:ApprenticeshipCertificate', 4],
  ['ceterms:GeneralEducationLevel2Certificate', 4],
  ['ceterms:HigherEducationLevel1Certificate', 4],
  ['ceterms:HigherEducationLevel2Certificate', 4],
  ['ceterms:TechnicalLevel1Certificate', 4],
  ['ceterms:TechnicalLevel2Certificate', 4],
  ['ceterms:AssociateDegree', 5],
  ['ceterms:JourneymanCertificate', 5],
  ['ceterms:TechnicalLevel3Certificate', 5],
  ['ceterms:BachelorDegree', 6],
  ['ceterms:PostBaccalaureateCertificate', 6],
  ['ceterms:MasterDegree', 7],
  ['ceterms:SpecialistDegree', 7],
  ['ceterms:PostMasterCertificate', 7],
  ['ceterms:DoctoralDegree', 8],
]);

/** 1 participation … 8 doctorate, of the most specific class that has a rank; 0 when none has (licences, certifications). */
export function educationRankOf(types: string[]): number {
  for (const type of specificFirst(types)) {
    const ranked = [type, ...ancestorsOf(type)].find((name) => rankOfClass.has(name));
    if (ranked !== undefined) return rankOfClass.get(ranked) ?? 0;
  }
  return 0;
}
