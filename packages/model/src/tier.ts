import { z } from 'zod';
import { codePath } from './codePaths.ts';
import { firstMoment, lastMoment } from './moments.ts';
import { dayTextSchema } from './statement.ts';

/** How much stands behind a credential, strongest first; `unknown`: nothing is stated either way. */
export const tiers = ['high', 'contextual', 'limited', 'unknown'] as const;
export type TierValue = (typeof tiers)[number];

const verdictSchema = z.object({
  value: z.enum(tiers),
  rule: z.string().describe('The rule of the policy that fired; `none` when none did.'),
  because: z.array(z.string()).describe('Names of the evidence that it fired on; when none did, of all that held.'),
});

/** Fields for which a listing holds; without any of them it holds for all. Codes take everything below them. */
export const listingScopeSchema = z.object({
  occupations: z.array(z.string()).optional(),
  industries: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
});
export type ListingScope = z.infer<typeof listingScopeSchema>;

export const listingSchema = z.object({
  issuer: z.string(),
  scope: listingScopeSchema,
  why: z.string(),
  source: z.string(),
  date: dayTextSchema,
});
export type Listing = z.infer<typeof listingSchema>;

const evidenceSchema = z.object({
  name: z.string().describe('As the policy names it: assessment, authorized, participation, …'),
  detail: z.string(),
  paths: z.array(z.string()).describe('JSON pointers into this record; `sourcePaths` leads on to the source.'),
  from: dayTextSchema.optional(),
  to: dayTextSchema.optional(),
});
export type TierEvidence = z.infer<typeof evidenceSchema>;

export const tierSchema = z
  .object({
    policy: z.string().describe('Version of the policy that judged.'),
    periods: z
      .array(
        z.object({
          from: dayTextSchema.optional().describe('First day; absent: always before.'),
          to: dayTextSchema.optional().describe('Last day; absent: for good.'),
          listed: verdictSchema.describe('With the listings of its issuer.'),
          unlisted: verdictSchema.describe('By the other evidence alone.'),
        }),
      )
      .min(1),
    evidence: z.array(evidenceSchema),
    listings: z.array(listingSchema),
  })
  .meta({ id: 'Tier' });
export type Tier = z.infer<typeof tierSchema>;

/** A field that tiers are judged in: a code of an occupation or industry, or the name of a subject. */
export interface TierContext {
  kind: 'occupation' | 'industry' | 'subject';
  value: string;
}

export interface JudgedTier {
  value: TierValue;
  rule: string;
  because: TierEvidence[];
  /** The listing that decided, if one did. */
  listing?: Listing;
}

/** The rule's name when a listing covers the context asked about. */
const coveredRule = 'issuer-listed-in-context';

/** The tier on a day (milliseconds), within any of the contexts when some are given (interface.md §4, "Tier in a context"). */
export function tierOn(tier: Tier, on: number, contexts: readonly TierContext[] = []): JudgedTier {
  const period = tier.periods.find(
    ({ from, to }) => (from ? firstMoment(from)! <= on : true) && (to ? on <= lastMoment(to)! : true),
  )!;
  const judged = ({ because, ...verdict }: Tier['periods'][number]['listed']): JudgedTier => ({
    ...verdict,
    because: tier.evidence.filter(({ name, from, to }) => because.includes(name) && holds({ from, to }, on)),
  });
  const listing = tier.listings.find(({ scope }) =>
    contexts.length > 0 ? contexts.some((context) => covers(scope, context)) : true,
  );
  if (contexts.length === 0) {
    const isListed = listing && period.listed.rule !== period.unlisted.rule;
    return { ...judged(period.listed), ...(isListed ? { listing } : {}) };
  }
  return listing ? { value: 'high', rule: coveredRule, because: [], listing } : judged(period.unlisted);
}

function holds({ from, to }: { from?: string | undefined; to?: string | undefined }, on: number): boolean {
  return (!from || (firstMoment(from) ?? 0) <= on) && (!to || on <= (lastMoment(to) ?? on));
}

/** Keys by which engines find the listings that cover a context: `any`, or the kind and each code it may lie below. */
export function scopeKeys(scope: ListingScope): string[] {
  if (holdsForAll(scope)) return ['any'];
  return [
    ...(scope.occupations ?? []).map((code) => `occupation:${codePath(code) ?? code}`),
    ...(scope.industries ?? []).map((code) => `industry:${codePath(code) ?? code}`),
    ...(scope.subjects ?? []).map((name) => `subject:${name}`),
  ];
}

export function holdsForAll(scope: ListingScope): boolean {
  return !scope.occupations && !scope.industries && !scope.subjects;
}

/** Keys of every listing that would cover the context: a listed code that equals it or is the beginning of it. */
export function contextKeys({ kind, value }: TierContext): string[] {
  if (kind === 'subject') return ['any', `subject:${value}`];
  const path = codePath(value) ?? value;
  const start = path.indexOf(':') + 1;
  const beginnings = Array.from({ length: path.length - start }, (_, at) => path.slice(0, start + at + 1));
  return ['any', ...beginnings.map((beginning) => `${kind}:${beginning}`)];
}

/** Whether a listing of that scope holds in the field. */
export function covers(scope: ListingScope, context: TierContext): boolean {
  const wanted = new Set(contextKeys(context));
  return scopeKeys(scope).some((key) => wanted.has(key));
}
