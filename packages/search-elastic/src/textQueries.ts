import { evidence, type TextQuery, type TextUnit, textFieldWeights } from '@credatlas/model';
import { all, anyOf, either, type Query } from './clauses.ts';
import { tokenOf } from './documentBody.ts';
import { anyText, keywordPath, textPath } from './indexDefinition.ts';

const weights = Object.entries(textFieldWeights) as [keyof typeof textFieldWeights, number][];

/**
 * Makes sums of evidence smaller than any score of a strict hit (above 1e-10 at a billion documents) without losing a bit: a power of
 * two, and sums are whole numbers to 64 × 16. So one ranking holds both, strict hits first.
 */
const expansionScale = 2 ** -60;
/** Between the largest scaled sum of evidence and the smallest strict score. */
const strictAbove = 2 ** -46;
/** Elasticsearch keeps BM25's factor k1 + 1, which our score leaves out. */
const scoreScale = 2.2;

/** What the `_score` of a hit says. */
export function readScore(score: number): { strict: boolean; score?: number } {
  return score > strictAbove ? { strict: true, score: score / scoreScale } : { strict: false };
}

/** Matches and ranks by interface §4: BM25F over the weighted fields; in expanded mode then by sums of evidence. */
export function textQuery({ units, mode }: TextQuery): Query {
  const strict = strictQuery(units);
  if (mode === 'strict') return strict;
  return { dis_max: { queries: [strict, expandedQuery(units)], tie_breaker: 0 } };
}

function strictQuery(units: readonly TextUnit[]): Query {
  const tokens = units.flatMap((unit) => unit.tokens.map(tokenOf));
  const fields = weights.map(([field, weight]) => `${textPath(field)}^${weight}`);
  const query = tokens.join(' ');
  const phrases = units.filter(({ phrase }) => phrase).map(phraseQuery);
  return { bool: { must: [{ combined_fields: { query, fields, operator: 'and' } }], filter: phrases } };
}

/** The tokens follow one another within one value of one field. */
function phraseQuery({ tokens }: Pick<TextUnit, 'tokens'>): Query {
  const query = tokens.map(tokenOf).join(' ');
  return either(weights.map(([field]) => ({ match_phrase: { [textPath(field)]: { query, slop: 0 } } })));
}

/** Some evidence for every unit; the score is the sum of the best for each, scaled. */
function expandedQuery(units: readonly TextUnit[]): Query {
  return { bool: { must: units.map(unitQuery) } };
}

/** The best evidence for a unit: every token of it counts, each by its own best; what stands for all of it, at once. */
function unitQuery(unit: TextUnit): Query {
  if (unit.phrase) return rated(phraseQuery(unit), evidence.same);
  const { names = [], keys = [] } = unit.skill ?? {};
  const whole = names.map((tokens) => (tokens.length === 1 ? hasOneOf(anyText, tokens) : phraseQuery({ tokens })));
  const states = (field: string): Query => anyOf(keywordPath(field), keys);
  if (keys.length > 0) whole.push(states('skill'), states('skill.broader'));
  const queries = [
    ...strengthsOf(unit).map((strength) =>
      rated(all(unit.tokens.map((_, at) => atLeast(unit, at, strength))), strength),
    ),
    ...(whole.length > 0 ? [rated(either(whole), evidence.alternative)] : []),
    ...(keys.length > 0 ? [rated(states('skill.inferred'), evidence.inferred)] : []),
  ];
  return { dis_max: { queries, tie_breaker: 0 } };
}

function strengthsOf({ variants }: TextUnit): number[] {
  return [...new Set([evidence.same, evidence.inferred, ...variants.map((each) => each.evidence)])];
}

/** There is evidence of this strength or a greater one for the token at this place. */
function atLeast({ tokens, variants }: TextUnit, at: number, strength: number): Query {
  const own = [
    { token: tokens[at]!, evidence: evidence.same as number },
    ...variants.filter((each) => (each.at ?? 0) === at),
  ];
  const strong = own.filter((each) => each.evidence >= strength).map(({ token }) => token);
  const stated = hasOneOf(anyText, strong);
  const all = own.map(({ token }) => token);
  return strength > evidence.inferred ? stated : either([stated, hasOneOf(textPath('inferredSkills'), all)]);
}

function hasOneOf(path: string, tokens: readonly string[]): Query {
  return { terms: { [path]: tokens.map(tokenOf) } };
}

function rated(filter: Query, strength: number): Query {
  return { constant_score: { filter, boost: strength * expansionScale } };
}

/** The document holds the token somewhere, inferred skills included. */
export function holdsToken(token: string): Query {
  return either([hasOneOf(anyText, [token]), hasOneOf(textPath('inferredSkills'), [token])]);
}

/** Credentials that match the text, if any, and all conditions; ranked by the text. */
export function credentialQuery(text: TextQuery | undefined, filter: Query[]): Query {
  const credentials: Query = { term: { kind: 'credential' } };
  const must = text && text.units.length > 0 ? [textQuery(text)] : [];
  return must.length === 0 ? all([credentials, ...filter]) : { bool: { must, filter: [credentials, ...filter] } };
}
