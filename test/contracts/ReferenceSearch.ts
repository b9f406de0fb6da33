import {
  type Clause,
  type Coordinates,
  evidence,
  type FacetAnswer,
  type FacetRequest,
  type SearchDocument,
  type SearchQuery,
  type SortKey,
  type TaggedClause,
  type TextField,
  type TextQuery,
  textFieldWeights,
  type WeightedTextField,
} from '@credatlas/model';

/** What search means, written as plainly as can be: lists and loops, its own arithmetic, no index. The yardstick of the contract. */
export class ReferenceSearch {
  readonly documents = new Map<string, SearchDocument>();

  /** Statistics by name, and ranks, until a document changes: the only shortcuts, so that the suite ends in time. */
  readonly #known = new Map<string, number>();
  readonly #ranks = new Map<TextQuery, Map<SearchDocument, [number, number]>>();

  put(document: SearchDocument): void {
    this.documents.set(document.id, document);
    this.#known.clear();
    this.#ranks.clear();
  }

  remove(id: string): void {
    this.documents.delete(id);
    this.#known.clear();
    this.#ranks.clear();
  }

  #statistic(name: string, work: () => number): number {
    const known = this.#known.get(name) ?? work();
    this.#known.set(name, known);
    return known;
  }

  search(query: Pick<SearchQuery, 'text' | 'filter' | 'facets' | 'sort'>): {
    ids: string[];
    facets: Record<string, FacetAnswer>;
  } {
    const all = [...this.documents.values()];
    const hits = this.matching(query);
    const facets = Object.fromEntries(query.facets.map((facet) => [facet.name, this.#facet(all, query, facet)]));
    return { ids: this.#ordered(hits, query), facets };
  }

  /** Documents that match text and filter. */
  matching(query: Pick<SearchQuery, 'text' | 'filter'>): SearchDocument[] {
    return [...this.documents.values()].filter(
      (document) =>
        this.#matchesText(document, query.text) && query.filter.every(({ clause }) => matches(document, clause)),
    );
  }

  #ordered(hits: SearchDocument[], query: Pick<SearchQuery, 'text' | 'sort'>): string[] {
    const byId = (a: SearchDocument, b: SearchDocument): number => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
    const { text } = query;
    if (text && query.sort.length === 0) {
      const rank = new Map(hits.map((hit) => [hit, this.rank(hit, text)]));
      return hits.sort((a, b) => compareRanks(rank.get(a)!, rank.get(b)!) || byId(a, b)).map(({ id }) => id);
    }
    const keys: SortKey[] = query.sort.length > 0 ? query.sort : [{ by: 'name', descending: false }];
    return hits
      .sort((a, b) => keys.map((key) => compareKeys(a, b, key)).find((order) => order !== 0) || byId(a, b))
      .map(({ id }) => id);
  }

  /** [1 for strict, score]. */
  rank(document: SearchDocument, text: TextQuery): [number, number] {
    const ranks = this.#ranks.get(text) ?? new Map<SearchDocument, [number, number]>();
    this.#ranks.set(text, ranks);
    const known = ranks.get(document);
    if (known) return known;
    const rank: [number, number] = isStrict(document, text)
      ? [1, this.#score(document, text)]
      : [0, expansion(document, text)];
    ranks.set(document, rank);
    return rank;
  }

  /** BM25F in double precision; the engine's float32 agrees to about six digits. */
  #score(document: SearchDocument, text: TextQuery): number {
    const fields = Object.keys(textFieldWeights) as WeightedTextField[];
    const all = [...this.documents.values()];
    const documents = this.#statistic('documents', () =>
      Math.max(...fields.map((field) => all.filter((each) => lengthIn(each, field) > 0).length)),
    );
    const total = this.#statistic('total', () =>
      fields.reduce(
        (sum, field) => sum + textFieldWeights[field] * all.reduce((own, each) => own + lengthIn(each, field), 0),
        0,
      ),
    );
    const length = oneByte(
      Math.round(fields.reduce((sum, field) => sum + textFieldWeights[field] * oneByte(lengthIn(document, field)), 0)),
    );
    let score = 0;
    for (const token of text.units.flatMap(({ tokens }) => tokens)) {
      const df = this.#statistic(`df ${token}`, () =>
        Math.max(...fields.map((field) => all.filter((each) => count(each, field, token) > 0).length)),
      );
      const idf = Math.log(1 + (documents - df + 0.5) / (df + 0.5));
      const tf = fields.reduce((sum, field) => sum + textFieldWeights[field] * count(document, field, token), 0);
      score += idf - idf / (1 + tf / (1.2 * (0.25 + (0.75 * length) / (total / documents))));
    }
    return score;
  }

  #matchesText(document: SearchDocument, text: TextQuery | undefined): boolean {
    return !text || isStrict(document, text) || (text.mode === 'expanded' && expansion(document, text) > 0);
  }

  #facet(all: SearchDocument[], query: { text?: TextQuery; filter: TaggedClause[] }, facet: FacetRequest): FacetAnswer {
    const others = query.filter.filter(({ field }) => field !== facet.tag);
    const hits = all.filter(
      (document) => this.#matchesText(document, query.text) && others.every(({ clause }) => matches(document, clause)),
    );
    if (facet.kind === 'clauses') return clauseFacet(hits, facet);
    return facet.kind === 'bands' ? bandFacet(hits, facet) : valueFacet(hits, facet);
  }
}

