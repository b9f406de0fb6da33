import {
  type Credential,
  codePath,
  firstMoment,
  holdsForAll,
  issuersOf,
  type Listing,
  lastMoment,
  type Tier,
  type TierEvidence,
} from '@credatlas/model';
import { fold } from '@credatlas/skills';
import { recognitionEvidence } from './recognitionEvidence.ts';
import {
  type Condition,
  type EvidenceName,
  issuersOf as issuersOfList,
  type RecognizedIssuer,
  type TierPolicy,
  type TierRules,
} from './TierPolicy.ts';

/** Rules made ready: the issuers of the list to be looked up, and the paths of the fast-moving fields. */
export type JudgingRules = TierRules & {
  issuers: ReadonlyMap<string, readonly RecognizedIssuer[]>;
  fastMoving: FastMovingFields;
};

/** Paths of codes, and folded names of subjects. */
export type FastMovingFields = Readonly<Record<'occupations' | 'programs' | 'subjects', ReadonlySet<string>>>;

export function judgingRules(rules: TierRules): JudgingRules {
  const { occupations, programs, subjects } = rules.policy.staleness;
  const paths = (codes: readonly string[]): ReadonlySet<string> => new Set(codes.map((code) => codePath(code) ?? code));
  const fastMoving = { occupations: paths(occupations), programs: paths(programs), subjects: new Set(subjects) };
  return { ...rules, issuers: issuersOfList(rules.list), fastMoving };
}

type Judged = Omit<Credential, 'tier' | 'freshness' | 'checking'>;
type Evidence = TierEvidence & { name: EvidenceName };
type Verdict = Tier['periods'][number]['listed'];

/** The tier of a joined record by the policy: which rule fires in which period, with the evidence it rests on. Pure. */
export function tierOf(credential: Judged, { policy, list, issuers }: JudgingRules): Tier {
  const listings = listingsOf(credential, issuers);
  const evidence = [
    ...listings.map(listedEvidence),
    ...classEvidence(credential),
    ...assessmentEvidence(credential),
    ...recognitionEvidence(credential),
    ...participationEvidence(credential, policy),
    ...conditionEvidence(credential),
  ];
  return {
    policy: `${policy.version} / ${list.version}`,
    periods: periodsOf(evidence).map(({ from, to }) => {
      const names = new Set<EvidenceName>();
      for (const each of evidence) if (holdsFrom(each, from)) names.add(each.name);
      const listed = verdict(policy, names);
      const others = new Set([...names].filter((name) => !name.startsWith('issuerListed')));
      return {
        ...(from === undefined ? {} : { from: dayOf(from) }),
        ...(to === undefined ? {} : { to: dayOf(to) }),
        listed,
        unlisted: others.size === names.size ? listed : verdict(policy, others),
      };
    }),
    evidence,
    listings,
  };
}

function verdict({ rules }: TierPolicy, names: ReadonlySet<EvidenceName>): Verdict {
  for (const { rule, tier, when } of rules) {
    const because = firedOn(when, names);
    if (because) return { value: tier, rule, because };
  }
  return { value: 'unknown', rule: 'none', because: [...names] };
}

/** The evidence that makes the condition true; undefined when it is not. */
function firedOn(condition: Condition, names: ReadonlySet<EvidenceName>): EvidenceName[] | undefined {
  if (typeof condition === 'string') return names.has(condition) ? [condition] : undefined;
  if ('not' in condition) return firedOn(condition.not, names) ? undefined : [];
  const needsAll = 'all' in condition;
  let because: Set<EvidenceName> | undefined;
  for (const part of needsAll ? condition.all : condition.any) {
    const fired = firedOn(part, names);
    if (!fired && needsAll) return undefined;
    if (!fired) continue;
    because ??= new Set();
    for (const name of fired) because.add(name);
  }
  return because && [...because];
}

