import {
  type Credential,
  InvalidInputError,
  isStated,
  nearestName,
  type SearchableCurrency,
  type TextQuery,
} from '@credatlas/model';
import { tokensOf } from '@credatlas/skills';
import { type Summary, summarySchema } from './schemas.ts';

/** The short form of a credential in lists; null where nothing is stated, never zero. */
export function summaryOf(credential: Credential, currency: SearchableCurrency): Summary {
  const cost = credential.totalCosts.find((each) => each.currency === currency);
  return {
    id: credential.id,
    ctid: credential.ctid ?? null,
    uri: credential.uri,
    name: credential.nameText,
    family: credential.family,
    types: credential.types,
    provider: credential.provider
      ? { id: credential.provider.id ?? null, name: credential.provider.name ?? null }
      : null,
    level: {
      rank: credential.educationRank || null,
      labels: [...new Set(credential.levels.map(({ label }) => label))],
    },
    skills: credential.skills.map(({ key, label, relation, confidence }) => ({ key, label, relation, confidence })),
    credit: { semesterHours: credential.creditSemesterHours ?? null, stated: credential.credit },
    cost: cost ? { amount: cost.amount, currency: cost.currency, basis: cost.basis } : null,
    durationDays: credential.durationDays ?? null,
    places: credential.places.map(({ city, region, country }) => ({
      city: city ?? null,
      region: region ?? null,
      country: country ?? null,
    })),
    delivery: credential.delivery,
    status: credential.status,
    updatedAt: credential.provenance.updatedAt,
    source: credential.provenance.source,
  };
}

const textsOf: Readonly<Record<string, (credential: Credential) => string[]>> = {
  name: (credential) => [credential.nameText, ...credential.alternateNames],
  skills: (credential) => credential.skills.filter(isStated).map(({ label }) => label),
  subjects: (credential) => [...credential.subjects, ...credential.keywords].map(({ label }) => label),
  provider: (credential) => [credential.provider?.name ?? ''],
  description: (credential) => [credential.descriptionText ?? ''],
  inferredSkills: (credential) =>
    credential.skills.filter(({ confidence }) => confidence === 'inferred').map(({ label }) => label),
};

/** In which fields, by which words and through which skills a hit matched. */
export function matchOf(credential: Credential, text: TextQuery, strict: boolean): NonNullable<Summary['match']> {
  const wanted = new Set(
    text.units.flatMap(({ tokens, variants }) => [...tokens, ...(strict ? [] : variants.map(({ token }) => token))]),
  );
  const found = Object.entries(textsOf).map(([field, read]) => ({
    field,
    terms: read(credential)
      .flatMap(tokensOf)
      .filter((token) => wanted.has(token)),
  }));
  const hits = found.filter(({ field, terms }) => terms.length > 0 && !(strict && field === 'inferredSkills'));
  const skills = credential.skills.filter(
    (skill) =>
      (isStated(skill) || (!strict && skill.confidence === 'inferred')) &&
      tokensOf(skill.label).some((token) => wanted.has(token)),
  );
  const distinct = new Map(skills.map(({ key, label, confidence }) => [key, { key, label, confidence }]));
  return {
    fields: hits.map(({ field }) => field),
    terms: [...new Set(hits.flatMap(({ terms }) => terms))].sort(),
    skills: [...distinct.values()],
    strict,
  };
}

const summaryFields = Object.keys(summarySchema.shape);

/** Fields of the `select` parameter; `id` always comes along. Throws InvalidInputError `unknown_field`. */
export function selectedFields(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !summaryFields.includes(name));
  if (unknown === undefined) return ['id', ...names];
  const detail = `There is no field "${unknown}" to select. Fields: ${summaryFields.join(', ')}.`;
  const suggestion = nearestName(unknown, summaryFields);
  throw new InvalidInputError('unknown_field', detail, {
    faults: [{ code: 'unknown_field', parameter: 'select', detail, ...(suggestion ? { suggestion } : {}) }],
  });
}

export function selected(summary: Summary, fields: string[] | undefined): Partial<Summary> {
  if (!fields) return summary;
  return Object.fromEntries(Object.entries(summary).filter(([name]) => fields.includes(name)));
}
