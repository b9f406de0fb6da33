import { type Credential, nearestName, type SearchableCurrency, tierOn } from '@credatlas/model';
import type { Judgement } from './judgement.ts';
import { listItems, parameterFault } from './parameterFault.ts';
import { type Summary, summarySchema } from './schemas.ts';
import { vettedTier } from './shortlists/vettedTiers.ts';

/** The short form of a credential in lists; null where nothing is stated, never zero. */
export function summaryOf(
  credential: Credential,
  { currency, judgement }: { currency: SearchableCurrency; judgement: Judgement },
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
    tier: tierIn(credential, judgement),
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

/** The tier on the day, in the fields and with the shortlist asked about. */
export function tierIn(credential: Credential, { on, contexts, vetted: list }: Judgement): Summary['tier'] {
  const plain = tierOn(credential.tier, on, contexts);
  const { value, rule, because, listing } = list ? vettedTier(plain, { list, contexts, credential }) : plain;
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

const summaryFields = Object.keys(summarySchema.shape);

/** Fields of the `select` parameter; `id` always comes along. Throws InvalidInputError `unknown_field`. */
export function selectedFields(text: string | undefined): Set<string> | undefined {
  const items = listItems(text);
  if (items.length === 0) return undefined;
  const unknown = items.find((item) => !summaryFields.includes(item.text));
  if (!unknown) return new Set(['id', ...items.map((item) => item.text)]);
  throw parameterFault('unknown_field', {
    parameter: 'select',
    position: unknown.position,
    detail: `There is no field "${unknown.text}" to select. Fields: ${summaryFields.join(', ')}.`,
    suggestion: nearestName(unknown.text, summaryFields),
  });
}

export function selected(summary: Summary, fields: Set<string> | undefined): Partial<Summary> {
  if (!fields) return summary;
  return Object.fromEntries(Object.entries(summary).filter(([name]) => fields.has(name)));
}
