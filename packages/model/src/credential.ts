import { z } from 'zod';
import { issueSchema } from './issue.ts';
import { componentSchema, edgeSchema } from './pathway.ts';
import {
  codeSchema,
  conditionSchema,
  costSchema,
  creditSchema,
  dayTextSchema,
  durationSchema,
  languageMapSchema,
  levelSchema,
  offeringSchema,
  outcomeSchema,
  partySchema,
  placeSchema,
  recognitionSchema,
  skillSchema,
  termSchema,
  totalCostSchema,
} from './statement.ts';
import { tierSchema } from './tier.ts';
import { ctidForms, families, kinds, statuses } from './vocabulary.ts';

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
        groupEvaluated: z.boolean().optional().describe('Whether participants are judged as a group.'),
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
    clockHours: z.number().optional().describe('Hours of instruction, stated as credit in clock hours.'),
    nonCredit: z.boolean().optional(),
    edges: z.array(edgeSchema),
    pathways: z.array(
      z.object({
        uri: z.string(),
        name: z.string().optional(),
        component: z.string().optional().describe('IRI of the component that stands for it.'),
        role: z.string().optional(),
        destination: z.boolean(),
      }),
    ),
    components: z.array(componentSchema).optional().describe('Of a pathway: its steps.'),
    costs: z.array(costSchema),
    totalCosts: z.array(totalCostSchema).describe('At most one per currency; empty when no total can be told.'),
    durations: z.array(durationSchema),
    durationDays: z.number().optional(),
    effortHours: z.number().optional(),
    places: z.array(placeSchema),
    offerings: z
      .array(offeringSchema)
      .optional()
      .describe('When its courses and assessments are held; absent: nothing is stated.'),
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
        text: z.string().optional(),
        holderMustAuthorize: z.boolean().optional(),
        claimTypes: z.array(z.string()),
      }),
    ),
    tier: tierSchema,
    freshness: z
      .object({
        affirmed: z
          .string()
          .optional()
          .describe('Latest of the dates on which it took effect, was modified or was affirmed.'),
        isFastMoving: z.boolean().describe('In a field of which the tier policy says that it moves fast.'),
      })
      .describe('What staleness is judged by, on the day of a question.'),
    checking: z
      .object({
        ease: z
          .enum(['service', 'platform', 'unknown'])
          .describe('How a badge of it can be checked: by a stated service, on a known platform.'),
        openBadges: z.string().optional().describe('Version of Open Badges it is issued in, where stated.'),
        services: z.array(z.string()),
      })
      .describe('Beside the tier, never inside it.'),
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
      contextUrl: z.string().optional().describe('The @context that the document names.'),
      recordKey: z.string(),
      run: z.number().int(),
      fetchedAt: z.string(),
      firstSeenAt: z.string(),
      modifiedAt: z.string().optional().describe('As the source states it.'),
      updatedAt: z.string().describe('As the source states it, else when this content was first seen.'),
      contentHash: z.string(),
    }),
  })
  .meta({ id: 'Credential' });
export type Credential = z.infer<typeof credentialSchema>;

/** Who stands behind it: its owners, or its offerers where no owner is named. */
export function issuersOf({ owners, offerers }: Pick<Credential, 'owners' | 'offerers'>): Credential['owners'] {
  return owners.length > 0 ? owners : offerers;
}
