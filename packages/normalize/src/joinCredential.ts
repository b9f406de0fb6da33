import { alternativesOf, publishingTier } from '@credatlas/ctdl';
import type { Credential, Skill, StoredResource } from '@credatlas/model';
import { industriesOf, occupationsOf, programsOf, termsOf } from './codes.ts';
import { collectionsOf } from './collections.ts';
import { conditionsOf } from './conditions.ts';
import { costsOf, totalCosts } from './costs.ts';
import { creditOf } from './credit.ts';
import { datesOf, pathwaysOf, platformsOf, rigorOf, stateRenewal, verificationOf } from './details.ts';
import { durationsOf, shortest } from './durations.ts';
import { edgesOf } from './edges.ts';
import { stated } from './figures.ts';
import { versionsOf } from './identifiers.ts';
import { inferredSkills, type Said } from './inferredSkills.ts';
import type { JoinView } from './JoinView.ts';
import type { Knowledge } from './Knowledge.ts';
import { levelsOf, rankOf } from './levels.ts';
import { offeringsOf } from './offerings.ts';
import { outcomesOf } from './outcomes.ts';
import { type Part, partsOf } from './parts.ts';
import { componentsOf } from './pathwayEdges.ts';
import { placesOf } from './places.ts';
import { literalOf, textOf } from './reading.ts';
import { recognitionOf } from './recognition.ts';
import { SourcePaths } from './SourcePaths.ts';
import type { Traced } from './Spot.ts';
import { skillsOf } from './skillsOf.ts';
import { conditionTargets, type StatedCondition, statedConditions } from './statedConditions.ts';
import { stateAvailability, stateIdentity, stateLinks, stateNaming, stateParties } from './statedFields.ts';

/** What documents state; judgements about it are added by `judged`. */
export type StatedCredential = Omit<Credential, 'tier' | 'freshness' | 'checking'>;

/** The common record of a credential, course or assessment, from its own record and its neighbours. Pure. */
export function joinCredential(view: JoinView, known: Knowledge): StatedCredential {
  const trace = new SourcePaths(known.pointers);
  const conditions = statedConditions(view);
  const targets = conditionTargets(view, conditions);
  const parts = partsOf(view, targets);
  const durations = trace.list('durations', durationsOf(view, view.root));
  const { days, hours } = shortest(durations);
  const costs = costsOf(view, { conditions, parts, currencies: known.currencies });
  const credit = creditOf(view, conditions, parts);
  const levels = trace.list('levels', levelsOf(view, conditions));
  const components = componentsOf(view);
  const verification = trace.list('verification', verificationOf(view));
  const record = {} as StatedCredential;
  stateIdentity(record, view, trace);
  stateNaming(record, view, trace);
  stateParties(record, view, trace);
  stateLinks(record, view, trace);
  record.skills = trace.list('skills', allSkills(view, { conditions, parts, known }));
  record.occupations = trace.list('occupations', occupationsOf(view));
  record.industries = trace.list('industries', industriesOf(view));
  record.programs = trace.list('programs', programsOf(view));
  record.subjects = trace.list('subjects', termsOf(view, view.root, subjectProperties));
  record.keywords = trace.list('keywords', termsOf(view, view.root, keywordProperties));
  record.levels = levels;
  record.educationRank = rankOf(view.resource.node.types, levels);
  record.rigor = trace.value('rigor', rigorOf(view, parts));
  record.recognition = trace.list('recognition', recognitionOf(view));
  stateRenewal(record, view, trace);
  record.conditions = trace.list('conditions', conditionsOf(view, conditions, known.currencies));
  record.credit = trace.list('credit', credit.credit);
  if (credit.semesterHours !== undefined) record.creditSemesterHours = credit.semesterHours;
  if (credit.clockHours !== undefined) record.clockHours = credit.clockHours;
  record.edges = trace.list('edges', edgesOf(view, targets));
  record.pathways = trace.list('pathways', pathwaysOf(view));
  if (components) record.components = trace.list('components', components);
  record.costs = trace.list('costs', costs.all);
  record.totalCosts = totalCosts(costs, { days, hours }, parts);
  record.durations = durations;
  if (days !== undefined) record.durationDays = days;
  if (hours !== undefined) record.effortHours = hours;
  record.places = trace.list('places', placesOf(view, parts, known.regions));
  const offerings = offeringsOf(view, parts, known.regions);
  if (offerings.length > 0) record.offerings = trace.list('offerings', offerings);
  stateAvailability(record, view, trace);
  record.outcomes = trace.list('outcomes', outcomesOf(view));
  record.dates = datesOf(view, trace);
  const versions = versionsOf(view, trace);
  if (versions) record.versions = versions;
  record.verification = verification;
  record.platforms = platformsOf(view, verification);
  record.collections = trace.list('collections', collectionsOf(view));
  record.completeness = completenessOf(view.resource);
  record.provenance = provenanceOf(view.resource);
  record.issues = view.resource.issues.concat(view.issues);
  record.sourcePaths = trace.paths;
  return record;
}

const keywordProperties = ['ceterms:keyword'];

/** Stated skills, then those that only its words mention: its name, its description, and names of skills that are in no table. */
function allSkills(
  view: JoinView,
  { conditions, parts, known }: { conditions: StatedCondition[]; parts: Part[]; known: Knowledge },
): Traced<Skill>[] {
  const stated = skillsOf(view, { conditions, parts, skills: known.skills });
  const texts: Said[] = [];
  for (const property of ['ceterms:name', 'ceterms:description']) {
    const said = textOf(view.resource.node, property);
    if (said) texts.push({ text: said.text, property, at: `#${said.path}`, isName: false });
  }
  for (const { value, at } of stated) {
    if (value.key.startsWith('label:'))
      texts.push({ text: value.label, property: value.via.path.at(-1) ?? '', at, isName: true });
  }
  return [...stated, ...inferredSkills(texts, stated, known.mentioned)];
}

const subjectProperties = [
  'ceterms:subject',
  'ceterms:specialistSubject',
  'ceterms:degreeMajor',
  'ceterms:degreeMinor',
  'ceterms:degreeConcentration',
];

/** Share of the properties of each publishing tier that the record states. */
function completenessOf({ node }: StoredResource): Credential['completeness'] {
  const tier = publishingTier(node.types) ?? { required: [], recommended: [], optional: [] };
  const isOne = (property: string): boolean => (node.properties[property]?.length ?? 0) > 0;
  const isStated = (stated: string): boolean => alternativesOf(stated).some(isOne);
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

function provenanceOf({ source, record, node }: StoredResource): Credential['provenance'] {
  const { envelope } = record;
  const modifiedAt = record.modifiedAt ?? statedModification(node);
  return stated({
    source,
    registry: record.uri.startsWith('http') ? URL.parse(record.uri)?.host : undefined,
    community: envelope?.community,
    envelopeId: envelope?.envelopeId,
    sourceFormat: record.mediaType,
    sourceUri: record.uri,
    contextUrl: node.context,
    recordKey: record.key,
    run: record.run,
    fetchedAt: record.fetchedAt,
    firstSeenAt: record.firstSeenAt,
    modifiedAt,
    updatedAt: modifiedAt ?? record.fetchedAt,
    contentHash: record.contentHash,
  }) as Credential['provenance'];
}

/** When a document says itself that it was last changed. */
function statedModification(node: StoredResource['node']): string | undefined {
  for (const property of modifiedProperties) {
    const text = literalOf(node, property)?.text;
    if (text && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  }
  return undefined;
}

const modifiedProperties = ['ceasn:dateModified', 'schema:dateModified', 'dct:modified', 'dcterms:modified'];
