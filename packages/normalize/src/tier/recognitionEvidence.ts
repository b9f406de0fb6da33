import { type Credential, firstMoment, lastMoment, type Recognition, type TierEvidence } from '@credatlas/model';
import type { EvidenceName } from './TierPolicy.ts';

const authorizing = new Set(['accredited', 'approved', 'regulated']);
/** States of an action in which it gives nothing (yet). */
const withoutForce = new Set(['FailedActionStatus', 'PotentialActionStatus']);

/**
 * Recognition with the days on which it is held. A statement without dates holds for good, unless a dated one of the same role by
 * the same agent says otherwise. What the owner has counts for degrees only, and only its accreditation.
 */
export function recognitionEvidence({
  recognition,
  family,
}: Pick<Credential, 'recognition' | 'family'>): (TierEvidence & { name: EvidenceName })[] {
  if (recognition.length === 0) return [];
  const counted = recognition
    .map((each, index) => ({ each, index }))
    .filter(
      ({ each }) =>
        each.subject === 'credential' ||
        (each.subject === 'provider' && family === 'degree' && each.role === 'accredited'),
    );
  const dated = new Set(counted.filter(({ each }) => isDated(each)).map(({ each }) => giver(each)));
  return counted
    .filter(({ each }) => !withoutForce.has(each.status ?? '') && (isDated(each) || !dated.has(giver(each))))
    .flatMap(({ each, index }) => {
      const { role, agent, start, end } = each;
      const days = {
        ...(start && firstMoment(start) !== undefined ? { from: start } : {}),
        ...(end && lastMoment(end) !== undefined ? { to: end } : {}),
      };
      const name = agent?.name ?? agent?.uri ?? agent?.id;
      const who = each.subject === 'provider' ? 'Its owner is' : 'It is';
      const detail = `${who} ${role}${name ? ` by ${name}` : ', by an agent that is not named'}.`;
      const evidence = { detail, paths: [`/recognition/${index}`], ...days };
      return [
        { name: 'recognition' as const, ...evidence },
        ...(authorizing.has(role) && name ? [{ name: 'authorized' as const, ...evidence }] : []),
      ];
    });
}

function isDated({ start, end, status }: Recognition): boolean {
  return start !== undefined || end !== undefined || withoutForce.has(status ?? '');
}

function giver({ role, agent }: Recognition): string {
  return `${role} ${agent?.id ?? agent?.uri ?? agent?.name ?? ''}`;
}
