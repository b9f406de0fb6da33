import { z } from 'zod';
import { issueSchema } from './issue.ts';
import { languageMapSchema, partySchema, placeSchema, recognitionSchema } from './statement.ts';
import { ctidForms } from './vocabulary.ts';

/** A provider, issuer, accreditor or other agent. */
export const organizationSchema = z
  .object({
    id: z.string(),
    uri: z.string(),
    ctid: z.string().optional(),
    ctidForm: z.enum(ctidForms),
    types: z.array(z.string()),
    name: languageMapSchema,
    nameText: z.string(),
    alternateNames: z.array(z.string()),
    descriptionText: z.string().optional(),
    webpage: z.string().optional(),
    agentTypes: z.array(z.string()).describe('OrganizationType concepts.'),
    sector: z.string().optional().describe('AgentSector concept: Public, PrivateNonProfit, PrivateForProfit.'),
    status: z.string().optional(),
    identifiers: z.array(
      z.object({ scheme: z.string().optional(), schemeName: z.string().optional(), value: z.string() }),
    ),
    places: z.array(placeSchema),
    parents: z.array(partySchema),
    recognition: z.array(recognitionSchema),
    issues: z.array(issueSchema),
    sourcePaths: z.record(z.string(), z.string()),
    source: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof organizationSchema>;
