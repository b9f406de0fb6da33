import { firstMoment, lastMoment } from './moments.ts';
import type { Edge } from './pathway.ts';

/** Roles of what is held from day to day: it counts elsewhere (`out`), or something counts toward it (`in`), by transfer value or agreement. */
export const transferRoles = ['transfer:out', 'transfer:in'] as const;
export type TransferRole = (typeof transferRoles)[number];

const roles: Readonly<Record<string, TransferRole>> = {
  transferValueFor: 'transfer:out',
  receivingProgram: 'transfer:out',
  transferValueFrom: 'transfer:in',
  sendingProgram: 'transfer:in',
};

/** From when to when credit is transferred, both days included; absent: open. */
export interface TransferTerm {
  role: TransferRole;
  /** Milliseconds. */
  from?: number;
  to?: number;
  /** The day on which it ends, as written. */
  end?: string;
  /** What ends first: the agreement, or what it is agreed about. */
  ends: 'agreement' | 'transferValue';
}

/** The term of an edge by which credit is transferred: where an agreement and what it is about state days, what both allow. */
export function transferTerm({ relation, start, end, status, agreement }: Edge): TransferTerm | undefined {
  const role = roles[relation];
  if (!role || status === 'ended' || agreement?.status === 'ended') return undefined;
  const isAgreed = relation.endsWith('Program');
  const starts = [start, agreement?.start].flatMap((day) => (day ? (firstMoment(day) ?? []) : []));
  const [own, agreed] = [isAgreed ? undefined : end, agreement?.end ?? (isAgreed ? end : undefined)].map((day) => ({
    day,
    at: (day ? lastMoment(day) : undefined) ?? Number.POSITIVE_INFINITY,
  }));
  const [first, ends] = own!.at < agreed!.at ? [own!, 'transferValue' as const] : [agreed!, 'agreement' as const];
  return {
    role,
    ...(starts.length > 0 ? { from: Math.max(...starts) } : {}),
    ...(Number.isFinite(first.at) ? { to: first.at, end: first.day! } : {}),
    ends,
  };
}
