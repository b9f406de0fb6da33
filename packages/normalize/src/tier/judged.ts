import { type Credential, codePaths, firstMoment } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import type { StatedCredential } from '../joinCredential.ts';
import { dayOf, type FastMovingFields, type JudgingRules, tierOf } from './tierOf.ts';

/** The record with what the rules make of it: its tier, how fresh it is, and how a badge of it can be checked. */
export function judged(credential: StatedCredential, rules: JudgingRules): Credential {
  const record = credential as Credential;
  record.tier = tierOf(credential, rules);
  record.freshness = freshnessOf(credential, rules.fastMoving);
  record.checking = checkingOf(credential);
  return record;
}

function freshnessOf(credential: StatedCredential, fields: FastMovingFields): Credential['freshness'] {
  const { dates, provenance, recognition } = credential;
  let latest = Number.NEGATIVE_INFINITY;
  const affirm = (day: string | undefined): void => {
    const moment = day ? firstMoment(day) : undefined;
    if (moment !== undefined && moment > latest) latest = moment;
  };
  affirm(dates.effective);
  affirm(provenance.modifiedAt?.slice(0, 10));
  for (const { start } of recognition) affirm(start);
  const affirmed = Number.isFinite(latest) ? { affirmed: dayOf(latest) } : {};
  return { ...affirmed, isFastMoving: isFastMoving(credential, fields) };
}

function isFastMoving({ occupations, programs, subjects }: StatedCredential, fields: FastMovingFields): boolean {
  const lies = (codes: StatedCredential['occupations'], wanted: ReadonlySet<string>): boolean =>
    codes.some((code) => codePaths(code).some((path) => wanted.has(path)));
  return (
    lies(occupations, fields.occupations) ||
    lies(programs, fields.programs) ||
    subjects.some(({ label }) => fields.subjects.has(fold(label)))
  );
}

function checkingOf({ verification, platforms, types, identifiers }: StatedCredential): Credential['checking'] {
  const services = verification.flatMap(({ service, directory, uri }) => service ?? directory ?? uri ?? []);
  const isBadge = types.includes('ceterms:OpenBadge');
  const version =
    identifiers.find(({ schemeName }) => schemeName === 'openBadgesVersion')?.value ??
    (isBadge ? 'unknown' : undefined);
  const ease = services.length > 0 ? 'service' : platforms.length > 0 ? 'platform' : 'unknown';
  return { ease, ...(version ? { openBadges: version } : {}), services };
}
