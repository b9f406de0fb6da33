import type { Kind } from '@credatlas/model';
import { isA } from './classes.ts';

/** The registry's publishing tiers (required, recommended, optional properties); alternatives joined by `|`. */
export interface PublishingTier {
  required: readonly string[];
  recommended: readonly string[];
  optional: readonly string[];
}

const shared = [
  'ceterms:ctid',
  'ceterms:name',
  'ceterms:description',
  'ceterms:inLanguage',
  'ceterms:ownedBy|ceterms:offeredBy',
];

const credentialTier: PublishingTier = {
  required: [...shared, 'ceterms:subjectWebpage', 'ceterms:credentialStatusType'],
  recommended: [
    'ceterms:audienceLevelType',
    'ceterms:requires|ceterms:commonConditions',
    'ceterms:keyword|ceterms:subject',
    'ceterms:occupationType',
    'ceterms:industryType',
    'ceterms:instructionalProgramType',
    'ceterms:estimatedCost|ceterms:commonCosts',
    'ceterms:estimatedDuration',
    'ceterms:availableAt|ceterms:availableOnlineAt|ceterms:availabilityListing',
    'ceterms:image',
  ],
  optional: [
    'ceterms:dateEffective',
    'ceterms:learningDeliveryType',
    'ceterms:accreditedBy|ceterms:approvedBy|ceterms:recognizedBy|ceterms:regulatedBy',
    'ceterms:aggregateData|qdata:relevantDataSet',
    'ceterms:isPreparationFor|ceterms:isAdvancedStandingFor|ceterms:advancedStandingFrom|ceterms:preparationFrom',
    'ceterms:renewalFrequency|ceterms:renewal|ceterms:expirationDate',
    'ceterms:jurisdiction',
    'ceterms:financialAssistance',
  ],
};

const learningTier: PublishingTier = {
  required: [...shared, 'ceterms:lifeCycleStatusType', 'ceterms:subjectWebpage'],
  recommended: [
    'ceterms:creditValue',
    'ceterms:teaches',
    'ceterms:learningMethodType',
    'ceterms:deliveryType',
    'ceterms:inCatalog',
  ],
  optional: credentialTier.optional,
};

const assessmentTier: PublishingTier = {
  required: [...shared, 'ceterms:lifeCycleStatusType', 'ceterms:subjectWebpage'],
  recommended: ['ceterms:assesses', 'ceterms:assessmentMethodType', 'ceterms:deliveryType'],
  optional: credentialTier.optional,
};

/** The tier that applies to a resource; a badge also owes its credentialId. */
export function publishingTier(kind: Kind, types: string[]): PublishingTier {
  if (kind === 'learning') return learningTier;
  if (kind === 'assessment') return assessmentTier;
  const isBadge = types.some((type) => isA(type, 'ceterms:Badge'));
  return isBadge
    ? { ...credentialTier, required: [...credentialTier.required, 'ceterms:credentialId'] }
    : credentialTier;
}
