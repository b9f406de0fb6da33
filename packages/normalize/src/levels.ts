import { audienceRankOf, conceptLabel, educationRankOf } from '@credatlas/ctdl';
import type { Level } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import { alignments, conceptTerms } from './reading.ts';
import type { Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Levels as stated, ranked only where the concept means one rank. */
export function levelsOf(view: JoinView, conditions: readonly StatedCondition[]): Traced<Level>[] {
  const audience = conceptTerms(view.resource.node, 'ceterms:audienceLevelType', 'ceterms:AudienceLevel').map(
    ({ term, known, path }) => {
      const rank = audienceRankOf(term);
      const value = { ...audienceLevel({ term, known }, 'audienceLevelType'), ...(rank === undefined ? {} : { rank }) };
      return { value, at: view.at(view.root, path) };
    },
  );
  const framework = alignments(view.resource.node, 'ceterms:atLevel').flatMap((level) => {
    const label = level.label ?? level.code ?? level.uri;
    const rank = europeanRank(
      `${level.frameworkName ?? ''} ${level.framework ?? ''}`,
      `${level.code ?? ''} ${level.label ?? ''}`,
    );
    if (!label) return [];
    const value: Level = {
      scheme: level.frameworkName ?? level.framework ?? 'QualificationsFramework',
      ...(level.uri ? { concept: level.uri } : {}),
      label,
      ...(rank === undefined ? {} : { rank }),
      property: 'atLevel',
    };
    return [{ value, at: view.at(view.root, level.path) }];
  });
  return [...audience, ...framework, ...ofCredit(view, conditions)];
}

/** Levels of the credit that is stated: kept as such, since they rank courses and not the credential. */
function ofCredit(view: JoinView, conditions: readonly StatedCondition[]): Traced<Level>[] {
  const holders = [view.root, ...conditions.map(({ spot }) => spot)];
  const profiles = holders.flatMap((spot) => view.follow(spot, 'ceterms:creditValue'));
  const levels = profiles.flatMap((profile) =>
    conceptTerms(profile.node, 'ceterms:creditLevelType', 'ceterms:AudienceLevel').map(({ term, known, path }) =>
      view.traced(profile, audienceLevel({ term, known }, 'creditLevelType'), path),
    ),
  );
  return [...new Map(levels.map((level) => [level.value.label, level])).values()];
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