/** Spans of days in which the same evidence holds, in milliseconds; the first and the last are open. */
function periodsOf(evidence: readonly Evidence[]): { from?: number; to?: number }[] {
  const starts = new Set<number>();
  for (const { from, to } of evidence) {
    const start = from ? firstMoment(from) : undefined;
    if (start !== undefined) starts.add(start);
    if (to) starts.add((lastMoment(to) ?? 0) + 1);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return [undefined, ...sorted].map((from, at) => ({
    ...(from === undefined ? {} : { from }),
    ...(sorted[at] === undefined ? {} : { to: sorted[at] - 1 }),
  }));
}

/** Whether the evidence holds on the first day of a period; `undefined`: before every start. */
function holdsFrom({ from, to }: Evidence, start: number | undefined): boolean {
  if (start === undefined) return from === undefined;
  return (!from || (firstMoment(from) ?? start) <= start) && (!to || start <= (lastMoment(to) ?? start));
}

/** The calendar day (UTC) of a moment. */
export function dayOf(moment: number): string {
  const date = new Date(moment);
  const year = date.getUTCFullYear();
  // What ends on the last day of 9999 ends for good; what would begin after it has no day of ten characters.
  if (year > 9999) return date.toISOString().slice(0, 10);
  return `${digits(year, 4)}-${digits(date.getUTCMonth() + 1, 2)}-${digits(date.getUTCDate(), 2)}`;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Listings of the owner, or of the offerer where no owner is named. */
function listingsOf(credential: Judged, listed: ReadonlyMap<string, readonly RecognizedIssuer[]>): Listing[] {
  const found = new Map<RecognizedIssuer, string>();
  for (const issuer of issuersOf(credential)) {
    for (const name of [issuer.id, issuer.ctid, issuer.uri, issuer.name && fold(issuer.name)])
      for (const listing of (name && listed.get(name)) || [])
        if (!found.has(listing)) found.set(listing, issuer.name ?? issuer.id ?? issuer.uri ?? '');
  }
  return [...found].map(([{ id: _id, names: _names, ...listing }, issuer]) => ({ issuer, ...listing }));
}

function listedEvidence(listing: Listing): Evidence {
  return {
    name: holdsForAll(listing.scope) ? 'issuerListed' : 'issuerListedInFields',
    detail: `${listing.issuer} is on the recognition list: ${listing.why} (${listing.source})`,
    paths: ['/owners'],
  };
}

function classEvidence({ family, types }: Judged): Evidence[] {
  if (family !== 'licence' && family !== 'degree') return [];
  return [{ name: family, detail: `It is a ${family}: ${types.join(', ')}.`, paths: ['/types'] }];
}

function assessmentEvidence({ rigor, conditions, kind }: Judged): Evidence[] {
  if (rigor?.state !== 'assessed') return [];
  const paths = conditions.flatMap(({ targets }, index) =>
    targets?.some((target) => target.kind === 'Assessment') ? [`/conditions/${index}`] : [],
  );
  const count = rigor.assessments;
  const detail =
    kind === 'assessment' ? 'It is an assessment.' : `${count} assessment${count === 1 ? '' : 's'} stated.`;
  return [{ name: 'assessment', detail, paths: paths.length > 0 ? paths : ['/rigor'] }];
}

function participationEvidence(credential: Judged, { participation, selfPaced }: TierPolicy): Evidence[] {
  const { types, learningMethods, nameText, conditions } = credential;
  const texts = [{ text: fold(nameText), path: '/nameText' }];
  for (const [index, { name, text }] of conditions.entries()) {
    const path = `/conditions/${index}`;
    if (name) texts.push({ text: fold(name), path });
    if (text) texts.push({ text: fold(text), path });
  }
  const found: Evidence[] = [];
  const say = (name: 'participation' | 'selfPaced', words: readonly string[]): void => {
    for (const { text, path } of texts) {
      const word = words.find((each) => includesWords(text, each));
      if (word === undefined) continue;
      found.push({ name, detail: `It says "${word}".`, paths: [path] });
      return;
    }
  };
  const type = participation.types.find((each) => types.includes(each));
  if (type) found.push({ name: 'participation', detail: `It is a ${type}.`, paths: ['/types'] });
  say('participation', participation.words);
  const method = selfPaced.methods.find((each) => learningMethods.some((own) => own.endsWith(each)));
  if (method) found.push({ name: 'selfPaced', detail: `Learning is ${method}.`, paths: ['/learningMethods'] });
  say('selfPaced', selfPaced.words);
  return found;
}

/** Whole words, so that "unattended" does not say "attended". */
function includesWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + words.length] ?? ' '];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

const requiring = new Set(['requires', 'corequisite', 'coPrerequisite']);

function conditionEvidence({ conditions, rigor }: Judged): Evidence[] {
  const paths = conditions.flatMap(({ kind }, index) => (requiring.has(kind) ? [`/conditions/${index}`] : []));
  if (paths.length === 0) return [];
  const detail = `${paths.length} stated${rigor?.state === 'assessed' ? '' : ', none of them an assessment'}.`;
  return [{ name: 'conditions', detail, paths }];
}
