import {
  type Credential,
  inferredTextField,
  isStated,
  type Summary,
  searchTexts,
  type TextQuery,
} from '@credatlas/model';
import { tokensOf } from '@credatlas/skills';

type Match = NonNullable<Summary['match']>;

/** Why a hit matched: in which fields, by which words, through which skills; a phrase only where its words follow one another. */
export function matchOf(credential: Credential, text: TextQuery, strict: boolean): Match {
  const words = wordsOf(text, strict);
  const phrases = text.units.filter(({ phrase }) => phrase).map(({ tokens }) => tokens);
  const found = Object.entries(searchTexts(credential))
    .filter(([field]) => !strict || field !== inferredTextField)
    .map(([field, texts]) => ({ field, terms: texts.flatMap((each) => matchedTerms(tokensOf(each), words, phrases)) }))
    .filter(({ terms }) => terms.length > 0);
  return {
    fields: found.map(({ field }) => field),
    terms: [...new Set(found.flatMap(({ terms }) => terms))].sort(),
    skills: matchedSkills(credential, strict, (label) => matchedTerms(tokensOf(label), words, phrases).length > 0),
    strict,
  };
}

/** Words that count as found; variants only in hits of expanded mode. */
function wordsOf(text: TextQuery, strict: boolean): Set<string> {
  const units = text.units.filter(({ phrase }) => !phrase);
  return new Set(
    units.flatMap(({ tokens, variants }) => [...tokens, ...(strict ? [] : variants.map(({ token }) => token))]),
  );
}

function matchedTerms(tokens: string[], words: Set<string>, phrases: string[][]): string[] {
  return [...tokens.filter((token) => words.has(token)), ...phrases.filter((phrase) => follows(tokens, phrase)).flat()];
}

function follows(tokens: string[], phrase: string[]): boolean {
  return tokens.some((_, start) => phrase.every((token, offset) => tokens[start + offset] === token));
}

function matchedSkills(credential: Credential, strict: boolean, isMatch: (label: string) => boolean): Match['skills'] {
  const counted = credential.skills.filter((skill) => isStated(skill) || (!strict && skill.confidence === 'inferred'));
  const matched = counted.filter(({ label, labels }) => [label, ...Object.values(labels ?? {})].some(isMatch));
  return [...new Map(matched.map(({ key, label, confidence }) => [key, { key, label, confidence }])).values()];
}
