import { ancestorsOf, familyOf, publishingTier, readCtid, specificFirst, statusOf } from '@credatlas/ctdl';
import type { Credential, Party, Skill, StoredResource } from '@credatlas/model';
import { industriesOf, occupationsOf, programsOf, termsOf } from './codes.ts';
import { collectionsOf } from './collections.ts';
import { conditionsOf } from './conditions.ts';
import { costsOf, totalCosts } from './costs.ts';
import { creditOf } from './credit.ts';
import * as details from './details.ts';
import { durationsOf, shortest } from './durations.ts';
import { edgesOf } from './edges.ts';
import { idOf } from './idOf.ts';
import { inferredSkills } from './inferredSkills.ts';
import { type JoinView, partyOf } from './JoinView.ts';
import type { Knowledge } from './Knowledge.ts';
import { levelsOf, rankOf } from './levels.ts';
import { outcomesOf } from './outcomes.ts';
import { type Part, partsOf } from './parts.ts';
import { componentsOf } from './pathwayEdges.ts';
import { placesOf } from './places.ts';
import { booleanOf, conceptTerms, irisOf, languageMapOf, literals, nameOf, textOf } from './reading.ts';
import { jurisdictionName, recognitionOf } from './recognition.ts';
import type { Traced } from './Spot.ts';
import { skillsOf } from './skillsOf.ts';
import { type StatedCondition, statedConditions } from './statedConditions.ts';

/** What documents state; judgements about it are added by `judged`. */
export type StatedCredential = Omit<Credential, 'tier' | 'freshness' | 'checking'>;

/** The common record of a credential, course or assessment, from its own record and its neighbours. Pure. */
export function joinCredential(view: JoinView, known: Knowledge): StatedCredential {
  const trace = new SourcePaths();
  const conditions = statedConditions(view);
  const parts = partsOf(view, conditions);
  const durations = trace.list('durations', durationsOf(view, view.root));
  const { days, hours } = shortest(durations);
  const costs = costsOf(view, { conditions, parts, currencies: known.currencies });
  const credit = creditOf(view, conditions, parts);
  const levels = trace.list('levels', levelsOf(view));
  const components = componentsOf(view);
  const verification = details.verificationOf(view);
  const record = {
    ...identity(view, trace),
    ...naming(view, trace),
    ...parties(view, trace),
    ...links(view),
    skills: trace.list('skills', allSkills(view, { conditions, parts, known })),
    occupations: trace.list('occupations', occupationsOf(view)),
    industries: trace.list('industries', industriesOf(view)),
    programs: trace.list('programs', programsOf(view)),
    subjects: trace.list('subjects', termsOf(view, view.root, subjectProperties)),
    keywords: trace.list('keywords', termsOf(view, view.root, ['ceterms:keyword'])),
    levels,
    educationRank: rankOf(view.resource.node.types, levels),
    rigor: details.rigorOf(view, parts),
    recognition: trace.list('recognition', recognitionOf(view)),
    ...details.renewalOf(view),
    conditions: trace.list('conditions', conditionsOf(view, conditions)),
    credit: trace.list('credit', credit.credit),
    ...(credit.semesterHours === undefined ? {} : { creditSemesterHours: credit.semesterHours }),
    edges: trace.list('edges', edgesOf(view, conditions)),
    pathways: details.pathwaysOf(view),
    ...(components ? { components: trace.list('components', components) } : {}),
    costs: trace.list('costs', costs.all),
    totalCosts: totalCosts(
      costs,
      { ...(days === undefined ? {} : { days }), ...(hours === undefined ? {} : { hours }) },
      parts,
    ),
    durations,
    ...(days === undefined ? {} : { durationDays: days }),
    ...(hours === undefined ? {} : { effortHours: hours }),
    places: trace.list('places', placesOf(view, parts, known.regions)),
    ...terms(view),
    outcomes: trace.list('outcomes', outcomesOf(view)),
    dates: details.datesOf(view),
    ...optionalField('versions', details.versionsOf(view)),
    verification,
    platforms: details.platformsOf(view, verification),
    collections: collectionsOf(view),
    completeness: completenessOf(view.resource),
    provenance: provenanceOf(view.resource),
  };
  return { ...record, issues: [...view.resource.issues, ...view.issues], sourcePaths: trace.paths };
}

