import { createHash } from 'node:crypto';
import { ancestorsOf } from '@credatlas/ctdl';
import {
  type Credential,
  centsOf,
  codeKey,
  codePaths,
  collectionKey,
  firstMoment,
  type HeldRecognition,
  isStated,
  issuersOf,
  type KeywordField,
  lastMoment,
  maxTokenLength,
  maxValueLength,
  measuredOutcome,
  type NumberField,
  partyKey,
  type SearchableCurrency,
  type SearchDocument,
  type Skill,
  scopeKeys,
  searchableCurrencies,
  searchTexts,
  transferTerm,
} from '@credatlas/model';
import { fold, sortKey, tokensOf } from '@credatlas/skills';

/** Edges that lead out of a credential into what it stacks into, and those that lead into it. */
const outOf = new Set([
  'isPreparationFor',
  'isAdvancedStandingFor',
  'isRequiredFor',
  'isRecommendedFor',
  'isPartOf',
  'transferValueFor',
]);
const into = new Set(['preparationFrom', 'advancedStandingFrom', 'requires', 'hasPart', 'transferValueFrom']);

/**
 * A credential as engines hold it: analysed once, here, so that every engine gets the same tokens and values. `lead`: the record that
 * stands for its cluster. Pure.
 */
export function searchDocument(credential: Credential, seq: number, lead = credential.id): SearchDocument {
  const stated = credential.skills.filter(isStated);
  return {
    id: credential.id,
    seq,
    text: Object.fromEntries(
      Object.entries(searchTexts(credential)).map(([field, texts]) => [field, texts.map(boundedTokens)]),
    ),
    keywords: { ...keywordsOf(credential, stated), follower: lead === credential.id ? [] : ['yes'] },
    numbers: numbersOf(credential),
    recognitions: [
      ...credential.recognition.map(heldRecognition),
      ...heldTiers(credential),
      ...heldTransfers(credential),
    ],
    sortName: sortKey(credential.nameText),
    suggestions: suggestionsOf(credential, stated),
    ...pointsOf(credential),
  };
}

function pointsOf({ places }: Credential): Pick<SearchDocument, 'points'> {
  const points = places.flatMap(({ latitude, longitude }) =>
    latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude }],
  );
  return points.length > 0 ? { points } : {};
}

/** Skills that are named by a relation which strict answers leave out unless it is asked for. */
function statedOtherwise({ skills }: Credential, wanted: 'recommends' | 'aligned'): string[] {
  return skills
    .filter(({ relation, confidence }) => relation === wanted && confidence !== 'inferred')
    .map(({ key }) => key);
}

