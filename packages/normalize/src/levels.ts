import { audienceRankOf, conceptLabel, educationRankOf } from '@credatlas/ctdl';
import type { Level } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import { alignments, conceptTerms } from './reading.ts';
import type { Traced } from './Spot.ts';

/** Levels as stated, ranked only where the concept means one rank. */
export function levelsOf(view: JoinView): Traced<Level>[] {
  const audience = conceptTerms(view.resource.node, 'ceterms:audienceLevelType', 'ceterms:AudienceLevel').map(
    ({ term, known, path }) => {
      const rank = audienceRankOf(term);
      const value: Level = {
        scheme: 'AudienceLevel',
        ...(known ? { concept: term } : {}),
        label: conceptLabel(known ? `audLevel:${term}` : term),
        ...(rank === undefined ? {} : { rank }),
        property: 'audienceLevelType',
      };
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
  return [...audience, ...framework];
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
