import { audienceRankOf, conceptLabel, educationRankOf } from '@credatlas/ctdl';
import type { Level } from '@credatlas/model';
import { distinctBy } from './distinctBy.ts';
import type { JoinView } from './JoinView.ts';
import { type Alignment, alignments, conceptTerms } from './reading.ts';
import type { Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Levels as stated, ranked only where the concept means one rank. */
export function levelsOf(view: JoinView, conditions: readonly StatedCondition[]): Traced<Level>[] {
  const { node } = view.root;
  const found: Traced<Level>[] = [];
  for (const { term, known, path } of conceptTerms(node, 'ceterms:audienceLevelType', 'ceterms:AudienceLevel')) {
    const level = audienceLevel({ term, known }, 'audienceLevelType');
    const rank = audienceRankOf(term);
    if (rank !== undefined) level.rank = rank;
    found.push(view.traced(view.root, level, path));
  }
  for (const alignment of alignments(node, 'ceterms:atLevel')) {
    const level = frameworkLevel(alignment);
    if (level) found.push(view.traced(view.root, level, alignment.path));
  }
  found.push(...ofCredit(view, conditions));
  return found;
}

function frameworkLevel({ uri, code, label, framework, frameworkName }: Alignment): Level | undefined {
  const name = label ?? code ?? uri;
  if (!name) return undefined;
  const rank = europeanRank(`${frameworkName ?? ''} ${framework ?? ''}`, `${code ?? ''} ${label ?? ''}`);
  return {
    scheme: frameworkName ?? framework ?? 'QualificationsFramework',
    ...(uri ? { concept: uri } : {}),
    label: name,
    ...(rank === undefined ? {} : { rank }),
    property: 'atLevel',
  };
}

/** Levels of the credit that is stated: kept as such, since they rank courses and not the credential. */
function ofCredit(view: JoinView, conditions: readonly StatedCondition[]): readonly Traced<Level>[] {
  const found: Traced<Level>[] = [];
  for (const spot of [view.root, ...conditions.map((condition) => condition.spot)]) {
    for (const profile of view.follow(spot, 'ceterms:creditValue')) {
      for (const stated of conceptTerms(profile.node, 'ceterms:creditLevelType', 'ceterms:AudienceLevel')) {
        const level = audienceLevel(stated, 'creditLevelType');
        found.push(view.traced(profile, level, stated.path));
      }
    }
  }
  return distinctBy(found, ({ value }) => value.label);
}

function audienceLevel({ term, known }: { term: string; known: boolean }, property: string): Level {
  return {
    scheme: 'AudienceLevel',
    ...(known ? { concept: term } : {}),
    label: conceptLabel(known ? `audLevel:${term}` : term),
    property,
  };
}

/** EQF levels 5 to 8 are short-cycle, bachelor, master, doctorate by the Bologna alignment, as our ranks 5 to 8. */
function europeanRank(framework: string, level: string): number | undefined {
  if (!/\bEQF\b|European Qualifications Framework/i.test(framework)) return undefined;
  const rank = Number(/\b([5-8])\b/.exec(level)?.[1]);
  return Number.isNaN(rank) ? undefined : rank;
}

/** Rank of the most specific class that has one, else the highest level that means one, else 0. */
export function rankOf(types: string[], levels: Level[]): number {
  return educationRankOf(types) || Math.max(0, ...levels.map(({ rank }) => rank ?? 0));
}
