import { type Code, type Credential, codePaths, counted, type SearchableCurrency } from '@credatlas/model';
import { fold, stem, tokensOf } from '@credatlas/skills';
import { statedKeys } from '../compare/measures.ts';

/** What one measure adds to how alike two credentials are, and why. */
export interface LikenessPart {
  measure: 'skills' | 'name' | 'field' | 'level' | 'family';
  weight: number;
  /** 0 to 1. */
  value: number;
  /** In words; few are shown of many that are compared. */
  detail(): string;
}

/** Weights by what tells one offer from another: what is proven first, what it is called next. */
const weights = { skills: 5, name: 2.5, field: 1.5, level: 0.5, family: 0.5 } as const;

/** Words of names that say of which kind a credential is, not about what. */
const kindWords = new Set(
  'a an and in of the for to with degree diploma certificate certification certified license licence badge credential program programme course associate associates bachelor bachelors master masters doctor doctorate professional completion micro arts science applied'.split(
    ' ',
  ),
);

/** What is compared of a credential; fields that are not told, as in a summary, count as if they were the same. */
export interface Likened
  extends Pick<Credential, 'nameText' | 'skills' | 'educationRank'>,
    Partial<Pick<Credential, 'programs' | 'occupations' | 'subjects'>> {
  provider?: { name?: string | null } | null;
  family: string;
}

export interface Likeness {
  score: number;
  parts: LikenessPart[];
}

/**
 * How alike others are to this one, 0 to 1, by what this one states: a measure that this one does not state says nothing, one that only
 * the other lacks counts as different.
 */
export function likenessTo(own: Credential): (other: Likened) => Likeness {
  const measures = [skillsPart, namePart, fieldPart, levelPart, familyPart].flatMap((part) => part(own) ?? []);
  return (other) => {
    const parts = measures.map((measure) => measure(other));
    const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
    const score = parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / (whole || 1);
    return { score: Math.round(score * 1000) / 1000, parts };
  };
}

/** Reads one credential once, to compare many others with it. */
type Part = (own: Credential) => ((other: Likened) => LikenessPart) | undefined;

const skillsPart: Part = (own) => {
  const here = statedKeys(own);
  if (here.size === 0) return undefined;
  return (other) => {
    const there = statedKeys(other);
    const shared = here.intersection(there).size;
    const detail = () =>
      there.size === 0
        ? 'it states no skills'
        : `${shared} of ${counted(here.size, 'skill')}, and ${counted(there.size - shared, 'other')}`;
    const value = shared / (here.size + there.size - shared);
    return { measure: 'skills', weight: weights.skills, value, detail };
  };
};

const namePart: Part = (own) => {
  const stems = new Map<string, string>();
  const words = telling(own, stems);
  if (words.size === 0) return undefined;
  const here = new Set(words.keys());
  return (other) => {
    const there = telling(other, stems);
    const shared = here.intersection(there);
    const value = (2 * shared.size) / (here.size + there.size);
    const said = () => [...shared].map((each) => words.get(each)).join(' ');
    const detail = () => (shared.size > 0 ? `both are about "${said()}"` : 'other words');
    return { measure: 'name', weight: weights.name, value, detail };
  };
};

/** Stems of the words that say what it is about, with the words. `stems` of tokens are remembered from one to the next. */
function telling({ nameText, provider }: Likened, stems = new Map<string, string>()): Map<string, string> {
  const ofProvider = new Set(tokensOf(provider?.name ?? ''));
  const tokens = tokensOf(nameText).filter((token) => !kindWords.has(token) && !ofProvider.has(token));
  return new Map(tokens.map((token) => [stemOf(token, stems), token]));
}

function stemOf(token: string, stems: Map<string, string>): string {
  const known = stems.get(token) ?? stem(token);
  stems.set(token, known);
  return known;
}

/** Words of the name that say what it is about. */
export function tellingWords(credential: Credential): string[] {
  return [...telling(credential).values()];
}

const fieldPart: Part = (own) => {
  const codes = (['programs', 'occupations'] as const).flatMap((kind) =>
    own[kind].map((code) => ({ kind, code, paths: codePaths(code) })),
  );
  const subjects = own.subjects.map(({ label }) => fold(label));
  if (codes.length + subjects.length === 0) return undefined;
  return (other) => {
    const nearest = codes.map(({ kind, code, paths }) => ({
      code,
      value: Math.max(0, ...(other[kind] ?? [code]).map((each) => sharedCode({ code, paths }, each))),
    }));
    const theirs = new Set((other.subjects ?? own.subjects).map(({ label }) => fold(label)));
    const shared = subjects.filter((label) => theirs.has(label));
    const best = nearest.toSorted((a, b) => b.value - a.value)[0];
    const bySubject = subjects.length > 0 ? shared.length / subjects.length : 0;
    const value = Math.max(best?.value ?? 0, bySubject);
    const detail = () =>
      value === 0
        ? 'no field in common'
        : bySubject >= (best?.value ?? 0)
          ? `both are about ${shared.join(', ')}`
          : `both are in ${best?.code.label ?? best?.code.code}`;
    return { measure: 'field', weight: weights.field, value, detail };
  };
};

/** Share of the code's digits that the other one begins with, too. */
function sharedCode({ code, paths }: { code: Code; paths: string[] }, other: Code): number {
  if (paths.length === 0) return code.label !== undefined && code.label === other.label ? 1 : 0;
  const there = new Set(codePaths(other));
  return paths.filter((path) => there.has(path)).length / paths.length;
}

const levelPart: Part = ({ educationRank: here }) => {
  if (!here) return undefined;
  return ({ educationRank: there }) => {
    const value = there ? Math.max(0, 1 - Math.abs(here - there) / 3) : 0;
    const detail = () =>
      there ? (here === there ? 'the same level' : `level ${there} instead of ${here}`) : 'it states no level';
    return { measure: 'level', weight: weights.level, value, detail };
  };
};

const familyPart: Part = (own) => (other) => ({
  measure: 'family',
  weight: weights.family,
  value: Number(own.family === other.family),
  detail: () =>
    own.family === other.family ? `both are of the family ${own.family}` : `${other.family} instead of ${own.family}`,
});

/** What an employer or a learner would weigh; null where one of both does not state it. */
export function differences(
  own: Credential,
  other: Credential,
  currency: SearchableCurrency,
): Record<
  'cost' | 'durationDays' | 'semesterHours' | 'level',
  { here: number | null; there: number | null; difference: number | null }
> {
  const pair = (here: number | undefined, there: number | undefined) => ({
    here: here ?? null,
    there: there ?? null,
    difference: here === undefined || there === undefined ? null : Math.round((there - here) * 10_000) / 10_000,
  });
  const cost = ({ totalCosts }: Credential): number | undefined => {
    const amount = totalCosts.find((each) => each.currency === currency)?.amount;
    return amount === undefined ? undefined : Number(amount);
  };
  return {
    cost: pair(cost(own), cost(other)),
    durationDays: pair(own.durationDays, other.durationDays),
    semesterHours: pair(own.creditSemesterHours, other.creditSemesterHours),
    level: pair(own.educationRank || undefined, other.educationRank || undefined),
  };
}
