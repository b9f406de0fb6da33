import { type Clause, type KeywordField, keywordFields, type NumberField, unreachable } from '@credatlas/model';
import { nearestDistance } from './distance.ts';
import type { LiveSegment } from './Segment.ts';
import { indexOf } from './sortedSearch.ts';

const isKeyword = new Set<string>(keywordFields);

/** 1 for each document of the segment that the clause holds for; deleted ones are the caller's matter. */
export function clauseMask(live: LiveSegment, clause: Clause): Uint8Array {
  switch (clause.op) {
    case 'any':
      return anyMask(live, clause.field, clause.values);
    case 'range':
      return rangeMask(live, clause);
    case 'present':
      return presentMask(live, clause.field);
    case 'missing':
      return inverted(presentMask(live, clause.field));
    case 'held':
      return heldMask(live, clause);
    case 'near':
      return Uint8Array.from(live.segment.points, (points) =>
        nearestDistance(points, clause.centre) <= clause.metres ? 1 : 0,
      );
    case 'and':
      return combined(live, clause.clauses, { start: 1, step: (a, b) => a & b });
    case 'or':
      return combined(live, clause.clauses, { start: 0, step: (a, b) => a | b });
    case 'not':
      return inverted(clauseMask(live, clause.clause));
    default:
      return unreachable(clause);
  }
}

function anyMask({ segment }: LiveSegment, field: KeywordField, values: string[]): Uint8Array {
  const mask = new Uint8Array(segment.size);
  const index = segment.keywords[field];
  if (!index) return mask;
  for (const value of values) {
    const ordinal = indexOf(index.values, value);
    if (ordinal === undefined) continue;
    for (let at = index.offsets[ordinal] ?? 0; at < (index.offsets[ordinal + 1] ?? 0); at++)
      mask[index.documents[at] ?? 0] = 1;
  }
  return mask;
}

function rangeMask({ segment }: LiveSegment, clause: Extract<Clause, { op: 'range' }>): Uint8Array {
  const mask = new Uint8Array(segment.size);
  const column = segment.numbers[clause.field];
  if (!column) return mask;
  const { gte = Number.NEGATIVE_INFINITY, gt, lte = Number.POSITIVE_INFINITY, lt } = clause;
  for (let document = 0; document < segment.size; document++) {
    const value = column[document] ?? Number.NaN;
    // A missing value is NaN, which compares false with everything.
    if (value >= gte && value <= lte && (gt === undefined || value > gt) && (lt === undefined || value < lt))
      mask[document] = 1;
  }
  return mask;
}

function presentMask({ segment }: LiveSegment, field: KeywordField | NumberField): Uint8Array {
  const mask = new Uint8Array(segment.size);
  if (isKeyword.has(field)) {
    const offsets = segment.keywords[field as KeywordField]?.documentOffsets;
    for (let document = 0; offsets && document < segment.size; document++) {
      if ((offsets[document + 1] ?? 0) > (offsets[document] ?? 0)) mask[document] = 1;
    }
    return mask;
  }
  const column = segment.numbers[field as NumberField];
  for (let document = 0; column && document < segment.size; document++)
    if (!Number.isNaN(column[document])) mask[document] = 1;
  return mask;
}

function heldMask({ segment }: LiveSegment, clause: Extract<Clause, { op: 'held' }>): Uint8Array {
  const mask = new Uint8Array(segment.size);
  const { documentOffsets, roles, agents, from, to } = segment.recognitions;
  for (let document = 0; document < segment.size; document++) {
    for (let at = documentOffsets[document] ?? 0; at < (documentOffsets[document + 1] ?? 0); at++) {
      const holds = (from[at] ?? 0) <= clause.on && clause.on <= (to[at] ?? 0);
      const isRole = !clause.roles || clause.roles.includes(roles[at] ?? '');
      const isAgent = !clause.agents || (agents[at] ?? []).some((agent) => clause.agents?.includes(agent));
      if (holds && isRole && isAgent) mask[document] = 1;
    }
  }
  return mask;
}

function combined(
  live: LiveSegment,
  clauses: Clause[],
  by: { start: number; step: (a: number, b: number) => number },
): Uint8Array {
  const mask = new Uint8Array(live.segment.size).fill(by.start);
  for (const clause of clauses) {
    const other = clauseMask(live, clause);
    for (let document = 0; document < mask.length; document++)
      mask[document] = by.step(mask[document] ?? 0, other[document] ?? 0);
  }
  return mask;
}

function inverted(mask: Uint8Array): Uint8Array {
  return mask.map((value) => 1 - value);
}
