import { z } from 'zod';
import type { Credential } from './credential.ts';
import { firstMoment, lastMoment } from './moments.ts';
import { moneySchema, type SearchableCurrency } from './money.ts';
import { creditSchema } from './statement.ts';
import { type JudgedTier, type TierContext, tierOn, tiers } from './tier.ts';

/** The short form of a credential, as it stands in lists and exports. */
export const summarySchema = z
  .object({
    id: z.string().describe('Ours: source, colon, CTID or hash of the IRI. Stable.'),
    ctid: z.string().nullable().describe('Identifier of the Credential Registry, where it has one.'),
    uri: z.string().describe('IRI of the credential.'),
    name: z.string(),
    family: z.string().describe('badge, microCredential, certificate, certification, licence, degree, …'),
    types: z.array(z.string()).describe('CTDL classes as stated, most specific first.'),
    provider: z
      .object({ id: z.string().nullable().describe('Ours, else its IRI.'), name: z.string().nullable() })
      .nullable()
      .describe('The first owner, else the first offerer.'),
    tier: z.object({
      value: z.enum(tiers).describe('How much stands behind it on the day of the question.'),
      context: z.string().nullable().describe('The fields it was judged in.'),
      because: z.array(
        z.object({
          rule: z.string().describe('The rule of the policy that fired.'),
          evidence: z.string().describe('What it fired on, as the policy names it.'),
          detail: z.string().describe('The same in words.'),
          paths: z.array(z.string()).describe('JSON pointers into the full record.'),
        }),
      ),
    }),
    level: z.object({
      rank: z.number().int().nullable().describe('1 participation … 8 doctorate.'),
      labels: z.array(z.string()).describe('Levels as stated.'),
    }),
    skills: z.array(
      z.object({
        key: z.string().describe('One per distinct skill.'),
        label: z.string(),
        relation: z.string().describe('requires, assesses, teaches, recommends or aligned.'),
        confidence: z.string().describe('linked, codeOnly, labelOnly or inferred.'),
      }),
    ),
    credit: z.object({
      semesterHours: z.number().nullable().describe('Semester hours; quarter hours × 2/3.'),
      stated: z.array(creditSchema),
    }),
    cost: moneySchema
      .extend({ basis: z.string().describe('aggregate, sum, periods or requiredParts.') })
      .nullable()
      .describe('What an ordinary learner pays in all, in the currency asked for.'),
    durationDays: z.number().nullable().describe('Calendar days.'),
    places: z.array(
      z.object({
        city: z.string().nullable(),
        region: z.string().nullable().describe('Two letters are a US state, elsewhere ISO 3166-2.'),
        country: z.string().nullable().describe('ISO 3166-1.'),
      }),
    ),
    delivery: z.array(z.string()).describe('InPerson, OnlineOnly, BlendedDelivery, VariableSite.'),
    status: z.string(),
    updatedAt: z
      .string()
      .meta({ format: 'date-time', description: 'As the source states it, else when this content was first seen.' }),
    source: z.string().describe('The source it was read from.'),
    match: z
      .object({
        fields: z.array(z.string()),
        terms: z.array(z.string()),
        skills: z.array(z.object({ key: z.string(), label: z.string(), confidence: z.string() })),
        highlights: z
          .array(z.object({ field: z.string(), text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) }))
          .describe('One text of each field, or the part around its first match, with the ranges that matched.'),
        strict: z.boolean(),
      })
      .optional()
      .describe('Why it matched, when there was a text.'),
    distanceKm: z
      .number()
      .nullable()
      .optional()
      .describe('To its nearest place, when the filter asks for what is near; null without coordinates.'),
    cluster: z
      .object({
        lead: z.string().describe('Id of the record that stands for all records about the same credential.'),
        size: z.number().int().describe('How many records are about it.'),
      })
      .optional()
      .describe(
        'When other records are about the same credential: the one that stands for them, and how many they are.',
      ),
  })
  .meta({ id: 'CredentialSummary' });
export type Summary = z.infer<typeof summarySchema>;

/** The short form of a credential; null where nothing is stated, never zero. */
export function summaryOf(
  credential: Credential,
  { currency, tier }: { currency: SearchableCurrency; tier: Summary['tier'] },
): Summary {
  const { provider, provenance } = credential;
  const cost = credential.totalCosts.find((each) => each.currency === currency);
  return {
    id: credential.id,
    ctid: credential.ctid ?? null,
    uri: credential.uri,
    name: credential.nameText,
    family: credential.family,
    types: credential.types,
    provider: provider ? { id: provider.id ?? provider.uri ?? null, name: provider.name ?? null } : null,
    tier,
    level: {
      rank: credential.educationRank || null,
      labels: [...new Set(credential.levels.map(({ label }) => label))],
    },
    skills: credential.skills.map(({ key, label, relation, confidence }) => ({ key, label, relation, confidence })),
    credit: { semesterHours: credential.creditSemesterHours ?? null, stated: credential.credit },
    cost: cost ? { amount: cost.amount, currency: cost.currency, basis: cost.basis } : null,
    durationDays: credential.durationDays ?? null,
    places: credential.places.map(({ city, region, country }) => ({
      city: city ?? null,
      region: region ?? null,
      country: country ?? null,
    })),
    delivery: credential.delivery,
    status: credential.status,
    updatedAt: provenance.updatedAt,
    source: provenance.source,
  };
}

/** A judged tier as summaries show it; `contexts`: the fields it was judged in. */
export function shownTier(
  { value, rule, because, listing }: JudgedTier,
  contexts: readonly TierContext[],
): Summary['tier'] {
  const context = contexts.map(({ kind, value: field }) => `${kind}:${field}`).join('|');
  return {
    value,
    context: context || null,
    because: [
      ...(listing
        ? [{ rule, evidence: 'issuerListed', detail: `${listing.why} (${listing.source})`, paths: ['/owners'] }]
        : []),
      ...because
        .filter(({ name }) => !name.startsWith('issuerListed'))
        .map(({ name, detail, paths }) => ({ rule, evidence: name, detail, paths })),
    ],
  };
}

/** A summary in US dollars, judged in no field and by no shortlist, as JSON. */
export interface PreparedSummary {
  text: string;
  /** First moment (milliseconds) from which it is true. */
  from?: number;
  /** First moment from which it is no longer. */
  until?: number;
}

/** To be raised when the same credential gets another summary: what was prepared before is then made anew when it is asked for. */
export const preparedVersion = 1;

/** The summary as it is on a day (milliseconds), and how long it stays so. */
export function prepareSummary(credential: Credential, on: number): PreparedSummary {
  const summary = summaryOf(credential, { currency: 'USD', tier: shownTier(tierOn(credential.tier, on), []) });
  const turns = [...credential.tier.periods, ...credential.tier.evidence].flatMap(turningPoints);
  const from = Math.max(...turns.filter((moment) => moment <= on));
  const until = Math.min(...turns.filter((moment) => moment > on));
  return {
    text: JSON.stringify(summary),
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(until) ? { until } : {}),
  };
}

/** Moments at which what is dated begins to hold, or no longer does. */
function turningPoints({ from, to }: { from?: string | undefined; to?: string | undefined }): number[] {
  const last = to === undefined ? undefined : lastMoment(to);
  return [from === undefined ? undefined : firstMoment(from), last === undefined ? undefined : last + 1].filter(
    (moment) => moment !== undefined,
  );
}
