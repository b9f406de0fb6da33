/** The closed lists of the common credential model. */
export const kinds = [
  'credential',
  'learning',
  'assessment',
  'organization',
  'competency',
  'framework',
  'transferValue',
  'transferIntermediary',
  'transferAgreement',
  'pathway',
  'pathwayComponent',
  'collection',
  'conditionManifest',
  'costManifest',
  'occupation',
  'job',
  'action',
  'dataSet',
  'concept',
  'conceptScheme',
  'supportService',
  'verificationService',
  'other',
] as const;
export type Kind = (typeof kinds)[number];

export const families = [
  'badge',
  'microCredential',
  'certificate',
  'certification',
  'licence',
  'degree',
  'diploma',
  'apprenticeship',
  'qualityAssurance',
  'other',
] as const;
export type Family = (typeof families)[number];

export const statuses = [
  'active',
  'developing',
  'probationary',
  'suspended',
  'ceasing',
  'teachOut',
  'ended',
  'unknown',
] as const;
export type Status = (typeof statuses)[number];

export const skillRelations = ['requires', 'assesses', 'teaches', 'recommends', 'aligned', 'inferred'] as const;
export type SkillRelation = (typeof skillRelations)[number];

/** In falling order of strength; strict answers use the first three. */
export const confidences = ['linked', 'codeOnly', 'labelOnly', 'inferred'] as const;
export type Confidence = (typeof confidences)[number];

export const ctidForms = ['valid', 'notV4', 'uppercase', 'malformed', 'absent'] as const;
export type CtidForm = (typeof ctidForms)[number];

export const recognitionRoles = ['accredited', 'approved', 'recognized', 'regulated', 'registered'] as const;
export type RecognitionRole = (typeof recognitionRoles)[number];
