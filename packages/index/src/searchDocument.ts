import { hash } from 'node:crypto';
import { ancestorsOf } from '@credatlas/ctdl';
import {
  type Code,
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
  textFields,
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
  const sortName = sortKey(credential.nameText);
  return {
    id: credential.id,
    seq,
    text: textOf(credential),
    keywords: keywordsOf(credential, { stated, sortName, isLead: lead === credential.id }),
    numbers: numbersOf(credential, stated),
    recognitions: [
      ...credential.recognition.map(heldRecognition),
      ...heldTiers(credential),
      ...heldTransfers(credential),
    ],
    sortName,
    suggestions: suggestionsOf(credential, { stated, sortName }),
    ...pointsOf(credential),
  };
}

function textOf(credential: Credential): SearchDocument['text'] {
  const tokens: SearchDocument['text'] = {};
  const texts = searchTexts(credential);
  for (const field of textFields) tokens[field] = texts[field].map(boundedTokens);
  return tokens;
}

function pointsOf({ places }: Credential): Pick<SearchDocument, 'points'> {
  const points = places.flatMap(({ latitude, longitude }) =>
    latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude }],
  );
  return points.length > 0 ? { points } : {};
}

function keywordsOf(
  credential: Credential,
  { stated, sortName, isLead }: { stated: Skill[]; sortName: string; isLead: boolean },
): Partial<Record<KeywordField, string[]>> {
  const { types, owners, offerers, provider, skills, places, recognition, outcomes, tier } = credential;
  const { occupations, programs, industries, rigor, status } = credential;
  const statedBy = (relation: string): string[] => keysOf(stated, (skill) => skill.relation === relation);
  // Named by a relation which strict answers leave out unless it is asked for.
  const namedBy = (relation: string): string[] =>
    keysOf(skills, (skill) => skill.relation === relation && skill.confidence !== 'inferred');
  return {
    family: distinct([credential.family]),
    type: distinct([...types, ...types.flatMap(ancestorsOf)]),
    status: distinct([status === 'unknown' ? undefined : status]),
    source: distinct([credential.provenance.source]),
    platform: distinct(credential.platforms),
    collection: distinct(credential.collections.map(collectionKey)),
    provider: distinct([...owners, ...offerers].map(partyKey)),
    issuer: distinct(issuersOf(credential).map(partyKey)),
    providerType: distinct(provider?.types ?? []),
    providerSector: distinct([provider?.sector]),
    skill: keysOf(stated, () => true),
    'skill.requires': statedBy('requires'),
    'skill.assesses': statedBy('assesses'),
    'skill.teaches': statedBy('teaches'),
    'skill.recommends': namedBy('recommends'),
    'skill.aligned': namedBy('aligned'),
    'skill.broader': distinct(stated.flatMap(({ broader }) => broader ?? [])),
    'skill.linked': keysOf(stated, ({ confidence }) => confidence === 'linked'),
    'skill.inferred': keysOf(skills, ({ confidence }) => confidence === 'inferred'),
    occupation: distinct(occupations.map(codeKey)),
    'occupation.path': distinct(occupations.flatMap(codePaths)),
    program: distinct(programs.map(codeKey)),
    'program.path': distinct(programs.flatMap(codePaths)),
    industry: distinct(industries.map(codeKey)),
    'industry.path': distinct(industries.flatMap(codePaths)),
    subject: distinct(credential.subjects.map(({ key }) => key)),
    keyword: distinct(credential.keywords.map(({ key }) => key)),
    language: distinct(credential.languages.map((tag) => tag.toLowerCase())),
    delivery: distinct(credential.delivery),
    audience: distinct(credential.audiences),
    learningMethod: distinct(credential.learningMethods),
    country: distinct(places.map(({ country }) => country)),
    region: distinct(places.map(({ region }) => region)),
    city: distinct(places.map(({ city }) => city)),
    recognizedBy: distinct(recognition.map(({ agent }) => agent && partyKey(agent))),
    recognition: distinct(recognition.map(({ role }) => role)),
    outcome: distinct(outcomes.map(({ kind, suppressed }) => (suppressed ? undefined : kind))),
    'outcome.withheld': distinct(outcomes.map(({ kind, suppressed }) => (suppressed ? kind : undefined))),
    rigor: distinct([rigor?.state === 'unknown' ? undefined : rigor?.state]),
    'tier.scope': distinct(tier.listings.flatMap(({ scope }) => scopeKeys(scope))),
    fastMoving: credential.freshness.isFastMoving ? ['yes'] : [],
    stacksInto: distinct(targets(credential, outOf)),
    acceptsFrom: distinct(targets(credential, into)),
    name: distinct([sortName]),
    follower: isLead ? [] : ['yes'],
  };
}

