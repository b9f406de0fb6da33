import {
  type Credential,
  nearestName,
  type SearchableCurrency,
  type Summary,
  shownTier,
  summarySchema,
  summaryOf as summaryWith,
  tierOn,
} from '@credatlas/model';
import type { Judgement } from './judgement.ts';
import { listItems, parameterFault } from './parameterFault.ts';
import { vettedTier } from './shortlists/vettedTiers.ts';

/** The short form of a credential in lists; null where nothing is stated, never zero. */
export function summaryOf(
  credential: Credential,
  { currency, judgement }: { currency: SearchableCurrency; judgement: Judgement },
): Summary {
  return summaryWith(credential, { currency, tier: tierIn(credential, judgement) });
}

/** The tier on the day, in the fields and with the shortlist asked about. */
export function tierIn(credential: Credential, { on, contexts, vetted: list }: Judgement): Summary['tier'] {
  const plain = tierOn(credential.tier, on, contexts);
  return shownTier(list ? vettedTier(plain, { list, contexts, credential }) : plain, contexts);
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

export function selected(summary: Summary, fields: ReadonlySet<string> | undefined): Partial<Summary> {
  if (!fields) return summary;
  return Object.fromEntries(Object.entries(summary).filter(([name]) => fields.has(name)));
}
