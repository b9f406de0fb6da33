import { type Credential, centsOf, type SearchableCurrency } from '@credatlas/model';
import { costOf, statedKeys } from './comparedMeasures.ts';
import type { Comparison } from './schemas.ts';

/** `sign`: 1 where less is better, -1 where more is. */
const measured = [
  { field: 'cost', sign: 1 },
  { field: 'durationDays', sign: 1 },
  { field: 'credit', sign: -1 },
] as const;
type Measured = (typeof measured)[number]['field'];

interface Profile {
  id: string;
  numbers: Record<Measured, number | undefined>;
  skills: Set<string>;
}

/**
 * Credentials that another one makes needless: it covers all their stated skills, is nowhere worse in cost, duration or credit,
 * and is better somewhere. What is stated of one side only cannot be judged, and no skills stated is not the same as none taught.
 */
export function dominatedOnes(credentials: Credential[], currency: SearchableCurrency): Comparison['dominated'] {
  const profiles = credentials.map((credential) => profileOf(credential, currency));
  return profiles.flatMap((worse) => {
    for (const better of profiles) {
      const because = better === worse ? [] : advantages(better, worse);
      if (because.length > 0) return [{ id: worse.id, by: better.id, because }];
    }
    return [];
  });
}

function profileOf(credential: Credential, currency: SearchableCurrency): Profile {
  return {
    id: credential.id,
    numbers: {
      cost: centsOf(costOf(credential, currency)?.amount ?? ''),
      durationDays: credential.durationDays,
      credit: credential.creditSemesterHours,
    },
    skills: statedKeys(credential),
  };
}

/** Where `better` is better; nothing when it is worse somewhere or cannot be judged. */
function advantages(better: Profile, worse: Profile): string[] {
  if (worse.skills.size === 0 || !worse.skills.isSubsetOf(better.skills)) return [];
  const because: string[] = better.skills.size > worse.skills.size ? ['skills'] : [];
  for (const { field, sign } of measured) {
    const [own, other] = [better.numbers[field], worse.numbers[field]];
    if (own === undefined && other === undefined) continue;
    if (own === undefined || other === undefined || (own - other) * sign > 0) return [];
    if (own !== other) because.push(field);
  }
  return because;
}
