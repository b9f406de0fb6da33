import { type Credential, centsOf, nearestName, type SearchableCurrency, type TierValue } from '@credatlas/model';
import type { Judgement } from '../judgement.ts';
import { listItems, parameterFault } from '../parameterFault.ts';
import { tierIn } from '../summaryOf.ts';
import { costOf, perUnit, statedKeys } from './measures.ts';
import type { Comparison } from './schemas.ts';

interface Asked {
  currency: SearchableCurrency;
  judgement: Judgement;
}

/** Measures by which one may be better: `sign` 1 where less is better, -1 where more is. Skills are compared as sets. */
const numbers: Readonly<
  Record<string, { sign: 1 | -1; read(credential: Credential, asked: Asked): number | undefined }>
> = {
  cost: { sign: 1, read: (credential, { currency }) => centsOf(costOf(credential, currency)?.amount ?? '') },
  costPerCredit: {
    sign: 1,
    read: (credential, { currency }) => moneyOf(perUnit(credential, currency, credential.creditSemesterHours)),
  },
  costPerHour: {
    sign: 1,
    read: (credential, { currency }) => moneyOf(perUnit(credential, currency, credential.effortHours)),
  },
  durationDays: { sign: 1, read: ({ durationDays }) => durationDays },
  effortHours: { sign: 1, read: ({ effortHours }) => effortHours },
  credit: { sign: -1, read: ({ creditSemesterHours }) => creditSemesterHours },
  level: { sign: -1, read: ({ educationRank }) => educationRank || undefined },
  tier: { sign: -1, read: (credential, { judgement }) => strengthOf(tierIn(credential, judgement).value) },
  completeness: { sign: -1, read: ({ completeness }) => completeness.share },
};
const known = ['skills', ...Object.keys(numbers)];
const ordinary = 'skills,cost,durationDays,credit';

/** Reads `measures=`. Throws InvalidInputError `unknown_measure`. */
export function dominanceMeasures(text: string | undefined): string[] {
  const items = listItems(text ?? ordinary);
  const wrong = items.find((item) => !known.includes(item.text));
  if (items.length > 0 && !wrong) return [...new Set(items.map((item) => item.text))];
  const detail = wrong ? `There is no measure "${wrong.text.slice(0, 60)}".` : 'It names no measure.';
  throw parameterFault('unknown_measure', {
    parameter: 'measures',
    detail: `${detail} Measures: ${known.join(', ')}.`,
    ...(wrong ? { position: wrong.position, suggestion: nearestName(wrong.text, known) } : {}),
  });
}

/**
 * Credentials that another one makes needless: it covers all their stated skills, is nowhere worse in the other measures, and is
 * better somewhere. What is stated of one side only cannot be judged, and no skills stated is not the same as none taught.
 */
export function dominatedOnes(
  credentials: readonly Credential[],
  measures: readonly string[],
  asked: Asked,
): Comparison['dominated'] {
  const profiles = credentials.map((credential) => ({
    id: credential.id,
    skills: measures.includes('skills') ? statedKeys(credential) : undefined,
    numbers: measures.flatMap((field) => {
      const measure = numbers[field];
      return measure ? [{ field, sign: measure.sign, value: measure.read(credential, asked) }] : [];
    }),
  }));
  return profiles.flatMap((worse) => {
    for (const better of profiles) {
      const because = better === worse ? [] : advantages(better, worse);
      if (because.length > 0) return [{ id: worse.id, by: better.id, because }];
    }
    return [];
  });
}

interface Profile {
  id: string;
  /** Undefined: not asked about. */
  skills: Set<string> | undefined;
  numbers: { field: string; sign: 1 | -1; value: number | undefined }[];
}

/** Where `better` is better; nothing when it is worse somewhere or cannot be judged. */
function advantages(better: Profile, worse: Profile): string[] {
  const because: string[] = [];
  if (better.skills && worse.skills) {
    if (worse.skills.size === 0 || !worse.skills.isSubsetOf(better.skills)) return [];
    if (better.skills.size > worse.skills.size) because.push('skills');
  }
  for (const [index, { field, sign, value: own }] of better.numbers.entries()) {
    const other = worse.numbers[index]?.value;
    if (own === undefined && other === undefined) continue;
    if (own === undefined || other === undefined || (own - other) * sign > 0) return [];
    if (own !== other) because.push(field);
  }
  return because;
}

function moneyOf(money: { amount: string } | undefined): number | undefined {
  return money && centsOf(money.amount);
}

function strengthOf(tier: TierValue): number | undefined {
  return tier === 'unknown' ? undefined : { high: 3, contextual: 2, limited: 1 }[tier];
}
