import type { Credential, SearchableCurrency } from '@credatlas/model';
import { measures } from '../compare/measures.ts';
import type { Conditions } from './conditionsOn.ts';
import type { ChangeReason } from './schemas.ts';

/** What is known of one credential on both sides. */
export interface BothSides {
  before?: Credential | undefined;
  now?: Credential | undefined;
  /** Which clauses held, the words last. */
  truths: { before: boolean[]; now: boolean[] };
}

/** Why a credential is found on one side only. */
export function reasonsOf(
  sides: BothSides,
  { filter, written }: Conditions,
  currency: SearchableCurrency,
): ChangeReason[] {
  const { before, now, truths } = sides;
  if (!before) return [{ kind: 'published', clause: null, before: null, now: null }];
  if (!now) return [{ kind: 'withdrawn', clause: null, before: null, now: null }];
  const kind = before === now ? 'day' : 'changed';
  return truths.now.flatMap((isTrue, index) => {
    if (isTrue === truths.before[index]) return [];
    const field = filter[index]?.field;
    const clause = index < filter.length ? (written[index] ?? field ?? '') : 'q';
    return [{ kind, clause, before: statedIn(field, before, currency), now: statedIn(field, now, currency) }];
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