function keysOf(skills: readonly Skill[], isWanted: (skill: Skill) => boolean): string[] {
  return distinct(skills.map((skill) => (isWanted(skill) ? skill.key : undefined)));
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

function distinct(values: readonly (string | undefined)[]): string[] {
  const kept: string[] = [];
  const seen = values.length > fewValues ? new Set<string>() : undefined;
  for (const value of values) {
    if (value === undefined || !isValue(value) || (seen ? seen.has(value) : kept.includes(value))) continue;
    seen?.add(value);
    kept.push(value);
  }
  return kept;
}

/** So many are looked through faster than a set is made. */
const fewValues = 16;

/** Something that can be chosen: neither empty nor as long as a book. */
function isValue(text: string): boolean {
  return text !== '' && text.length <= maxValueLength;
}

/** Nobody looks for longer words. */
function boundedTokens(text: string): string[] {
  const tokens = tokensOf(text);
  return tokens.every(isBounded) ? tokens : tokens.filter(isBounded);
}

function isBounded({ length }: string): boolean {
  return length <= maxTokenLength;
}

type Numbers = Partial<Record<NumberField, number>>;

function numbersOf(credential: Credential, stated: readonly Skill[]): Numbers {
  const { dates, freshness, provenance } = credential;
  const numbers: Numbers = {};
  const set = (field: NumberField, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) numbers[field] = value;
  };
  set('level', credential.educationRank || undefined);
  set('credit', credential.creditSemesterHours);
  set('days', credential.durationDays);
  set('longestDays', longestDays(credential));
  set('hours', credential.effortHours);
  set('clockHours', credential.clockHours);
  set('completionRate', measureOf(credential, { measure: 'completionRate' }));
  set('placementRate', measureOf(credential, { measure: 'placementRate' }));
  set('completeness', credential.completeness.share);
  set('lot', lotOf(credential.id));
  set('skillCount', keyCount(stated) || undefined);
  set('affirmed', freshness.affirmed ? firstMoment(freshness.affirmed) : undefined);
  set('effective', dates.effective ? firstMoment(dates.effective) : undefined);
  set('expires', dates.expires ? lastMoment(dates.expires) : undefined);
  set('updatedAt', Date.parse(provenance.updatedAt));
  set('firstSeen', Date.parse(provenance.firstSeenAt));
  for (const currency of searchableCurrencies) setMoney(credential, currency, set);
  return numbers;
}

function keyCount(skills: readonly Skill[]): number {
  const keys = new Set<string>();
  for (const { key } of skills) keys.add(key);
  return keys.size;
}

/** A number from 0 to 2³² drawn for each record from its id: in the order of these, samples are taken. */
function lotOf(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 8), 16);
}

/** The longest that it may take; unknown when one of the durations it states is open above. */
function longestDays({ durations }: Credential): number | undefined {
  if (durations.length === 0) return undefined;
  const longest = durations
    .filter(({ minDays, maxDays }) => minDays !== undefined || maxDays !== undefined)
    .map(({ maxDays }) => maxDays ?? Number.POSITIVE_INFINITY);
  return longest.length > 0 ? Math.max(...longest) : undefined;
}

function measureOf({ outcomes }: Credential, of: Parameters<typeof measuredOutcome>[1]): number | undefined {
  if (outcomes.length === 0) return undefined;
  const measured = measuredOutcome(outcomes, of);
  return measured === 'withheld' ? undefined : measured?.value;
}

/** Cents in one currency; per credit and per hour unrounded, and only where both sides are above zero. */
function setMoney(
  credential: Credential,
  currency: SearchableCurrency,
  set: (field: NumberField, value: number | undefined) => void,
): void {
  const total = credential.totalCosts.find((cost) => cost.currency === currency);
  const median = measureOf(credential, { measure: 'earnings', currency });
  if (!total && median === undefined) return;
  const stated = total ? centsOf(total.amount) : undefined;
  // Beyond, cents are no longer told apart: nothing costs that much.
  const cents = Number.isSafeInteger(stated) ? stated : undefined;
  const per = (amount: number | undefined): number | undefined => (cents && amount ? cents / amount : undefined);
  const earnings = median === undefined ? undefined : Math.round(median * 100);
  set(`cost.${currency}`, cents);
  set(`costPerCredit.${currency}`, per(credential.creditSemesterHours));
  set(`costPerHour.${currency}`, per(credential.effortHours));
  set(`earnings.${currency}`, earnings);
  set(`earningsOverCost.${currency}`, earnings === undefined || cents === undefined ? undefined : earnings - cents);
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

type Suggestion = SearchDocument['suggestions'][number];

function suggestionsOf(
  credential: Credential,
  { stated, sortName }: { stated: Skill[]; sortName: string },
): SearchDocument['suggestions'] {
  const suggestions: Suggestion[] = [];
  /** Each value once, by the last of its names that says anything. */
  const suggest = <T>(field: Suggestion['field'], all: readonly T[], read: (each: T) => Named): void => {
    const named = all.map(read).filter(({ value, name }) => isValue(value) && says(name));
    const names = named.length > 1 ? new Map(named.map((each) => [each.value, each])).values() : named;
    for (const { value, name } of names) suggestions.push({ field, value, tokens: distinct(boundedTokens(name)) });
  };
  suggest('name', [credential], ({ nameText }) => ({ value: sortName, name: nameText }));
  suggest('skill', stated, ({ key, label }) => ({ value: key, name: label }));
  suggest('provider', [...credential.owners, ...credential.offerers], (party) => ({
    value: partyKey(party),
    name: party.name ?? '',
  }));
  suggest('occupation', credential.occupations, nameOfCode);
  suggest('program', credential.programs, nameOfCode);
  suggest('subject', credential.subjects, ({ key, label }) => ({ value: key, name: label }));
  return suggestions;
}

/** A value that can be chosen, and what it is called. */
interface Named {
  value: string;
  name: string;
}

function nameOfCode(code: Code): Named {
  return { value: codeKey(code), name: `${code.code ?? ''} ${code.label ?? ''}` };
}

/** Whether anything is left of it to be read. */
function says(label: string): boolean {
  return /[!-~]/.test(label) || fold(label) !== '';
}