/** Stated skills, then those that only its words mention: its name, its description, and names of skills that are in no table. */
function allSkills(
  view: JoinView,
  { conditions, parts, known }: { conditions: StatedCondition[]; parts: Part[]; known: Knowledge },
): Traced<Skill>[] {
  const stated = skillsOf(view, { conditions, parts, table: known.skills });
  const own = ['ceterms:name', 'ceterms:description'].flatMap((property) => {
    const said = textOf(view.resource.node, property);
    return said ? [{ text: said.text, property, at: `#${said.path}` }] : [];
  });
  const named = stated.flatMap(({ value, at }) =>
    value.key.startsWith('label:') ? [{ text: value.label, property: value.via.path.at(-1) ?? '', at }] : [],
  );
  return [...stated, ...inferredSkills([...own, ...named], stated, known.matcher)];
}

const subjectProperties = [
  'ceterms:subject',
  'ceterms:specialistSubject',
  'ceterms:degreeMajor',
  'ceterms:degreeMinor',
  'ceterms:degreeConcentration',
];

/** Collects where each value was read, as pointers into our record. */
class SourcePaths {
  readonly paths: Record<string, string> = {};

  list<T>(field: string, traced: Traced<T>[]): T[] {
    const values: T[] = [];
    for (const { value, at } of traced) {
      this.paths[`/${field}/${values.length}`] = at;
      values.push(value);
    }
    return values;
  }

  field(field: string, path: string | undefined): void {
    if (path !== undefined) this.paths[`/${field}`] = `#${path}`;
  }
}

function identity(view: JoinView, trace: SourcePaths) {
  const { resource } = view;
  const { node } = resource;
  const stated = literals(node, 'ceterms:ctid')[0];
  trace.field('ctid', stated?.path);
  trace.field('types', node.types.length > 0 ? `${node.path}/@type` : undefined);
  const types = specificFirst(node.types);
  const family = familyOf(node.types);
  return {
    id: idOf(resource),
    uri: resource.uri,
    ...(resource.ctid ? { ctid: resource.ctid } : {}),
    ctidForm: stated ? readCtid(stated.text).form : resource.ctid ? ('valid' as const) : ('absent' as const),
    identifiers: details.identifiersOf(view),
    sameAs: [...irisOf(node, 'ceterms:sameAs'), ...irisOf(node, 'owl:sameAs')].map(({ iri }) => iri),
    kind: resource.kind,
    types,
    ancestors: [...new Set(types.flatMap(ancestorsOf))].filter((type) => !types.includes(type)),
    family:
      family === 'other' && booleanOf(node, 'ceterms:isRegisteredApprenticeship')
        ? ('apprenticeship' as const)
        : family,
  };
}

function naming(view: JoinView, trace: SourcePaths) {
  const { node } = view.resource;
  const [name, description] = [textOf(node, 'ceterms:name'), textOf(node, 'ceterms:description')];
  trace.field('nameText', name?.path);
  trace.field('descriptionText', description?.path);
  const status = [
    ...conceptTerms(node, 'ceterms:credentialStatusType', ''),
    ...conceptTerms(node, 'ceterms:lifeCycleStatusType', ''),
  ][0];
  trace.field('status', status?.path);
  return {
    name: languageMapOf(node, 'ceterms:name'),
    nameText: name?.text ?? nameOf(node) ?? '',
    alternateNames: literals(node, 'ceterms:alternateName').map(({ text }) => text),
    ...(description
      ? { description: languageMapOf(node, 'ceterms:description'), descriptionText: description.text }
      : {}),
    languages: [...new Set(literals(node, 'ceterms:inLanguage').map(({ text }) => languageTag(text)))],
    status: status ? statusOf(status.term) : ('unknown' as const),
    ...(status ? { rawStatus: status.term } : {}),
  };
}

/** BCP 47 tag; old records write the English name of a language. */
function languageTag(text: string): string {
  const names: Record<string, string> = {
    english: 'en',
    spanish: 'es',
    french: 'fr',
    german: 'de',
    chinese: 'zh',
    arabic: 'ar',
    portuguese: 'pt',
  };
  return names[text.toLowerCase()] ?? text.replace(':', '-');
}

function parties(view: JoinView, trace: SourcePaths) {
  const owners = trace.list(
    'owners',
    view.parties(view.root, 'ceterms:ownedBy').concat(ownedBackwards(view, 'ceterms:owns')),
  );
  const offerers = trace.list(
    'offerers',
    view.parties(view.root, 'ceterms:offeredBy').concat(ownedBackwards(view, 'ceterms:offers')),
  );
  const publisher = view.resource.record.envelope?.publishedBy;
  const first = owners[0] ?? offerers[0];
  return {
    owners: distinctParties(owners),
    offerers: distinctParties(offerers),
    ...(publisher ? { publisher: { ctid: publisher.toLowerCase(), resolved: false } } : {}),
    ...(first ? { provider: provider(view, first) } : {}),
  };
}

