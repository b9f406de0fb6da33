import { z } from 'zod';
import { confidences, recognitionRoles, skillRelations } from './vocabulary.ts';

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
    merged: z
      .object({ key: z.string(), because: z.string() })
      .optional()
      .describe('What this reference would be known by alone, and why it is the same skill.'),
    label: z.string(),
    labels: languageMapSchema.optional(),
    uri: z.string().optional(),
    code: z.string().optional(),
    scheme: z.string().optional(),
    frameworkName: z.string().optional(),
    frameworkUri: z.string().optional(),
    broader: z
      .array(z.string())
      .optional()
      .describe('Keys of skills that it is a narrower one of, by its framework or by the scheme it belongs to.'),
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

export const offeringSchema = z
  .object({
    of: partySchema.describe('The course or assessment that is held.'),
    name: z.string().optional(),
    start: dayTextSchema.optional().describe('CTDL has no such property of offerings; some documents state it.'),
    end: dayTextSchema.optional(),
    timing: z.array(z.string()).describe('ScheduleTiming concepts: Daytime, Evening, Weekdays, Weekends.'),
    frequency: z.array(z.string()).describe('ScheduleFrequency concepts: how often it meets.'),
    offered: z.array(z.string()).describe('ScheduleFrequency concepts: how often it is offered.'),
    delivery: z.array(z.string()),
    places: z.array(placeSchema),
    onlineAt: z.array(z.string()),
    listings: z.array(z.string()).describe('Where the dates are to be found.'),
    webpage: z.string().optional(),
  })
  .meta({ id: 'Offering' });
export type Offering = z.infer<typeof offeringSchema>;

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
    listed: z
      .array(z.string())
      .optional()
      .describe('What must be fulfilled, point by point, as the document lists it.'),
    alternativeGroup: z.string().optional(),
    targets: z.array(z.object({ kind: z.string(), target: partySchema })).optional(),
    credit: z.array(creditSchema).optional(),
    costs: z.array(costSchema).optional(),
    minimumAge: z.number().optional(),
    experienceYears: z.number().optional(),
    experience: z.string().optional(),
    audiences: z.array(z.string()).optional(),
    levels: z.array(z.string()).optional().describe('AudienceLevel concepts.'),
    submissions: z.array(z.string()).optional().describe('What must be handed in: addresses, or in words.'),
    webpage: z.string().optional(),
    weight: z.number().optional(),
    assertedBy: partySchema.optional(),
    jurisdiction: z.string().optional().describe('Where the condition holds.'),
    residentOf: z.string().optional().describe('Where one must live.'),
    via: viaSchema,
  })
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof conditionSchema>;

export const outcomeSchema = z
  .object({
    kind: z.string().describe('Property or profile that states it: earnings, jobsObtained, passRate, observation, …'),
    name: z.string().optional().describe('Of the metric that was observed.'),
    text: z.string().optional(),
    low: z.number().optional(),
    median: z.number().optional(),
    high: z.number().optional(),
    count: z.number().optional(),
    rate: z.number().optional().describe('Percent.'),
    amount: z.number().optional().describe('Money that is neither low, median nor high, such as an average.'),
    value: z.number().optional().describe('What was observed, where the metric alone says of what kind it is.'),
    percentiles: z.record(z.string(), z.number()).optional().describe('`10`, `25`, `75`, `90` → value.'),
    population: z.number().optional().describe('How many were counted or asked.'),
    points: z.array(z.string()).optional().describe('Where in its dimensions it was observed, beside the credential.'),
    currency: z.string().optional(),
    months: z.number().optional(),
    period: z.string().optional().describe('ISO 8601 days: start, a slash, end.'),
    source: z.string().optional(),
    dataset: z.string().optional(),
    suppressed: z
      .boolean()
      .optional()
      .describe('Withheld by the publisher: no figure is given, whatever stands there.'),
  })
  .meta({ id: 'Outcome' });
export type Outcome = z.infer<typeof outcomeSchema>;
