import { publishingTier } from '@credatlas/ctdl';
import type { Credential, Skill, StoredResource } from '@credatlas/model';
import { industriesOf, occupationsOf, programsOf, termsOf } from './codes.ts';
import { collectionsOf } from './collections.ts';
import { conditionsOf } from './conditions.ts';
import { costsOf, totalCosts } from './costs.ts';
import { creditOf } from './credit.ts';
import { datesOf, pathwaysOf, platformsOf, renewalOf, rigorOf, verificationOf } from './details.ts';
import { durationsOf, shortest } from './durations.ts';
import { edgesOf } from './edges.ts';
import { versionsOf } from './identifiers.ts';
import { inferredSkills, type Said } from './inferredSkills.ts';
import type { JoinView } from './JoinView.ts';
import type { Knowledge } from './Knowledge.ts';
import { levelsOf, rankOf } from './levels.ts';
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
import { availabilityOf, identityOf, linksOf, namingOf, optionalField, partiesOf } from './statedFields.ts';

/** What documents state; judgements about it are added by `judged`. */
export type StatedCredential = Omit<Credential, 'tier' | 'freshness' | 'checking'>;

/** The common record of a credential, course or assessment, from its own record and its neighbours. Pure. */
export function joinCredential(view: JoinView, known: Knowledge): StatedCredential {
  const trace = new SourcePaths();
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
  const record = {
    ...identityOf(view, trace),
    ...namingOf(view, trace),
    ...partiesOf(view, trace),
    ...linksOf(view, trace),
    skills: trace.list('skills', allSkills(view, { conditions, parts, known })),
    occupations: trace.list('occupations', occupationsOf(view)),
    industries: trace.list('industries', industriesOf(view)),
    programs: trace.list('programs', programsOf(view)),
    subjects: trace.list('subjects', termsOf(view, view.root, subjectProperties)),
    keywords: trace.list('keywords', termsOf(view, view.root, ['ceterms:keyword'])),
    levels,
    educationRank: rankOf(view.resource.node.types, levels),
    ...optionalField('rigor', trace.value('rigor', rigorOf(view, parts))),
    recognition: trace.list('recognition', recognitionOf(view)),
    ...renewalOf(view, trace),
    conditions: trace.list('conditions', conditionsOf(view, conditions, known.currencies)),
    credit: trace.list('credit', credit.credit),
    ...(credit.semesterHours === undefined ? {} : { creditSemesterHours: credit.semesterHours }),
    ...optionalField('clockHours', credit.clockHours),
    edges: trace.list('edges', edgesOf(view, targets)),
    pathways: trace.list('pathways', pathwaysOf(view)),
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
    ...availabilityOf(view, trace),
    outcomes: trace.list('outcomes', outcomesOf(view)),
    dates: datesOf(view, trace),
    ...optionalField('versions', versionsOf(view, trace)),
    verification,
    platforms: platformsOf(view, verification),
    collections: trace.list('collections', collectionsOf(view)),
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

function provenanceOf({ source, record, node }: StoredResource): Credential['provenance'] {
  const { envelope } = record;
  const modifiedAt = record.modifiedAt ?? statedModification(node);
  const registry = record.uri.startsWith('http') ? URL.parse(record.uri)?.host : undefined;
  return {
    source,
    ...optionalField('registry', registry),
    ...optionalField('community', envelope?.community),
    ...optionalField('envelopeId', envelope?.envelopeId),
    sourceFormat: record.mediaType,
    sourceUri: record.uri,
    ...optionalField('contextUrl', node.context),
    recordKey: record.key,
    run: record.run,
    fetchedAt: record.fetchedAt,
    firstSeenAt: record.firstSeenAt,
    ...optionalField('modifiedAt', modifiedAt),
    updatedAt: modifiedAt ?? record.fetchedAt,
    contentHash: record.contentHash,
  };
}

/** When a document says itself that it was last changed. */
function statedModification(node: StoredResource['node']): string | undefined {
  const said = ['ceasn:dateModified', 'schema:dateModified', 'dct:modified', 'dcterms:modified']
    .map((property) => literalOf(node, property)?.text)
    .find((text) => text && !Number.isNaN(Date.parse(text)));
  return said && new Date(said).toISOString();
}
