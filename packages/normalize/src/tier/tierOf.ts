import {
  type Credential,
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
import type { Condition, EvidenceName, RecognizedIssuer, TierPolicy, TierRules } from './TierPolicy.ts';

/** Rules with the issuers of the list ready to be looked up. */
export type JudgingRules = TierRules & { issuers: ReadonlyMap<string, readonly RecognizedIssuer[]> };

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
      const held = evidence.filter((each) => holdsFrom(each, from));
      const names = new Set(held.map(({ name }) => name));
      const others = new Set([...names].filter((name) => !name.startsWith('issuerListed')));
      return {
        ...(from === undefined ? {} : { from: dayOf(from) }),
        ...(to === undefined ? {} : { to: dayOf(to) }),
        listed: verdict(policy, names),
        unlisted: verdict(policy, others),
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
  const all = 'all' in condition;
  const parts = (all ? condition.all : condition.any).map((each) => firedOn(each, names));
  const holds = all ? parts.every((part) => part) : parts.some((part) => part);
  return holds ? [...new Set(parts.flatMap((part) => part ?? []))] : undefined;
}

/** Spans of days in which the same evidence holds, in milliseconds; the first and the last are open. */
function periodsOf(evidence: readonly Evidence[]): { from?: number; to?: number }[] {
  const starts = evidence.flatMap(({ from, to }) => [
    ...(from ? [firstMoment(from)] : []),
    ...(to ? [(lastMoment(to) ?? 0) + 1] : []),
  ]);
  const sorted = [...new Set(starts.filter((start): start is number => start !== undefined))].sort((a, b) => a - b);
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

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
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
  const texts = [
    { text: fold(nameText), path: '/nameText' },
    ...conditions.flatMap(({ name, text }, index) =>
      [name, text].flatMap((each) => (each ? [{ text: fold(each), path: `/conditions/${index}` }] : [])),
    ),
  ];
  const said = (name: 'participation' | 'selfPaced', words: readonly string[]): Evidence[] =>
    texts.flatMap(({ text, path }) => {
      const word = words.find((each) => includesWords(text, each));
      return word ? [{ name, detail: `It says "${word}".`, paths: [path] }] : [];
    });
  const type = participation.types.find((each) => types.includes(each));
  const method = selfPaced.methods.find((each) => learningMethods.some((own) => own.endsWith(each)));
  return [
    ...(type ? [{ name: 'participation' as const, detail: `It is a ${type}.`, paths: ['/types'] }] : []),
    ...said('participation', participation.words).slice(0, 1),
    ...(method ? [{ name: 'selfPaced' as const, detail: `Learning is ${method}.`, paths: ['/learningMethods'] }] : []),
    ...said('selfPaced', selfPaced.words).slice(0, 1),
  ];
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
