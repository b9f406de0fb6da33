export { codePath, codePaths } from './codePaths.ts';
export { hhiOf, topShareOf } from './concentration.ts';
export { counted } from './counted.ts';
export { type Credential, credentialSchema, issuersOf } from './credential.ts';
export { distanceBetween, nearestOf } from './distance.ts';
export {
  BrokenInvariantError,
  ConflictError,
  CredatlasError,
  type Fault,
  InvalidInputError,
  NotAllowedError,
  NotFoundError,
  ThrottledError,
  TooLargeError,
  UnacceptableDocumentError,
  UnavailableError,
  UnsupportedMediaError,
  unreachable,
  WithdrawnError,
} from './errors.ts';
export type {
  GraphEmbedding,
  GraphLiteral,
  GraphNode,
  GraphReference,
  GraphValue,
  RecordFacts,
  RecordGraph,
  Resource,
  StoredResource,
} from './graph.ts';
export {
  type IdentityDecision,
  type IdentityEvidence,
  type IdentityFacts,
  type IdentityPair,
  identityEvidenceSchema,
} from './identity.ts';
export { type Issue, issueSchema } from './issue.ts';
export { codeKey, collectionKey, type Label, labelsOf, partyKey } from './labels.ts';
export { firstMoment, lastMoment } from './moments.ts';
export { amountOf, centsOf, type Money, moneySchema, type SearchableCurrency, searchableCurrencies } from './money.ts';
export { nearestName } from './nearestName.ts';
export { type Organization, organizationSchema } from './organization.ts';
export { organizationCodeForms, organizationCodes } from './organizationCodes.ts';
export {
  type MeasuredOutcome,
  measuredOutcome,
  type OutcomeMeasure,
  outcomeMeasureNames,
} from './outcomeMeasures.ts';
export {
  type Agreement,
  agreementSchema,
  type Choice,
  choiceSchema,
  componentSchema,
  type Edge,
  edgeSchema,
  type PathwayComponent,
} from './pathway.ts';
export type {
  EnvelopeFacts,
  Refusal,
  RunCounts,
  RunSummary,
  SourceRecord,
  SourceState,
  StoredRecord,
} from './record.ts';
export { type SavedQuery, savedQuerySchema } from './savedQuery.ts';
export { saysTheSame } from './saysTheSame.ts';
export {
  type Clause,
  type Coordinates,
  type CoverageAnswer,
  type CoverageCursor,
  type CoverageHit,
  type CoverageQuery,
  type Dimension,
  earthRadius,
  evidence,
  type FacetAnswer,
  type FacetRequest,
  type GroupAnswer,
  type GroupQuery,
  type GroupRow,
  type HeldRecognition,
  inferredTextField,
  type KeywordField,
  keywordFields,
  type MergedValues,
  type Metric,
  maxGroups,
  maxTokenLength,
  maxValueLength,
  type NamedSkill,
  type NumberField,
  numberFields,
  type SearchAnswer,
  type SearchChange,
  type SearchCursor,
  type SearchDocument,
  type SearchHit,
  type SearchQuery,
  type SortKey,
  type Suggestion,
  type SuggestionEntry,
  type TaggedClause,
  type TextField,
  type TextQuery,
  type TextUnit,
  textFields,
  textFieldWeights,
  type WeightedTextField,
} from './search.ts';
export { searchTexts } from './searchTexts.ts';
export { type Shortlist, type ShortlistEntry, shortlistEntrySchema, shortlistSchema } from './shortlist.ts';
export { isStated } from './statedSkill.ts';
export {
  type Code,
  type Condition,
  type Cost,
  type Credit,
  codeSchema,
  conditionSchema,
  costSchema,
  creditSchema,
  type Duration,
  dayTextSchema,
  durationSchema,
  type LanguageMap,
  type Level,
  languageMapSchema,
  levelSchema,
  type Offering,
  type Outcome,
  offeringSchema,
  outcomeSchema,
  type Party,
  type Place,
  partySchema,
  placeSchema,
  type Recognition,
  recognitionSchema,
  type Skill,
  skillSchema,
  type Term,
  type TotalCost,
  termSchema,
  totalCostSchema,
  type Via,
  viaSchema,
} from './statement.ts';
export { storedForm } from './storedForm.ts';
export {
  type PreparedSummary,
  preparedVersion,
  prepareSummary,
  type Summary,
  shownTier,
  summaryOf,
  summarySchema,
} from './summary.ts';
export {
  contextKeys,
  covers,
  holdsForAll,
  type JudgedTier,
  type Listing,
  type ListingScope,
  listingScopeSchema,
  scopeKeys,
  type Tier,
  type TierContext,
  type TierEvidence,
  type TierValue,
  tierOn,
  tierSchema,
  tiers,
} from './tier.ts';
export { nodeKey, readTies, type TiedRecord, type Ties, tiedRecord, tiesVersion, writeTies } from './ties.ts';
export { type TransferRole, type TransferTerm, transferRoles, transferTerm } from './transferTerm.ts';
export { usStates } from './usStates.ts';
export {
  type Confidence,
  type CtidForm,
  confidences,
  ctidForms,
  type Family,
  families,
  type Kind,
  kinds,
  type RecognitionRole,
  recognitionRoles,
  type SkillRelation,
  type Status,
  skillRelations,
  statuses,
} from './vocabulary.ts';
