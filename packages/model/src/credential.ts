import { z } from 'zod';
import { issueSchema } from './issue.ts';
import { confidences, ctidForms, families, kinds, recognitionRoles, skillRelations, statuses } from './vocabulary.ts';

/** BCP 47 tag → text; `und` where the document gives no language. */
export const languageMapSchema = z.record(z.string(), z.string()).meta({ id: 'LanguageMap' });
export type LanguageMap = z.infer<typeof languageMapSchema>;

/** Something named in the document: `id` is ours when it was found (`resolved`), else the canonical IRI when there is one. */
export const partySchema = z
  .object({
    id: z.string().optional(),
    uri: z.string().optional(),
    ctid: z.string().optional(),
    name: z.string().optional(),
    types: z.array(z.string()).optional(),
    resolved: z.boolean(),
  })
  .meta({ id: 'Party' });
export type Party = z.infer<typeof partySchema>;

/** How a joined value was reached: the properties walked, and the resource it was stated in. */
export const viaSchema = z
  .object({
    path: z.array(z.string()).describe('Properties walked from the credential; `^` in front walks one backwards.'),
    uri: z.string().optional().describe('Resource that states it.'),
    name: z.string().optional(),
  })
  .meta({ id: 'Via' });
export type Via = z.infer<typeof viaSchema>;

export const skillSchema = z
  .object({
    key: z
      .string()
      .describe('One key per distinct skill: an IRI, `onet:2.A.1.a`, `ctid:ce-…`, or `label:` and the folded label.'),
    label: z.string(),
    labels: languageMapSchema.optional(),
    uri: z.string().optional(),
    code: z.string().optional(),
    scheme: z.string().optional(),
    frameworkName: z.string().optional(),
    frameworkUri: z.string().optional(),
    relation: z.enum(skillRelations),
    confidence: z.enum(confidences),
    weight: z.number().optional(),
    via: viaSchema,
  })
  .meta({ id: 'Skill' });
export type Skill = z.infer<typeof skillSchema>;

/** A code from a classification, or only its label. */
export const codeSchema = z
  .object({
    code: z.string().optional().describe('As its classification writes it: SOC 15-1252, CIP 11.0701, NAICS 541512.'),
    scheme: z.string().optional().describe('soc, onet, isco, esco, cip, naics, isic, or the framework as named.'),
    uri: z.string().optional(),
    label: z.string().optional(),
    via: viaSchema.optional(),
  })
  .meta({ id: 'Code' });
export type Code = z.infer<typeof codeSchema>;

/** `key` is the folded label: what filters and facets use. */
export const termSchema = z
  .object({ key: z.string(), label: z.string(), uri: z.string().optional() })
  .meta({ id: 'Term' });
export type Term = z.infer<typeof termSchema>;

export const levelSchema = z
  .object({
    scheme: z.string(),
    concept: z.string().optional(),
    label: z.string(),
    rank: z.number().int().min(1).max(8).optional(),
    property: z.string(),
  })
  .meta({ id: 'Level' });
export type Level = z.infer<typeof levelSchema>;

export const creditSchema = z
  .object({
    value: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    percentage: z.number().optional(),
    unit: z.string().optional().describe('CreditUnit concept, e.g. SemesterHour.'),
    levels: z.array(z.string()).optional(),
    subjects: z.array(z.string()).optional(),
    text: z.string().optional(),
    via: viaSchema,
  })
  .meta({ id: 'Credit' });
export type Credit = z.infer<typeof creditSchema>;

export const costSchema = z
  .object({
    type: z.string().optional().describe('CostType concept, e.g. Tuition.'),
    name: z.string().optional(),
    amount: z.string().optional().describe('Decimal string; absent when no price is stated.'),
    currency: z.string().optional().describe('ISO 4217.'),
    rawCurrency: z.string().optional(),
    audiences: z.array(z.string()).optional(),
    residency: z.array(z.string()).optional(),
    period: z.string().optional(),
    text: z.string().optional(),
    url: z.string().optional(),
    start: z.string().optional(),
    end: z.string().optional(),
    relation: z
      .enum(['own', 'requires', 'recommends'])
      .describe('own: of the credential itself; else of a part it requires or recommends.'),
    via: viaSchema,
  })
  .meta({ id: 'Cost' });
export type Cost = z.infer<typeof costSchema>;

export const totalCostSchema = z
  .object({
    currency: z.string(),
    amount: z.string().describe('What an ordinary learner pays in all.'),
    max: z.string().optional().describe('When residency or audience make it dearer.'),
    basis: z
      .enum(['aggregate', 'sum', 'periods', 'requiredParts'])
      .describe(
        'aggregate: stated total; sum: of stated parts; periods: price per period times periods; requiredParts: of what it requires.',
      ),
    note: z.string().optional(),
  })
  .meta({ id: 'TotalCost' });
