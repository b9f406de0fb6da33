/** How a field that a rule needs is published in CTDL, by the filter's name for it. */
const properties: Readonly<Record<string, string>> = {
  hours: 'ceterms:estimatedDuration with ceterms:timeRequired (PT200H)',
  clockHours: 'ceterms:creditValue with creditUnit:ClockHour, on the requirement or on each required course',
  credit: 'ceterms:creditValue with creditUnit:SemesterHour or creditUnit:QuarterHour, on the requirement or course',
  days: 'ceterms:estimatedDuration with ceterms:exactDuration (P10W), or a minimum and maximum on one side of the limit',
  cost: 'ceterms:estimatedCost with ceterms:price, ceterms:currency and ceterms:directCostType',
  costPerCredit: 'ceterms:estimatedCost, and ceterms:creditValue in semester or quarter hours',
  costPerHour: 'ceterms:estimatedCost, and ceterms:estimatedDuration with ceterms:timeRequired',
  completionRate: 'an observation or profile named "completion rate" with qdata:percentage',
  placementRate: 'ceterms:aggregateData with ceterms:jobsObtained and qdata:percentage, or qdata:employmentRate',
  earnings: 'ceterms:aggregateData with ceterms:medianEarnings and ceterms:currency',
  earningsOverCost: 'ceterms:aggregateData with ceterms:medianEarnings, and ceterms:estimatedCost in the same currency',
  occupation: 'ceterms:occupationType with ceterms:codedNotation',
  program: 'ceterms:instructionalProgramType with ceterms:codedNotation',
  industry: 'ceterms:industryType with ceterms:codedNotation',
  stacksInto:
    'ceterms:isPreparationFor, ceterms:isAdvancedStandingFor, ceterms:isPartOf, or a transfer value for another credential',
  acceptsFrom: 'ceterms:advancedStandingFrom, ceterms:preparationFrom, or a transfer value from another credential',
  skill: 'ceterms:requires with ceterms:targetCompetency, or ceterms:teaches or ceterms:assesses of what it requires',
  level: 'ceterms:audienceLevelType',
  delivery: 'ceterms:learningDeliveryType',
  status: 'ceterms:credentialStatusType',
  recognition: 'ceterms:accreditedBy, ceterms:approvedBy, ceterms:recognizedBy or ceterms:regulatedBy',
  recognizedBy: 'ceterms:accreditedBy, ceterms:approvedBy, ceterms:recognizedBy or ceterms:regulatedBy',
  provider: 'ceterms:ownedBy or ceterms:offeredBy',
  providerType: 'ceterms:agentType of the provider',
  providerSector: 'ceterms:agentSectorType of the provider',
  region: 'ceterms:availableAt with ceterms:addressRegion',
  country: 'ceterms:availableAt with ceterms:addressCountry',
  effective: 'ceterms:dateEffective',
  expires: 'ceterms:expirationDate',
};

/** What to publish; null where a record says nothing that would help. */
export function publishedAs(field: string): string | null {
  return properties[field] ?? properties[field.split('.')[0] ?? ''] ?? null;
}
