import type { Credential, SearchableCurrency } from '@credatlas/model';
import { measures } from '../compare/measures.ts';
import type { Conditions } from './conditionsOn.ts';
import type { ChangeReason } from './schemas.ts';
import type { Standing } from './standingsAmong.ts';

/** What is known of one credential on both sides. */
export interface BothSides {
  before?: Credential | undefined;
  now?: Credential | undefined;
  stands: { before: Standing; now: Standing };
}

/** Why a credential is found on one side only. */
export function reasonsOf(
  sides: BothSides,
  { filter, written }: Conditions,
  currency: SearchableCurrency,
): ChangeReason[] {
  const { before, now, stands } = sides;
  if (!before) return [{ kind: 'published', clause: null, before: null, now: null }];
  if (!now) return [{ kind: 'withdrawn', clause: null, before: null, now: null }];
  const kind = before === now ? 'day' : 'changed';
  return stands.now.truths.flatMap((isTrue, index) => {
    if (isTrue === stands.before.truths[index]) return [];
    const field = filter[index]?.field;
    const clause = index < filter.length ? (written[index] ?? field ?? '') : 'q';
    const stated = (side: 'before' | 'now', credential: Credential): unknown =>
      stands[side].screened[field ?? ''] ?? statedIn(field, credential, currency);
    return [{ kind, clause, before: stated('before', before), now: stated('now', now) }];
  });
}

/** Measures of comparisons by the filter fields that go by another name. */
const measured: Readonly<Record<string, string>> = {
  days: 'durationDays',
  hours: 'effortHours',
  type: 'types',
  language: 'languages',
  country: 'places',
  region: 'places',
  city: 'places',
  recognizedBy: 'recognition',
  validOn: 'recognition',
};

function statedIn(field: string | undefined, credential: Credential, currency: SearchableCurrency): unknown {
  if (field === undefined) return null;
  if (field === 'skill' || field.startsWith('skill.'))
    return [...new Set(credential.skills.map(({ label }) => label))].sort();
  const measure = measures.find((each) => each.field === (measured[field] ?? field));
  return measure?.read(credential, currency) ?? null;
}

/** What says where a record comes from and how it was read, not what the credential is. */
const aside = new Set(['provenance', 'sourcePaths', 'issues', 'completeness']);

/** Fields of two versions that say something else. */
export function changedFields(before: Credential, now: Credential): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]) as Set<keyof Credential>;
  return [...names]
    .filter((name) => !aside.has(name) && JSON.stringify(before[name]) !== JSON.stringify(now[name]))
    .sort();
}
