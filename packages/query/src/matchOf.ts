import {
  type Credential,
  inferredTextField,
  isStated,
  type Skill,
  type Summary,
  searchTexts,
  type TextQuery,
} from '@credatlas/model';
import { tokensOf } from '@credatlas/skills';
import { highlightOf } from './highlightOf.ts';
import { matchedPlaces, type Wanted } from './matchedPlaces.ts';

type Match = NonNullable<Summary['match']>;

/** Why a hit matched: in which fields, by which words, through which skills, and where; a phrase only where its words follow one another. */
export function matchOf(credential: Credential, text: TextQuery, strict: boolean): Match {
  const wanted = wantedIn(text, strict);
  const found = Object.entries(searchTexts(credential))
    .filter(([field]) => !strict || field !== inferredTextField)
    .map(([field, texts]) => {
      const matching = texts.filter((each) => matchedTerms(tokensOf(each), wanted).length > 0);
      return { field, matching, terms: matching.flatMap((each) => matchedTerms(tokensOf(each), wanted)) };
    })
    .filter(({ terms }) => terms.length > 0);
  const keys = new Set(strict ? [] : text.units.flatMap(({ skill }) => skill?.keys ?? []));
  return {
    fields: found.map(({ field }) => field),
    terms: [...new Set(found.flatMap(({ terms }) => terms))].sort(),
    skills: matchedSkills(
      credential,
      strict,
      ({ key, label, labels, broader = [] }) =>
        [key, ...broader].some((each) => keys.has(each)) ||
        [label, ...Object.values(labels ?? {})].some((each) => matchedTerms(tokensOf(each), wanted).length > 0),
    ),
    highlights: found.map(({ field, matching: [first = ''] }) => ({ field, ...highlightOf(first, wanted) })),
    strict,
  };
}

/** Variants and other names count only in hits of expanded mode. */
function wantedIn({ units }: TextQuery, strict: boolean): Wanted {
  const plain = units.filter(({ phrase }) => !phrase);
  const words = plain.flatMap(({ tokens, variants }) => [
    ...tokens,
    ...(strict ? [] : variants.map(({ token }) => token)),
  ]);
  const quoted = units.filter(({ phrase }) => phrase).map(({ tokens }) => tokens);
  const names = strict ? [] : plain.flatMap(({ skill }) => skill?.names ?? []);
  return { words: new Set(words), phrases: [...quoted, ...names] };
}

function matchedTerms(tokens: string[], wanted: Wanted): string[] {
  return [...matchedPlaces(tokens, wanted)].sort((a, b) => a - b).map((place) => tokens[place]!);
}

function matchedSkills(credential: Credential, strict: boolean, isMatch: (skill: Skill) => boolean): Match['skills'] {
  const counted = credential.skills.filter((skill) => isStated(skill) || (!strict && skill.confidence === 'inferred'));
  const matched = counted.filter(isMatch);
  return [...new Map(matched.map(({ key, label, confidence }) => [key, { key, label, confidence }])).values()];
}
