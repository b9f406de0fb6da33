import { type Credential, codePath, codePaths, firstMoment } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import type { StatedCredential } from '../joinCredential.ts';
import type { TierPolicy } from './TierPolicy.ts';
import { type JudgingRules, tierOf } from './tierOf.ts';

/** The record with what the rules make of it: its tier, how fresh it is, and how a badge of it can be checked. Pure. */
export function judged(credential: StatedCredential, rules: JudgingRules): Credential {
  return {
    ...credential,
    tier: tierOf(credential, rules),
    freshness: freshnessOf(credential, rules.policy.staleness),
    checking: checkingOf(credential),
  };
}

function freshnessOf(credential: StatedCredential, fields: TierPolicy['staleness']): Credential['freshness'] {
  const { dates, provenance, recognition } = credential;
  const stated = [dates.effective, provenance.modifiedAt?.slice(0, 10), ...recognition.map(({ start }) => start)];
  const moments = stated.flatMap((day) => (day ? (firstMoment(day) ?? []) : []));
  const affirmed = moments.length > 0 ? new Date(Math.max(...moments)).toISOString().slice(0, 10) : undefined;
  return { ...(affirmed ? { affirmed } : {}), isFastMoving: isFastMoving(credential, fields) };
}

function isFastMoving({ occupations, programs, subjects }: StatedCredential, fields: TierPolicy['staleness']): boolean {
  const lies = (codes: StatedCredential['occupations'], wanted: readonly string[]): boolean => {
    const paths = new Set(codes.flatMap(codePaths));
    return wanted.some((code) => paths.has(codePath(code) ?? code));
  };
  const known = new Set(fields.subjects);
  return (
    lies(occupations, fields.occupations) ||
    lies(programs, fields.programs) ||
    subjects.some(({ label }) => known.has(fold(label)))
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