function compareRanks(a: [number, number], b: [number, number]): number {
  return b[0] - a[0] || (Math.abs(a[1] - b[1]) < 1e-9 ? 0 : b[1] - a[1]);
}

/** Lucene's lossy length: exact to 39, then the next lower number with three significant bits above 24. */
function oneByte(length: number): number {
  if (length < 24) return length;
  const rest = length - 24;
  if (rest < 16) return length;
  const step = 2 ** (Math.floor(Math.log2(rest)) - 3);
  return 24 + Math.floor(rest / step) * step;
}

const weighted = Object.keys(textFieldWeights) as WeightedTextField[];

function hasPhrase(document: SearchDocument, tokens: string[]): boolean {
  return weighted.some((field) =>
    (document.text[field] ?? []).some((value) =>
      value.some((_, start) => tokens.every((token, offset) => value[start + offset] === token)),
    ),
  );
}

function hasToken(document: SearchDocument, token: string): boolean {
  return weighted.some((field) => count(document, field, token) > 0);
}

/** How often each token stands in each field of a document: counted once, so that real markets of thousands end in time. */
const counted = new WeakMap<SearchDocument, Map<TextField, Map<string, number>>>();

function countsIn(document: SearchDocument, field: TextField): Map<string, number> {
  const fields = counted.get(document) ?? new Map<TextField, Map<string, number>>();
  counted.set(document, fields);
  const known = fields.get(field);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const token of (document.text[field] ?? []).flat()) counts.set(token, (counts.get(token) ?? 0) + 1);
  fields.set(field, counts);
  return counts;
}

function count(document: SearchDocument, field: TextField, token: string): number {
  return countsIn(document, field).get(token) ?? 0;
}

function lengthIn(document: SearchDocument, field: TextField): number {
  return (document.text[field] ?? []).reduce((sum, value) => sum + value.length, 0);
}

function isStrict(document: SearchDocument, text: TextQuery): boolean {
  return text.units.every(({ phrase, tokens }) =>
    phrase ? hasPhrase(document, tokens) : tokens.every((token) => hasToken(document, token)),
  );
}

function expansion(document: SearchDocument, text: TextQuery): number {
  const inferred = countsIn(document, 'inferredSkills');
  const best = text.units.map(({ phrase, tokens, variants, skill }) => {
    if (phrase) return hasPhrase(document, tokens) ? evidence.same : 0;
    const byToken = tokens.map((token, place) => {
      const others = variants.filter(({ at }) => (at ?? 0) === place);
      const weak = [token, ...others.map((other) => other.token)].some((each) => inferred.has(each));
      return Math.max(
        hasToken(document, token) ? evidence.same : 0,
        weak ? evidence.inferred : 0,
        ...others.filter((other) => hasToken(document, other.token)).map((other) => other.evidence),
      );
    });
    const states = (field: 'skill' | 'skill.broader' | 'skill.inferred'): boolean =>
      (document.keywords[field] ?? []).some((key) => skill?.keys.includes(key));
    const isNamed = skill?.names.some((name) => hasPhrase(document, name)) ?? false;
    return Math.max(
      Math.min(...byToken),
      isNamed || states('skill') || states('skill.broader') ? evidence.alternative : 0,
      states('skill.inferred') ? evidence.inferred : 0,
    );
  });
  return best.includes(0) ? 0 : best.reduce<number>((sum, each) => sum + each, 0);
}