function ownedBackwards(view: JoinView, property: string): Traced<Party>[] {
  return view.backwards(view.root, property).map((spot) => ({
    value: partyOf(spot.resource),
    at: view.at(spot, spot.node.path),
  }));
}

function distinctParties(all: Party[]): Party[] {
  return [...new Map(all.map((party) => [party.id ?? party.uri ?? party.name ?? '', party])).values()];
}

function provider(view: JoinView, party: Party): NonNullable<Credential['provider']> {
  const resource = party.ctid
    ? view.find(view.root, `ctid:${party.ctid}`)
    : party.uri
      ? view.find(view.root, party.uri)
      : undefined;
  if (!resource) return party;
  const types = conceptTerms(resource.node, 'ceterms:agentType', 'ceterms:OrganizationType').map(({ term }) => term);
  const sector = conceptTerms(resource.node, 'ceterms:agentSectorType', 'ceterms:AgentSector')[0]?.term;
  return { ...party, types, ...(sector ? { sector } : {}) };
}

function links(view: JoinView) {
  const iri = (property: string): string | undefined => irisOf(view.resource.node, property)[0]?.iri;
  return {
    ...optionalField('webpage', iri('ceterms:subjectWebpage')),
    ...optionalField('image', iri('ceterms:image')),
    ...optionalField('catalog', iri('ceterms:inCatalog')),
    listings: irisOf(view.resource.node, 'ceterms:availabilityListing').map((each) => each.iri),
    onlineAt: irisOf(view.resource.node, 'ceterms:availableOnlineAt').map((each) => each.iri),
  };
}

function terms(view: JoinView) {
  const { node } = view.resource;
  const read = (properties: string[], scheme: string): string[] => [
    ...new Set(properties.flatMap((property) => conceptTerms(node, property, scheme).map(({ term }) => term))),
  ];
  return {
    ...optionalField('nonCredit', booleanOf(node, 'ceterms:isNonCredit')),
    jurisdictions: view
      .follow(view.root, 'ceterms:jurisdiction')
      .flatMap((profile) => jurisdictionName(view, profile) ?? []),
    delivery: read(
      ['ceterms:learningDeliveryType', 'ceterms:deliveryType', 'ceterms:assessmentDeliveryType'],
      'ceterms:Delivery',
    ),
    learningMethods: read(['ceterms:learningMethodType'], 'ceterms:LearningMethod'),
    audiences: read(['ceterms:audienceType'], 'ceterms:Audience'),
    financialAid: [
      ...new Set(
        view
          .follow(view.root, 'ceterms:financialAssistance')
          .flatMap((spot) =>
            conceptTerms(spot.node, 'ceterms:financialAssistanceType', 'ceterms:FinancialAssistance').map(
              ({ term }) => term,
            ),
          ),
      ),
    ],
  };
}

function optionalField<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: T };
}

/** Share of the properties of each publishing tier that the record states. */
function completenessOf({ node }: StoredResource): Credential['completeness'] {
  const tier = publishingTier(node.types) ?? { required: [], recommended: [], optional: [] };
  const isOne = (property: string): boolean => (node.properties[property]?.length ?? 0) > 0;
  const isStated = (alternatives: string): boolean =>
    alternatives.includes('|') ? alternatives.split('|').some(isOne) : isOne(alternatives);
  const tiers = [tier.required, tier.recommended, tier.optional];
  const [required = 0, recommended = 0, optional = 0] = tiers.map((properties) => properties.filter(isStated).length);
  return {
    required: share(required, tier.required.length),
    recommended: share(recommended, tier.recommended.length),
    optional: share(optional, tier.optional.length),
    share: share(
      required + recommended + optional,
      tiers.reduce((sum, { length }) => sum + length, 0),
    ),
  };
}

function share(stated: number, all: number): number {
  return all === 0 ? 1 : Math.round((stated / all) * 1000) / 1000;
}

function provenanceOf({ source, record }: StoredResource): Credential['provenance'] {
  const { envelope } = record;
  const registry = record.uri.startsWith('http') ? URL.parse(record.uri)?.host : undefined;
  return {
    source,
    ...optionalField('registry', registry),
    ...optionalField('community', envelope?.community),
    ...optionalField('envelopeId', envelope?.envelopeId),
    sourceFormat: record.mediaType,
    sourceUri: record.uri,
    recordKey: record.key,
    run: record.run,
    fetchedAt: record.fetchedAt,
    firstSeenAt: record.firstSeenAt,
    ...optionalField('modifiedAt', record.modifiedAt),
    updatedAt: record.modifiedAt ?? record.fetchedAt,
    contentHash: record.contentHash,
  };
}
