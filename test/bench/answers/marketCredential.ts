import type { Credential, Party, Skill } from '@credatlas/model';
import { marketDocument } from '../search/market.ts';
import type { Ties } from './Ties.ts';

export const at = '2026-06-01T00:00:00Z';

export function ctidOf(number: number): string {
  return `ce-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function partyOf(number: number): Party {
  const ctid = ctidOf(number);
  const uri = `https://credentialengineregistry.org/resources/${ctid}`;
  return {
    id: `bench:${ctid}`,
    uri,
    ctid,
    name: `Credential ${number}`,
    types: ['ceterms:Certificate'],
    resolved: true,
  };
}

function ownerOf(number: number): Party {
  const [id = ''] = marketDocument(number).keywords.issuer ?? [];
  return { id, uri: `https://example.org/${id.slice(id.indexOf(':') + 1)}`, resolved: true };
}

/** Number n of the market of the search benchmark, as the common model has it, with what it is tied to. */
export function marketCredential(number: number, ties: Ties): Credential {
  const { text, keywords, numbers } = marketDocument(number);
  const { id, uri, ctid } = partyOf(number);
  const owner = { ...ownerOf(number), name: said(text.provider) };
  const [family = 'certificate'] = keywords.family ?? [];
  const skills = skillsOf(keywords);
  const money = numbers['cost.USD'];
  const [region, city] = [keywords.region?.[0], keywords.city?.[0]];
  return {
    ...bare,
    id: id!,
    uri: uri!,
    ctid: ctid!,
    types: keywords.type?.slice(0, 1) ?? [],
    family: family as Credential['family'],
    name: { en: said(text.name) },
    nameText: said(text.name),
    descriptionText: said(text.description),
    description: { en: said(text.description) },
    languages: keywords.language ?? [],
    status: 'active',
    owners: [owner],
    provider: { ...owner, types: keywords.providerType ?? [] },
    skills,
    occupations: (keywords.occupation ?? []).map((code) => ({
      code: code.slice(code.indexOf(':') + 1),
      scheme: 'soc',
    })),
    subjects: (keywords.subject ?? []).map((key) => ({ key, label: said(text.subjects) })),
    educationRank: numbers.level ?? 0,
    edges: ties.edgesOf(number, { party: partyOf, owner: ownerOf }),
    totalCosts: money === undefined ? [] : [{ currency: 'USD', amount: (money / 100).toFixed(2), basis: 'aggregate' }],
    ...(numbers.credit === undefined ? {} : { creditSemesterHours: numbers.credit }),
    ...(numbers.days === undefined ? {} : { durationDays: numbers.days }),
    ...(numbers.hours === undefined ? {} : { effortHours: numbers.hours }),
    places: [{ country: 'US', basis: 'provider', ...(region ? { region } : {}), ...(city ? { city } : {}) }],
    delivery: keywords.delivery ?? [],
    completeness: { required: 1, recommended: 0.5, optional: 0.5, share: numbers.completeness ?? 0 },
    sourcePaths: Object.fromEntries(
      skills.map((_, index) => [`/skills/${index}`, `#/@graph/0/ceterms:teaches/${index}`]),
    ),
  };
}

function said(values: readonly (readonly string[])[] | undefined): string {
  return (values?.[0] ?? []).join(' ');
}

function skillsOf(keywords: ReturnType<typeof marketDocument>['keywords']): Skill[] {
  const [assessed, linked] = [new Set(keywords['skill.assesses']), new Set(keywords['skill.linked'])];
  return (keywords.skill ?? []).map((key, index) => ({
    key,
    label: labelOf(key),
    relation: assessed.has(key) ? 'assesses' : 'teaches',
    confidence: linked.has(key) ? 'linked' : 'labelOnly',
    via: { path: ['ceterms:requires'], uri: `https://example.org/course-${index}`, name: `Course ${index}` },
  }));
}

/** What a person calls the skill of a key. */
export function labelOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

const limited: Credential['tier']['periods'][number]['listed'] = { value: 'limited', rule: 'bench', because: [] };

/** What nothing is stated of. */
const bare: Omit<Credential, 'id' | 'uri' | 'nameText' | 'name' | 'family' | 'types'> = {
  ctidForm: 'valid',
  identifiers: [],
  sameAs: [],
  kind: 'credential',
  ancestors: [],
  alternateNames: [],
  languages: [],
  status: 'unknown',
  owners: [],
  offerers: [],
  listings: [],
  onlineAt: [],
  skills: [],
  occupations: [],
  industries: [],
  programs: [],
  subjects: [],
  keywords: [],
  levels: [],
  educationRank: 0,
  recognition: [],
  conditions: [],
  credit: [],
  edges: [],
  pathways: [],
  costs: [],
  totalCosts: [],
  durations: [],
  places: [],
  jurisdictions: [],
  delivery: [],
  learningMethods: [],
  audiences: [],
  financialAid: [],
  outcomes: [],
  dates: {},
  verification: [],
  tier: {
    policy: 'bench',
    periods: [{ listed: limited, unlisted: limited }],
    evidence: [],
    listings: [],
  },
  freshness: { affirmed: '2025-03-01', isFastMoving: false },
  checking: { ease: 'unknown', services: [] },
  platforms: [],
  collections: [],
  issues: [],
  completeness: { required: 0, recommended: 0, optional: 0, share: 0 },
  sourcePaths: {},
  provenance: {
    source: 'bench',
    sourceFormat: 'graph',
    recordKey: 'bench',
    run: 1,
    fetchedAt: at,
    firstSeenAt: at,
    updatedAt: at,
    contentHash: 'bench',
  },
};
