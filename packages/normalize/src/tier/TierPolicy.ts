import { readFileSync } from 'node:fs';
import { InvalidInputError, listingScopeSchema, tiers } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import { z } from 'zod';

/** Evidence that rules may ask for, each gathered from a joined record and the recognition list. */
export const evidenceNames = [
  'issuerListed',
  'issuerListedInFields',
  'licence',
  'degree',
  'assessment',
  'authorized',
  'recognition',
  'participation',
  'selfPaced',
  'conditions',
] as const;
export type EvidenceName = (typeof evidenceNames)[number];

export type Condition = EvidenceName | { all: Condition[] } | { any: Condition[] } | { not: Condition };

const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.enum(evidenceNames),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

const wordsSchema = z.array(z.string().min(1)).transform((words) => words.map(fold));

const policySchema = z.strictObject({
  version: z.string().min(1),
  rules: z.array(z.strictObject({ rule: z.string().min(1), tier: z.enum(tiers), when: conditionSchema })).min(1),
  participation: z.strictObject({ types: z.array(z.string()), words: wordsSchema }),
  selfPaced: z.strictObject({ methods: z.array(z.string()), words: wordsSchema }),
  staleness: z.strictObject({
    months: z.int().min(1).max(600),
    occupations: z.array(z.string()),
    programs: z.array(z.string()),
    subjects: wordsSchema,
  }),
});
/** Rules over evidence, first match wins; and what counts as participation, as self-paced and as a fast-moving field. */
export type TierPolicy = z.infer<typeof policySchema>;

const listSchema = z.strictObject({
  version: z.string().min(1),
  /** True: this list stands alone; else it is added to the one that ships. */
  replace: z.boolean().default(false),
  listings: z.array(
    z
      .strictObject({
        id: z.string().optional().describe('Our id, CTID or IRI of the issuer.'),
        names: z.array(z.string().min(1)).default([]).describe('Exact names, folded.'),
        scope: listingScopeSchema
          .strict()
          .default({})
          .transform((scope) => (scope.subjects ? { ...scope, subjects: scope.subjects.map(fold) } : scope)),
        why: z.string().min(1),
        source: z.url(),
        date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      })
      .refine(({ id, names }) => id !== undefined || names.length > 0, 'an id or at least one name'),
  ),
});
/** Issuers that are recognized by name, each with its scope, the reason and a public source. */
export type RecognitionList = z.infer<typeof listSchema>;

export type RecognizedIssuer = RecognitionList['listings'][number];

export interface TierRules {
  policy: TierPolicy;
  list: RecognitionList;
}

/** Listings by every id and folded name of their issuers. */
export function issuersOf({ listings }: RecognitionList): Map<string, RecognizedIssuer[]> {
  const found = new Map<string, RecognizedIssuer[]>();
  for (const listing of listings)
    for (const name of new Set([...(listing.id ? [listing.id] : []), ...listing.names.map(fold)]))
      found.set(name, [...(found.get(name) ?? []), listing]);
  return found;
}

/**
 * The policy and list that ship, or a user's own: a policy replaces, a list extends or replaces. Throws InvalidInputError
 * `invalid_tier_policy` or `invalid_recognition_list` naming file, pointer and what is allowed.
 */
export function tierRules(files: { policy?: string | undefined; list?: string | undefined } = {}): TierRules {
  const policy = read(files.policy ?? shipped('tier.json'), { schema: policySchema, code: 'invalid_tier_policy' });
  const ours = read(shipped('recognition.json'), { schema: listSchema, code: 'invalid_recognition_list' });
  if (!files.list) return { policy, list: ours };
  const own = read(files.list, { schema: listSchema, code: 'invalid_recognition_list' });
  const listings = own.replace ? own.listings : [...own.listings, ...ours.listings];
  return { policy, list: { ...own, version: own.replace ? own.version : `${ours.version}+${own.version}`, listings } };
}

function shipped(name: string): URL {
  return new URL(`../../policies/${name}`, import.meta.url);
}

function read<T>(file: string | URL, { schema, code }: { schema: z.ZodType<T>; code: string }): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InvalidInputError(code, `${String(file)} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${path.join('/')}`,
    detail: message,
    code,
  }));
  const told = faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
  throw new InvalidInputError(code, `${String(file)} is not as it should be: ${told}`, { faults });
}
