import type { Clause, TaggedClause, TextQuery } from '@credatlas/model';
import { among, flagged } from '../arrays/bits.ts';
import { startingPoint } from './clauseLists.ts';
import { flagsOf, setOf } from './clauses.ts';
import { DocumentSet } from './DocumentSet.ts';
import { type ExpandedMatches, expandedMatches } from './expandedText.ts';
import type { LiveSegment } from './LiveSegment.ts';
import { strictMatches, strictScores, TextStatistics } from './strictText.ts';

/** Documents of one segment that match. */
export interface MatchSet {
  live: LiveSegment;
  documents: DocumentSet;
  /** What they are ranked by, when there is a text; scores are computed of what is left in the end. */
  text?: MatchedText;
}

/** The same as a list, ascending. */
export interface Matches extends Omit<MatchSet, 'documents'> {
  documents: Uint32Array;
  /** Once computed: strictly, or by evidence. */
  scores?: Float32Array;
  /** Beside scores; absent: all match strictly. */
  isStrict?: Uint8Array;
}

export function matchesOf(set: MatchSet): Matches {
  return { ...set, documents: set.documents.list };
}

interface MatchedText {
  tokens: string[];
  statistics: TextStatistics;
  /** In expanded mode: what matches by evidence, and of that strictly, before any filter. */
  expanded?: ExpandedMatches & { strict: DocumentSet };
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
    return this.sets().map(matchesOf);
  }

  /** The same, not listed yet. */
  sets(tag?: string): MatchSet[] {
    return this.#parts.map(({ own, narrowed }) => ({ ...own, documents: narrowed(tag) }));
  }
}

interface FoundPart {
  own: Omit<MatchSet, 'documents'>;
  narrowed(without?: string): DocumentSet;
}

/** Evaluates text and filter. `tags` are those that facets will look past. */
export function found(segments: readonly LiveSegment[], query: MatchQuery, tags: readonly string[] = []): Found {
  const statistics =
    query.text &&
    new TextStatistics(
      segments,
      query.text.units.flatMap(({ tokens }) => tokens),
    );
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
  const narrow = narrowing(live);
  const left = (rest ?? always).reduce(narrow, documents);
  const looking = [...tagged].map(([tag, clauses]) => {
    const others = [...tagged].flatMap(([own, its]) => (own === tag ? [] : its));
    return { tag, clauses, past: others.reduce(narrow, left) };
  });
  const [first] = looking;
  const all = first ? first.clauses.reduce(narrow, first.past) : left;
  return {
    own: matched?.text ? { live, text: matched.text } : { live },
    narrowed: (without) => looking.find(({ tag }) => tag === without)?.past ?? all,
  };
}

/** Leaves those of documents for which a clause holds; what clauses stand for is found once, however many facets look past others. */
function narrowing(live: LiveSegment): (documents: DocumentSet, tagged: TaggedClause) => DocumentSet {
  const { size } = live.segment;
  const sets = new Map<Clause, DocumentSet>();
  return (documents, { clause }) => {
    if (!documents.isDense) {
      const { list } = documents;
      return new DocumentSet(size, { list: kept(list, flagsOf(live, clause, list)) });
    }
    const set = sets.get(clause) ?? setOf(live, clause);
    sets.set(clause, set);
    if (documents.isAll) return new DocumentSet(size, { bits: set.bits, length: set.length });
    return set.within(documents.bits);
  };
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
  return { documents: expanded.documents, text: { ...text, expanded: { ...expanded, strict } } };
}

/** Strict matches have a score of their own; in expanded mode the others follow by evidence. */
export function scored({ live, documents, text }: Matches): Matches {
  if (!text) return { live, documents };
  const { tokens, statistics, expanded } = text;
  const strict = expanded ? among(documents, expanded.strict.bits) : documents;
  const strictly = strictScores(live, tokens, { documents: strict, statistics });
  if (!expanded) return { live, documents, scores: strictly };
  const isStrict = flagged(documents, expanded.strict.bits);
  const scores = new Float32Array(documents.length);
  for (let index = 0, next = 0; index < documents.length; index++)
    scores[index] = isStrict[index] ? strictly[next++]! : expanded.evidence.countOf(documents[index]!);
  return { live, documents, scores, isStrict };
}
