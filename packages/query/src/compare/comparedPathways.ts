import { kindOf } from '@credatlas/ctdl';
import type { Credential, Edge, Party } from '@credatlas/model';
import type { Comparison } from './schemas.ts';

type Pathway = Comparison['pathways'][number];

/** The two names of one relation: read from where it leads out of, and from where it leads into. */
const halves: readonly (readonly [out: string, into: string])[] = [
  ['isPreparationFor', 'preparationFrom'],
  ['isAdvancedStandingFor', 'advancedStandingFrom'],
  ['isRequiredFor', 'requires'],
  ['isRecommendedFor', 'recommends'],
  ['isPartOf', 'hasPart'],
  ['transferValueFor', 'transferValueFrom'],
  ['receivingProgram', 'sendingProgram'],
  ['precedes', 'precededBy'],
];
const outs: ReadonlyMap<string, string> = new Map(halves.map(([out, into]) => [out, into]));
const intos: ReadonlyMap<string, string> = new Map([
  ...halves.map(([out, into]): [string, string] => [into, out]),
  ['entryCondition', 'isRequiredFor'],
  ['prerequisite', 'isRequiredFor'],
  ['coPrerequisite', 'isRequiredFor'],
  ['targetComponent', 'precedes'],
  ['hasChild', 'isPartOf'],
]);

/** Edges between credentials, the compared ones among them, in both directions; those to courses and assessments are parts. */
export function comparedPathways(credentials: readonly Credential[]): Pathway[] {
  const all = credentials.flatMap(({ id, edges }) =>
    edges.flatMap((edge) => {
      const direction = directionOf(edge);
      const compared = credentials.find((other) => isTarget(edge, other));
      return direction && (compared || leadsToCredential(edge))
        ? [pathwayOf(edge, { id, direction, isCompared: compared !== undefined })]
        : [];
    }),
  );
  const outwards = new Set(all.map(({ from, relation, to }) => `${from} ${relation} ${to.id}`));
  return all.filter(
    ({ from, relation, to, direction }) =>
      direction === 'out' || !outwards.has(`${to.id} ${intos.get(relation)} ${from}`),
  );
}

function pathwayOf(edge: Edge, given: { id: string; direction: 'out' | 'in'; isCompared: boolean }): Pathway {
  const { relation, target, credit = [], start, end } = edge;
  const { id, direction, isCompared } = given;
  return {
    from: id,
    relation,
    direction,
    to: target,
    isCompared,
    credit,
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
  };
}

function directionOf({ relation }: Edge): 'out' | 'in' | undefined {
  return outs.has(relation) ? 'out' : intos.has(relation) ? 'in' : undefined;
}

function isTarget({ target }: Edge, { id, uri }: Credential): boolean {
  return target.id === id || target.uri === uri;
}

/** What was not found and has no type may be one. */
function leadsToCredential({ target }: Edge): boolean {
  return target.types?.length ? kindOf(target.types) === 'credential' : !target.resolved;
}

/** Other credentials that one counts toward, or that count toward it. */
export function tiedCredentials({ edges }: Credential, direction: 'out' | 'in'): Party[] {
  const tied = edges.filter((edge) => directionOf(edge) === direction && leadsToCredential(edge));
  return [...new Map(tied.map(({ target }) => [nameOf(target), target])).values()];
}

/** What two or more of them count toward, the most shared first. */
export function sharedNext(credentials: readonly Credential[]): Comparison['next'] {
  const found = new Map<string, Comparison['next'][number]>();
  for (const credential of credentials)
    for (const to of tiedCredentials(credential, 'out')) {
      const known = found.get(nameOf(to)) ?? { to, from: [] };
      found.set(nameOf(to), { ...known, from: [...known.from, credential.id] });
    }
  return [...found.values()].filter(({ from }) => from.length > 1).sort((a, b) => b.from.length - a.from.length);
}

function nameOf({ ctid, uri, name }: Party): string {
  return ctid ?? uri ?? name ?? '';
}
