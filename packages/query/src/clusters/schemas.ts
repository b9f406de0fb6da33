import { credentialSchema, identityEvidenceSchema } from '@credatlas/model';
import { z } from 'zod';

const memberSchema = z.object({
  id: z.string(),
  ctid: z.string().nullable(),
  uri: z.string(),
  source: z.string(),
  name: z.string(),
  provider: z.string().nullable(),
  updatedAt: z.string(),
  isOwn: z.boolean().describe('Published by its owner, or read on its owner’s site.'),
  isLead: z
    .boolean()
    .describe('The record that stands for the cluster: the owner’s own, else the newest, else the lowest id.'),
});

export const clusterSchema = z
  .object({
    lead: z.string(),
    confidence: z.number().describe('Of the weakest evidence that it takes to hold the members together; 0 to 1.'),
    size: z.number().int(),
    members: z.array(memberSchema).describe('The lead first; at most 50.'),
    evidence: z
      .array(identityEvidenceSchema.extend({ between: z.tuple([z.string(), z.string()]) }))
      .describe('Whatever says that two members are one; the strongest first, at most 200.'),
    truncated: z.boolean(),
  })
  .meta({ id: 'Cluster' });
export type Cluster = z.infer<typeof clusterSchema>;

const differenceSchema = z.object({
  field: z.string(),
  values: z.array(z.unknown()).describe('One per member, in their order; null: missing.'),
});

const apartSchema = z.object({ id: z.string(), why: z.string().nullable(), decidedAt: z.string() });

export const clusteredCredentialSchema = credentialSchema
  .extend({
    cluster: clusterSchema
      .extend({
        differences: z.array(differenceSchema).describe('Where members state something else; nothing is mixed.'),
      })
      .nullable()
      .describe('Records of other sources, or of other publishers, about the same credential; null: none is known.'),
    apart: z.array(apartSchema).describe('Records that somebody has said are not about the same credential.'),
  })
  .meta({ id: 'ClusteredCredential' });
export type ClusteredCredential = z.infer<typeof clusteredCredentialSchema>;

export const clusterListSchema = z
  .object({
    meta: z.object({ total: z.number().int(), size: z.number().int() }),
    results: z.array(clusterSchema),
    next: z.string().nullable(),
  })
  .meta({ id: 'ClusterList' });
export type ClusterList = z.infer<typeof clusterListSchema>;

export const decisionBody = z
  .strictObject({ why: z.string().trim().min(1).max(1_000).optional() })
  .meta({ id: 'DecisionBody' });

export const decisionSchema = z
  .object({
    a: z.string(),
    b: z.string(),
    apart: z.boolean().describe('True: kept apart from now on. False: joined again if the evidence says so.'),
    clusters: z.array(clusterSchema.nullable()).length(2).describe('Where each of the two is now; null: by itself.'),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof decisionSchema>;