export type TotalCost = z.infer<typeof totalCostSchema>;

export const durationSchema = z
  .object({
    exact: z.string().optional().describe('ISO 8601 duration.'),
    min: z.string().optional(),
    max: z.string().optional(),
    effort: z.string().optional().describe('Stated effort (timeRequired), or a calendar value given in hours.'),
    minDays: z.number().optional(),
    maxDays: z.number().optional(),
    hours: z.number().optional().describe('Stated effort in hours; never derived from calendar time.'),
    text: z.string().optional(),
    via: viaSchema,
  })
  .meta({ id: 'Duration' });
export type Duration = z.infer<typeof durationSchema>;

export const placeSchema = z
  .object({
    name: z.string().optional(),
    street: z.string().optional(),
    city: z.string().optional(),
    region: z
      .string()
      .optional()
      .describe('US state as two letters, elsewhere ISO 3166-2 in full where known, else as written.'),
    subRegion: z.string().optional(),
    postalCode: z.string().optional(),
    country: z.string().optional().describe('ISO 3166-1 alpha-2 where known, else as written.'),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    basis: z.enum(['stated', 'offering', 'provider']),
  })
  .meta({ id: 'Place' });
export type Place = z.infer<typeof placeSchema>;

/** A calendar day as written: `2024`, `2024-05` or `2024-05-31`. */
export const dayTextSchema = z.string().meta({ id: 'DayText' });

export const edgeSchema = z
  .object({
    relation: z
      .string()
      .describe(
        'CTDL property read from this credential: requires, isPreparationFor, advancedStandingFrom, hasPart, transferValueFor, …',
      ),
    target: partySchema,
    via: viaSchema,
    credit: z.array(creditSchema).optional(),
    assertedBy: partySchema.optional(),
    start: dayTextSchema.optional(),
    end: dayTextSchema.optional(),
    alternativeGroup: z.string().optional().describe('Edges sharing it are alternatives of one another.'),
  })
  .meta({ id: 'Edge' });
export type Edge = z.infer<typeof edgeSchema>;

export const recognitionSchema = z
  .object({
    role: z.enum(recognitionRoles),
    agent: partySchema.optional(),
    jurisdiction: z.string().optional(),
    start: dayTextSchema.optional(),
    end: dayTextSchema.optional(),
    status: z.string().optional(),
    evidence: z.string().optional(),
    property: z.string(),
    subject: z
      .enum(['credential', 'provider', 'part'])
      .describe('What is recognized: the credential, its provider, or a course or assessment it requires.'),
  })
  .meta({ id: 'Recognition' });
export type Recognition = z.infer<typeof recognitionSchema>;

export const conditionSchema = z
  .object({
    kind: z.string().describe('Property that holds it: requires, recommends, renewal, …'),
    name: z.string().optional(),
    text: z.string().optional(),
    alternativeGroup: z.string().optional(),
    targets: z.array(z.object({ kind: z.string(), target: partySchema })).optional(),
    credit: z.array(creditSchema).optional(),
    minimumAge: z.number().optional(),
    experienceYears: z.number().optional(),
    experience: z.string().optional(),
    audiences: z.array(z.string()).optional(),
    assertedBy: partySchema.optional(),
    jurisdiction: z.string().optional(),
    via: viaSchema,
  })
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof conditionSchema>;

export const outcomeSchema = z
  .object({
    kind: z.string(),
    low: z.number().optional(),
    median: z.number().optional(),
    high: z.number().optional(),
    count: z.number().optional(),
    rate: z.number().optional(),
    currency: z.string().optional(),
    months: z.number().optional(),
    period: z.string().optional(),
    source: z.string().optional(),
    dataset: z.string().optional(),
    suppressed: z.boolean().optional(),
  })
  .meta({ id: 'Outcome' });
export type Outcome = z.infer<typeof outcomeSchema>;

const renewalSchema = z.object({
  required: z.boolean(),
  frequency: z.string().optional().describe('ISO 8601 duration.'),
  text: z.string().optional(),
});

const identifierSchema = z.object({
  scheme: z.string().optional(),
  schemeName: z.string().optional(),
  value: z.string(),
});

