import type { TaggedClause, TextQuery } from '@credatlas/model';
import { flagsOf, startingPoint } from './clauses.ts';
import { expandedMatches } from './expandedText.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { type ScoredDocuments, strictMatches, TextStatistics } from './strictText.ts';

/** Documents of one segment that match, ascending. */
export interface Matches {
  live: LiveSegment;
  documents: Uint32Array;
  /** With text: what each scored, and whether it matches strictly. */
  scores?: Float32Array;
  isStrict?: Uint8Array;
}

export interface MatchQuery {
  text?: TextQuery;
  filter: readonly TaggedClause[];
}

/** What matches in each segment; `without(tag)`: what would but for the clauses of that tag. */
export interface Found {
  matches: Matches[];
  without(tag: string): Matches[];
}

/** Evaluates text and filter. `tags` are those that `without` will be asked for. */
export function found(segments: readonly LiveSegment[], query: MatchQuery, tags: readonly string[] = []): Found {
  const statistics = query.text && new TextStatistics(segments);
  const perSegment = segments.map((live) => foundIn(live, query, { statistics, tags: new Set(tags) }));
  return {
    matches: perSegment.map(({ all }) => all),
    without: (tag) => perSegment.map(({ without }) => without(tag)),
  };
}

function foundIn(
  live: LiveSegment,
  { text, filter }: MatchQuery,
  given: { statistics: TextStatistics | undefined; tags: Set<string> },
): { all: Matches; without: (tag: string) => Matches } {
  // A clause that some facet looks past must not narrow what that facet sees.
  const always = filter.filter(({ field }) => field === undefined || !given.tags.has(field));
  const { base, rest } =
    text && given.statistics
      ? { base: textMatches(live, text, given.statistics), rest: always }
      : startOf(live, always);
  const narrowed =
    rest.length === 0
      ? base
      : kept(base, flagsOf(live, { op: 'and', clauses: rest.map(({ clause }) => clause) }, base.documents));
  const tagged = [
    ...Map.groupBy(
      filter.filter((clause) => !always.includes(clause)),
      ({ field }) => field,
    ),
  ].map(([tag, clauses]) => ({
    tag,
    flags: flagsOf(live, { op: 'and', clauses: clauses.map(({ clause }) => clause) }, narrowed.documents),
  }));
  const withAll = (skipped?: string): Matches => {
    const applied = tagged.filter(({ tag }) => tag !== skipped);
    if (applied.length === 0) return narrowed;
    const flags = applied[0]!.flags.slice();
    for (const { flags: own } of applied.slice(1))
      for (let index = 0; index < flags.length; index++) flags[index]! &= own[index]!;
    return kept(narrowed, flags);
  };
  const all = withAll();
  return { all, without: (tag) => (tagged.some((each) => each.tag === tag) ? withAll(tag) : all) };
}

function startOf(
  live: LiveSegment,
  clauses: readonly TaggedClause[],
): { base: Matches; rest: readonly TaggedClause[] } {
  const { documents, rest } = startingPoint(live, clauses);
  return { base: { live, documents }, rest };
}

function kept({ live, documents, scores, isStrict }: Matches, flags: Uint8Array): Matches {
  let count = 0;
  for (let index = 0; index < flags.length; index++) count += flags[index]!;
  if (count === documents.length)
    return { live, documents, ...(scores ? { scores } : {}), ...(isStrict ? { isStrict } : {}) };
  const left = new Uint32Array(count);
  const leftScores = scores && new Float32Array(count);
  const leftStrict = isStrict && new Uint8Array(count);
  let to = 0;
  for (let index = 0; index < flags.length; index++) {
    if (flags[index] === 0) continue;
    left[to] = documents[index]!;
    if (leftScores) leftScores[to] = scores[index]!;
    if (leftStrict) leftStrict[to] = isStrict[index]!;
    to += 1;
  }
  return {
    live,
    documents: left,
    ...(leftScores ? { scores: leftScores } : {}),
    ...(leftStrict ? { isStrict: leftStrict } : {}),
  };
}

function textMatches(live: LiveSegment, text: TextQuery, statistics: TextStatistics): Matches {
  const strict = strictMatches(live, text.units, statistics);
  if (text.mode === 'strict') return { live, ...strict, isStrict: new Uint8Array(strict.documents.length).fill(1) };
  return union(live, strict, expandedMatches(live, text.units, statistics));
}

/** Strict matches keep their own score; all of them are among the expanded ones, too. */
function union(live: LiveSegment, strict: ScoredDocuments, expanded: ScoredDocuments): Matches {
  const isStrict = new Uint8Array(expanded.documents.length);
  const scores = expanded.scores.slice();
  let next = 0;
  for (let index = 0; index < expanded.documents.length && next < strict.documents.length; index++) {
    if (expanded.documents[index] !== strict.documents[next]) continue;
    isStrict[index] = 1;
    scores[index] = strict.scores[next++]!;
  }
  return { live, documents: expanded.documents, scores, isStrict };
}