export function matches(document: SearchDocument, clause: Clause): boolean {
  const keywords = document.keywords as Record<string, string[] | undefined>;
  const numbers = document.numbers as Record<string, number | undefined>;
  const isPresent = (field: string): boolean => (keywords[field] ?? []).length > 0 || numbers[field] !== undefined;
  switch (clause.op) {
    case 'any':
      return (keywords[clause.field] ?? []).some((value) => clause.values.includes(value));
    case 'range': {
      const value = numbers[clause.field];
      if (value === undefined) return false;
      return !(
        value < (clause.gte ?? -Infinity) ||
        value > (clause.lte ?? Infinity) ||
        (clause.gt !== undefined && value <= clause.gt) ||
        (clause.lt !== undefined && value >= clause.lt)
      );
    }
    case 'present':
      return isPresent(clause.field);
    case 'missing':
      return !isPresent(clause.field);
    case 'held':
      return document.recognitions.some(
        ({ agents, role, from, to }) =>
          (from ?? -Infinity) <= clause.on &&
          clause.on <= (to ?? Infinity) &&
          (clause.endsBy === undefined || (to ?? Infinity) <= clause.endsBy) &&
          (!clause.roles || clause.roles.includes(role)) &&
          (!clause.agents || agents.some((agent) => clause.agents?.includes(agent))),
      );
    case 'near':
      return distanceTo(document, clause.centre) <= clause.metres;
    case 'ids':
      return clause.ids.includes(document.id);
    case 'and':
      return clause.clauses.every((each) => matches(document, each));
    case 'or':
      return clause.clauses.some((each) => matches(document, each));
    case 'not':
      return !matches(document, clause.clause);
  }
}

/** Metres to the nearest point, by the law of cosines on unit vectors; NaN without points. */
export function distanceTo(document: SearchDocument, from: Coordinates): number {
  const vector = ({ latitude, longitude }: Coordinates): [number, number, number] => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  };
  const [x, y, z] = vector(from);
  const distances = (document.points ?? []).map((point) => {
    const [u, v, w] = vector(point);
    const cross = Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u);
    return 6_371_008.77 * Math.atan2(cross, x * u + y * v + z * w);
  });
  return distances.length === 0 ? Number.NaN : Math.min(...distances);
}

/** By one field, missing last both ways. */
export function compareKeys(a: SearchDocument, b: SearchDocument, key: SortKey): number {
  const read = (document: SearchDocument): string | number | undefined => {
    if (key.by === 'name') return document.sortName || undefined;
    if (key.by !== 'distance') return document.numbers[key.by as 'days'];
    const distance = distanceTo(document, key.from);
    return Number.isNaN(distance) ? undefined : distance;
  };
  const [left, right] = [read(a), read(b)];
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  const order =
    typeof left === 'string' ? Buffer.compare(Buffer.from(left), Buffer.from(String(right))) : left - Number(right);
  return key.descending ? -order : order;
}

function valueFacet(hits: SearchDocument[], facet: Extract<FacetRequest, { kind: 'values' }>): FacetAnswer {
  const counts = new Map<string, number>();
  for (const { keywords } of hits)
    for (const value of new Set(keywords[facet.field] ?? [])) counts.set(value, (counts.get(value) ?? 0) + 1);
  const wanted = [...counts].filter(
    ([value]) =>
      (facet.length === undefined || value.length === facet.length) && (!facet.only || facet.only.includes(value)),
  );
  wanted.sort(([a, m], [b, n]) => n - m || Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const unknown = hits.filter(({ keywords }) => (keywords[facet.field] ?? []).length === 0).length;
  return {
    buckets: wanted.slice(0, facet.size).map(([value, count]) => ({ value, count })),
    unknown,
    truncated: wanted.length > facet.size,
  };
}

function clauseFacet(hits: SearchDocument[], { values }: Extract<FacetRequest, { kind: 'clauses' }>): FacetAnswer {
  const buckets = values.map(({ value, clause }) => ({
    value,
    count: hits.filter((hit) => matches(hit, clause)).length,
  }));
  const unknown = hits.filter((hit) => !values.some(({ clause }) => matches(hit, clause))).length;
  return { buckets: buckets.filter(({ count }) => count > 0), unknown, truncated: false };
}

function bandFacet(hits: SearchDocument[], facet: Extract<FacetRequest, { kind: 'bands' }>): FacetAnswer {
  const values = hits.map(({ numbers }) => numbers[facet.field]);
  const bounds: [number | undefined, number | undefined][] = [undefined, ...facet.edges].map((from, index) => [
    from,
    facet.edges[index],
  ]);
  const buckets = bounds.map(([from, to]) => ({
    value: `${from ?? ''}..${to ?? ''}`,
    count: values.filter(
      (value) => value !== undefined && (from === undefined || value >= from) && (to === undefined || value < to),
    ).length,
  }));
  return {
    buckets: buckets.filter(({ count }, index) => index > 0 || count > 0),
    unknown: values.filter((value) => value === undefined).length,
    truncated: false,
  };
}