/** The common credential model: one record per credential, course or assessment, whatever shape it was published in. */
export const credentialSchema = z
  .object({
    id: z.string().describe('Ours: source, colon, CTID or hash of the IRI. Stable.'),
    uri: z.string().describe('Canonical IRI of the resource.'),
    ctid: z.string().optional(),
    ctidForm: z.enum(ctidForms),
    identifiers: z.array(identifierSchema),
    sameAs: z.array(z.string()),
    kind: z.enum(kinds),
    types: z.array(z.string()).describe('CTDL classes as stated, most specific first.'),
    ancestors: z.array(z.string()).describe('Superclasses of the types.'),
    family: z.enum(families),
    name: languageMapSchema,
    nameText: z.string(),
    alternateNames: z.array(z.string()),
    description: languageMapSchema.optional(),
    descriptionText: z.string().optional(),
    languages: z.array(z.string()).describe('BCP 47.'),
    status: z.enum(statuses),
    rawStatus: z.string().optional(),
    owners: z.array(partySchema),
    offerers: z.array(partySchema),
    publisher: partySchema.optional(),
    provider: partySchema
      .extend({ types: z.array(z.string()).optional(), sector: z.string().optional() })
      .optional()
      .describe('The first owner, else the first offerer.'),
    webpage: z.string().optional(),
    image: z.string().optional(),
    catalog: z.string().optional(),
    listings: z.array(z.string()),
    onlineAt: z.array(z.string()),
    skills: z.array(skillSchema),
    occupations: z.array(codeSchema),
    industries: z.array(codeSchema),
    programs: z.array(codeSchema),
    subjects: z.array(termSchema),
    keywords: z.array(termSchema),
    levels: z.array(levelSchema),
    educationRank: z.number().int().min(0).max(8).describe('0 unknown; 1 participation … 8 doctorate.'),
    rigor: z
      .object({
        state: z.enum(['assessed', 'attended', 'unknown']),
        assessments: z.number().int(),
        proctored: z.boolean().optional(),
        methods: z.array(z.string()),
        uses: z.array(z.string()),
        scoring: z.array(z.string()),
      })
      .optional(),
    recognition: z.array(recognitionSchema),
    renewal: renewalSchema.optional(),
    revocation: z.object({ text: z.string().optional(), url: z.string().optional() }).optional(),
    conditions: z.array(conditionSchema),
    credit: z.array(creditSchema),
    creditSemesterHours: z.number().optional(),
    nonCredit: z.boolean().optional(),
    edges: z.array(edgeSchema),
    pathways: z.array(
      z.object({ uri: z.string(), name: z.string().optional(), role: z.string().optional(), destination: z.boolean() }),
    ),
    costs: z.array(costSchema),
    totalCosts: z.array(totalCostSchema).describe('At most one per currency; empty when no total can be told.'),
    durations: z.array(durationSchema),
    durationDays: z.number().optional(),
    effortHours: z.number().optional(),
    places: z.array(placeSchema),
    jurisdictions: z.array(z.string()),
    delivery: z.array(z.string()).describe('Delivery concepts: InPerson, OnlineOnly, BlendedDelivery, VariableSite.'),
    learningMethods: z.array(z.string()),
    audiences: z.array(z.string()),
    financialAid: z.array(z.string()),
    outcomes: z.array(outcomeSchema),
    dates: z.object({
      effective: dayTextSchema.optional(),
      expires: dayTextSchema.optional(),
      effectiveApproximate: z.boolean().optional(),
      expiresApproximate: z.boolean().optional(),
    }),
    versions: z
      .object({
        code: z.string().optional(),
        identifiers: z.array(z.string()).optional(),
        latest: z.string().optional(),
        previous: z.string().optional(),
        next: z.string().optional(),
        supersedes: z.string().optional(),
        supersededBy: z.string().optional(),
      })
      .optional(),
    verification: z.array(
      z.object({
        uri: z.string().optional(),
        service: z.string().optional(),
        directory: z.string().optional(),
        claimTypes: z.array(z.string()),
      }),
    ),
    platforms: z.array(z.string()).describe('Hosts where badges of it are issued or checked.'),
    collections: z.array(z.object({ uri: z.string(), name: z.string().optional(), types: z.array(z.string()) })),
    issues: z.array(issueSchema),
    completeness: z.object({
      required: z.number(),
      recommended: z.number(),
      optional: z.number(),
      share: z.number().describe('0 to 1, over all three.'),
    }),
    sourcePaths: z
      .record(z.string(), z.string())
      .describe(
        'JSON pointer into this record → JSON pointer into the source document: `#/…` in its own, `IRI#/…` in a joined one.',
      ),
    provenance: z.object({
      source: z.string(),
      registry: z.string().optional(),
      community: z.string().optional(),
      envelopeId: z.string().optional(),
      sourceFormat: z.string(),
      sourceUri: z.string().optional(),
      recordKey: z.string(),
      run: z.number().int(),
      fetchedAt: z.string(),
      firstSeenAt: z.string(),
      updatedAt: z.string().describe('As the source states it, else when this content was first seen.'),
      contentHash: z.string(),
    }),
  })
  .meta({ id: 'Credential' });
export type Credential = z.infer<typeof credentialSchema>;
