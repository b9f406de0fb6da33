import type { Clause, TaggedClause, TextQuery } from '@credatlas/model';
import { intersect } from '../arrays/bits.ts';
import { inBoth } from '../arrays/gallop.ts';
import { bitsOf, flagsOf, startingPoint } from './clauses.ts';
import { DocumentSet } from './DocumentSet.ts';
import { type ExpandedMatches, expandedMatches } from './expandedText.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { strictMatches, strictScores, TextStatistics } from './strictText.ts';

/** Documents of one segment that match, ascending. */
export interface Matches {
  live: LiveSegment;
  documents: Uint32Array;
  /** What they are ranked by, when there is a text; scores are computed of what is left in the end. */
  text?: MatchedText;
  /** Once computed: strictly, or by evidence. */
  scores?: Float32Array;
  /** Beside scores; absent: all match strictly. */
  isStrict?: Uint8Array;
}

interface MatchedText {
  tokens: string[];
  statistics: TextStatistics;
  /** In expanded mode: what matches by evidence, and of that strictly, before any filter. */
  expanded?: ExpandedMatches & { strict: Uint32Array };
}

export interface MatchQuery {
  text?: TextQuery;
  filter: readonly TaggedClause[];
}

/** What matches in each segment; with a tag: what would but for the clauses of that tag. */
export class Found {
  readonly #parts: readonly FoundPart[];

  constructor(parts: readonly FoundPart[]) {
    this.#parts = parts;
  }

  get total(): number {
    return this.sets().reduce((sum, { documents }) => sum + documents.length, 0);
  }

  get matches(): Matches[] {
    return this.without();
  }

  without(tag?: string): Matches[] {
    return this.#parts.map(({ own, narrowed }) => ({ ...own, documents: narrowed(tag).list }));
  }

  /** The same, not listed yet. */
  sets(tag?: string): { live: LiveSegment; documents: DocumentSet }[] {
    return this.#parts.map(({ own, narrowed }) => ({ live: own.live, documents: narrowed(tag) }));
  }
}

interface FoundPart {
  own: Omit<Matches, 'documents'>;
  narrowed(without?: string): DocumentSet;
}

/** Evaluates text and filter. `tags` are those that facets will look past. */
export function found(segments: readonly LiveSegment[], query: MatchQuery, tags: readonly string[] = []): Found {
  const statistics = query.text && new TextStatistics(segments);
  return new Found(segments.map((live) => foundIn(live, query, { statistics, tags: new Set(tags) })));
}

function foundIn(
  live: LiveSegment,
  { text, filter }: MatchQuery,
  given: { statistics: TextStatistics | undefined; tags: Set<string> },
): FoundPart {
  // A clause that some facet looks past must not narrow what that facet sees.
  const always = filter.filter(({ field }) => field === undefined || !given.tags.has(field));
  const tagged = Map.groupBy(
    filter.filter((clause) => !always.includes(clause)),
    ({ field }) => field,
  );
  const matched = text && given.statistics && textMatches(live, text, given.statistics);
  const { documents, rest } = matched ?? startingPoint(live, always);
  const narrow = (left: DocumentSet, { clause }: TaggedClause): DocumentSet => narrowed(live, left, clause);
  const left = (rest ?? always).reduce(narrow, documents);
  const without = (tag?: string): DocumentSet =>
    [...tagged].flatMap(([own, clauses]) => (own === tag ? [] : clauses)).reduce(narrow, left);
  const all = without();
  return {
    own: matched?.text ? { live, text: matched.text } : { live },
    narrowed: (tag) => (tag !== undefined && tagged.has(tag) ? without(tag) : all),
  };
}

/** Those of the documents for which the clause holds. */
function narrowed(live: LiveSegment, documents: DocumentSet, clause: Clause): DocumentSet {
  const { size } = live.segment;
  if (documents.isDense)
    return new DocumentSet(size, { bits: intersect(documents.bits.slice(), bitsOf(live, clause)) });
  const { list } = documents;
  return new DocumentSet(size, { list: kept(list, flagsOf(live, clause, list)) });
}

/** Those that are flagged. */
function kept(documents: Uint32Array, flags: Uint8Array): Uint32Array {
  const left = new Uint32Array(documents.length);
  let count = 0;
  for (let index = 0; index < flags.length; index++) {
    left[count] = documents[index]!;
    // Without a branch: which are kept is not to be foreseen.
    count += flags[index]!;
  }
  return count === documents.length ? documents : left.subarray(0, count);
}

function textMatches(
  live: LiveSegment,
  { units, mode }: TextQuery,
  statistics: TextStatistics,
): { documents: DocumentSet; text: MatchedText; rest?: undefined } {
  const text = { tokens: units.flatMap((unit) => unit.tokens), statistics };
  const strict = strictMatches(live, units);
  if (mode === 'strict') return { documents: strict, text };
  const expanded = expandedMatches(live, units);
  if (!expanded) return { documents: strict, text };
  const documents = new DocumentSet(live.segment.size, { list: expanded.documents });
  return { documents, text: { ...text, expanded: { ...expanded, strict: strict.list } } };
}

/** Strict matches have a score of their own; in expanded mode the others follow by evidence. */
export function scored(match: Matches): Matches {
  const { live, documents, text } = match;
  if (!text) return match;
  if (!text.expanded) return strictOnly(match);
  const { evidence } = text.expanded;
  const strict = strictOnly(match);
  const isStrict = new Uint8Array(documents.length);
  const scores = new Float32Array(documents.length);
  for (let index = 0, next = 0; index < documents.length; index++) {
    const document = documents[index]!;
    if (document === strict.documents[next]) {
      isStrict[index] = 1;
      scores[index] = strict.scores![next++]!;
    } else scores[index] = evidence[document]!;
  }
  return { live, documents, scores, isStrict };
}

/** The strict ones among the matches of a text, and their scores. */
export function strictOnly({ live, documents: all, text }: Matches): Matches {
  const { tokens, statistics, expanded } = text!;
  const isUnfiltered = expanded?.documents === all;
  const documents = expanded ? (isUnfiltered ? expanded.strict : inBoth(expanded.strict, all)) : all;
  return { live, documents, scores: strictScores(live, tokens, { documents, statistics }) };
}

/** What a ranking keeps of matches whose strict ones are scored: unscored where that takes no more memory than scores would. */
export function scoredLater(match: Matches, strict: Matches): Matches {
  if (!match.text?.expanded) return strict;
  return match.documents.length > match.live.segment.size / 2 ? match : scored(match);
}