function keywordsOf(credential: Credential, stated: Skill[]): Partial<Record<KeywordField, string[]>> {
  const related = (relation: string): string[] =>
    stated.filter((skill) => skill.relation === relation).map(({ key }) => key);
  const places = credential.places;
  const codes = { occupation: credential.occupations, program: credential.programs, industry: credential.industries };
  const all: Partial<Record<KeywordField, (string | undefined)[]>> = {
    family: [credential.family],
    type: [...credential.types, ...credential.types.flatMap(ancestorsOf)],
    status: [credential.status === 'unknown' ? undefined : credential.status],
    source: [credential.provenance.source],
    platform: credential.platforms,
    collection: credential.collections.map(collectionKey),
    provider: [...credential.owners, ...credential.offerers].map(partyKey),
    issuer: issuersOf(credential).map(partyKey),
    providerType: credential.provider?.types ?? [],
    providerSector: [credential.provider?.sector],
    skill: stated.map(({ key }) => key),
    'skill.requires': related('requires'),
    'skill.assesses': related('assesses'),
    'skill.teaches': related('teaches'),
    'skill.recommends': statedOtherwise(credential, 'recommends'),
    'skill.aligned': statedOtherwise(credential, 'aligned'),
    'skill.broader': stated.flatMap(({ broader = [] }) => broader),
    'skill.linked': stated.filter(({ confidence }) => confidence === 'linked').map(({ key }) => key),
    'skill.inferred': credential.skills.filter(({ confidence }) => confidence === 'inferred').map(({ key }) => key),
    occupation: codes.occupation.map(codeKey),
    'occupation.path': codes.occupation.flatMap(codePaths),
    program: codes.program.map(codeKey),
    'program.path': codes.program.flatMap(codePaths),
    industry: codes.industry.map(codeKey),
    'industry.path': codes.industry.flatMap(codePaths),
    subject: credential.subjects.map(({ key }) => key),
    keyword: credential.keywords.map(({ key }) => key),
    language: credential.languages.map((tag) => tag.toLowerCase()),
    delivery: credential.delivery,
    audience: credential.audiences,
    learningMethod: credential.learningMethods,
    country: places.map(({ country }) => country),
    region: places.map(({ region }) => region),
    city: places.map(({ city }) => city),
    recognizedBy: credential.recognition.map(({ agent }) => (agent ? partyKey(agent) : undefined)),
    recognition: credential.recognition.map(({ role }) => role),
    outcome: credential.outcomes.filter(({ suppressed }) => !suppressed).map(({ kind }) => kind),
    'outcome.withheld': credential.outcomes.filter(({ suppressed }) => suppressed).map(({ kind }) => kind),
    rigor: credential.rigor?.state === 'unknown' ? [] : [credential.rigor?.state],
    'tier.scope': credential.tier.listings.flatMap(({ scope }) => scopeKeys(scope)),
    fastMoving: credential.freshness.isFastMoving ? ['yes'] : [],
    stacksInto: targets(credential, outOf),
    acceptsFrom: targets(credential, into),
    name: [sortKey(credential.nameText)],
  };
  return Object.fromEntries(Object.entries(all).map(([field, values]) => [field, distinct(values)]));
}

/** Pathway edges by the other end; a course that is required is no credential that stacks, so only credentials and named ends count. */
function targets(credential: Credential, relations: Set<string>): string[] {
  return credential.edges
    .filter(
      ({ relation, target }) => relations.has(relation) && (relation !== 'requires' || isCredential(target.types)),
    )
    .map(({ target }) => partyKey(target));
}

function isCredential(types: string[] | undefined): boolean {
  return (types ?? []).some(
    (type) => type === 'ceterms:Credential' || ancestorsOf(type).includes('ceterms:Credential'),
  );
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== undefined && isValue(value)))];
}

/** Something that can be chosen: neither empty nor as long as a book. */
function isValue(text: string): boolean {
  return text !== '' && text.length <= maxValueLength;
}

/** Nobody looks for longer words. */
function boundedTokens(text: string): string[] {
  return tokensOf(text).filter(({ length }) => length <= maxTokenLength);
}

function numbersOf(credential: Credential): Partial<Record<NumberField, number>> {
  const { dates, freshness, provenance } = credential;
  const all: Partial<Record<NumberField, number | undefined>> = {
    level: credential.educationRank || undefined,
    credit: credential.creditSemesterHours,
    days: credential.durationDays,
    longestDays: longestDays(credential),
    hours: credential.effortHours,
    clockHours: credential.clockHours,
    completionRate: measureOf(credential, { measure: 'completionRate' }),
    placementRate: measureOf(credential, { measure: 'placementRate' }),
    completeness: credential.completeness.share,
    lot: lotOf(credential.id),
    skillCount: new Set(credential.skills.filter(isStated).map(({ key }) => key)).size || undefined,
    affirmed: freshness.affirmed ? firstMoment(freshness.affirmed) : undefined,
    effective: dates.effective ? firstMoment(dates.effective) : undefined,
    expires: dates.expires ? lastMoment(dates.expires) : undefined,
    updatedAt: Date.parse(provenance.updatedAt),
    firstSeen: Date.parse(provenance.firstSeenAt),
    ...Object.assign({}, ...searchableCurrencies.map((currency) => moneyNumbers(credential, currency))),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && Number.isFinite(value)));
}

/** A number from 0 to 2³² drawn for each record from its id: in the order of these, samples are taken. */
function lotOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE();
}

/** The longest that it may take; unknown when one of the durations it states is open above. */
function longestDays({ durations }: Credential): number | undefined {
  const longest = durations
    .filter(({ minDays, maxDays }) => minDays !== undefined || maxDays !== undefined)
    .map(({ maxDays }) => maxDays ?? Number.POSITIVE_INFINITY);
  return longest.length > 0 ? Math.max(...longest) : undefined;
}

