import type { Family, Kind } from '@credatlas/model';
import { classes } from './generated/classes.ts';

/** The compact name of a class as people write it: `Badge` and `ceterms:Badge` are the same. */
export function className(type: string): string {
  if (classes[type] || type.includes(':')) return type;
  return (
    ['ceterms', 'ceasn', 'asn', 'skos', 'qdata'].map((prefix) => `${prefix}:${type}`).find((name) => classes[name]) ??
    type
  );
}

/** Every superclass, nearest first, without the class itself; none for unknown classes. */
export function ancestorsOf(type: string): string[] {
  const found = new Set<string>();
  const walk = (name: string): void => {
    for (const parent of classes[name]?.parents ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      walk(parent);
    }
  };
  walk(className(type));
  return [...found];
}

export function isA(type: string, ancestor: string): boolean {
  const name = className(type);
  return name === ancestor || ancestorsOf(name).includes(ancestor);
}

/** Most specific class first; equal depth in the order given. */
export function specificFirst(types: string[]): string[] {
  return types
    .map((type) => ({ type: className(type), depth: ancestorsOf(type).length }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ type }) => type);
}

export function classLabel(type: string): string {
  const name = className(type);
  return classes[name]?.label || name.replace(/^.*:/, '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

/** Class → kind; the first that one of the types is (or is below) decides. */
const kindOfClass: readonly (readonly [string, Kind])[] = [
  ['ceterms:Credential', 'credential'],
  ['ceterms:LearningOpportunityProfile', 'learning'],
  ['ceterms:AssessmentProfile', 'assessment'],
  ['ceterms:Agent', 'organization'],
  ['ceterms:Organization', 'organization'],
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

export function kindOf(types: string[]): Kind {
  return kindOfClass.find(([name]) => types.some((type) => isA(type, name)))?.[1] ?? 'other';
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

export function familyOf(types: string[]): Family {
  return familyOfClass.find(([name]) => types.some((type) => isA(type, name)))?.[1] ?? 'other';
}

/** Education rank of classes that have one; a class without takes its nearest ancestor's. */
const rankOfClass: Readonly<Record<string, number>> = {
  'ceterms:Badge': 1,
  'ceterms:CertificateOfCompletion': 1,
  'ceterms:CertificateOfParticipation': 1,
  'ceterms:MicroCredential': 2,
  'ceterms:BasicTechnicalCertificate': 2,
  'ceterms:SecondarySchoolDiploma': 3,
  'ceterms:GeneralEducationDevelopment': 3,
  'ceterms:SecondaryEducationCertificate': 3,
  'ceterms:PreApprenticeshipCertificate': 3,
  'ceterms:ApprenticeshipCertificate': 4,
  'ceterms:TechnicalLevel1Certificate': 4,
  'ceterms:TechnicalLevel2Certificate': 4,
  'ceterms:AssociateDegree': 5,
  'ceterms:JourneymanCertificate': 5,
  'ceterms:TechnicalLevel3Certificate': 5,
  'ceterms:BachelorDegree': 6,
  'ceterms:PostBaccalaureateCertificate': 6,
  'ceterms:MasterDegree': 7,
  'ceterms:SpecialistDegree': 7,
  'ceterms:PostMasterCertificate': 7,
  'ceterms:DoctoralDegree': 8,
};

/** 1 participation … 8 doctorate, of the most specific class that has a rank; 0 when none has (licences, certifications). */
export function educationRankOf(types: string[]): number {
  for (const type of specificFirst(types)) {
    const ranked = [type, ...ancestorsOf(type)].find((name) => rankOfClass[name] !== undefined);
    if (ranked) return rankOfClass[ranked] ?? 0;
  }
  return 0;
}