function measureOf({ outcomes }: Credential, of: Parameters<typeof measuredOutcome>[1]): number | undefined {
  const measured = measuredOutcome(outcomes, of);
  return measured === 'withheld' ? undefined : measured?.value;
}

/** Cents in one currency; per credit and per hour unrounded, and only where both sides are above zero. */
function moneyNumbers(
  credential: Credential,
  currency: SearchableCurrency,
): Partial<Record<NumberField, number | undefined>> {
  const total = credential.totalCosts.find((cost) => cost.currency === currency);
  const stated = total ? centsOf(total.amount) : undefined;
  // Beyond, cents are no longer told apart: nothing costs that much.
  const cents = Number.isSafeInteger(stated) ? stated : undefined;
  const per = (amount: number | undefined): number | undefined => (cents && amount ? cents / amount : undefined);
  const median = measureOf(credential, { measure: 'earnings', currency });
  const earnings = median === undefined ? undefined : Math.round(median * 100);
  return {
    [`cost.${currency}`]: cents,
    [`costPerCredit.${currency}`]: per(credential.creditSemesterHours),
    [`costPerHour.${currency}`]: per(credential.effortHours),
    [`earnings.${currency}`]: earnings,
    [`earningsOverCost.${currency}`]: earnings === undefined || cents === undefined ? undefined : earnings - cents,
  };
}

function heldRecognition({ agent, role, start, end }: Credential['recognition'][number]): HeldRecognition {
  const [from, to] = [start ? firstMoment(start) : undefined, end ? lastMoment(end) : undefined];
  return {
    agents: agent ? [partyKey(agent)] : [],
    role,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** The tier as it holds day by day; an unknown one is a missing one. */
function heldTiers({ tier }: Credential): HeldRecognition[] {
  return tier.periods.flatMap(({ from, to, listed, unlisted }) => {
    const days = { ...(from ? { from: firstMoment(from)! } : {}), ...(to ? { to: lastMoment(to)! } : {}) };
    const held = { [`tier:${listed.value}`]: listed.value, [`unlisted:${unlisted.value}`]: unlisted.value };
    return Object.entries(held).flatMap(([role, value]) =>
      value === 'unknown' ? [] : [{ agents: [], role, ...days }],
    );
  });
}

/** From when to when it counts elsewhere, or others count toward it; each term once, however many share it. */
function heldTransfers({ edges }: Credential): HeldRecognition[] {
  const terms = edges.flatMap((edge) => {
    const term = transferTerm(edge);
    return term ? [{ role: term.role, from: term.from, to: term.to }] : [];
  });
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()].map(({ role, from, to }) => ({
    agents: [],
    role,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));
}

function suggestionsOf(credential: Credential, stated: Skill[]): SearchDocument['suggestions'] {
  const entries: { field: SearchDocument['suggestions'][number]['field']; value: string; label: string }[] = [
    { field: 'name', value: sortKey(credential.nameText), label: credential.nameText },
    ...stated.map(({ key, label }) => ({ field: 'skill' as const, value: key, label })),
    ...[...credential.owners, ...credential.offerers].map((party) => ({
      field: 'provider' as const,
      value: partyKey(party),
      label: party.name ?? '',
    })),
    ...credential.occupations.map((code) => ({
      field: 'occupation' as const,
      value: codeKey(code),
      label: `${code.code ?? ''} ${code.label ?? ''}`,
    })),
    ...credential.programs.map((code) => ({
      field: 'program' as const,
      value: codeKey(code),
      label: `${code.code ?? ''} ${code.label ?? ''}`,
    })),
    ...credential.subjects.map(({ key, label }) => ({ field: 'subject' as const, value: key, label })),
  ];
  const named = entries.filter(({ value, label }) => isValue(value) && fold(label) !== '');
  return [...new Map(named.map((entry) => [`${entry.field}\n${entry.value}`, entry])).values()].map(
    ({ field, value, label }) => ({
      field,
      value,
      tokens: [...new Set(boundedTokens(label))],
    }),
  );
}
