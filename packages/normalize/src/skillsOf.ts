import { kindOf } from '@credatlas/ctdl';
import {
  type Confidence,
  confidences,
  type GraphValue,
  type Skill,
  type SkillRelation,
  type StoredResource,
} from '@credatlas/model';
import { type IdentifiedSkill, identifySkill, type SkillTable } from '@credatlas/skills';
import { idOf } from './idOf.ts';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { type Alignment, alignments, irisOf, keyOf, languageMapOf, literals, nameOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';
import type { StatedCondition } from './statedConditions.ts';

/** Skills taken through one occupation. */
const maxOccupationSkills = 50;

interface Claim {
  spot: Spot;
  property: string;
  relation: SkillRelation;
  confidence?: Confidence;
}

/** Every skill that a statement names, with relation, way and confidence; one entry per skill, relation and way, the surest. */
export function skillsOf(
  view: JoinView,
  { conditions, parts, table }: { conditions: StatedCondition[]; parts: Part[]; table: SkillTable },
): Traced<Skill>[] {
  const claims = [
    ...ownClaims(view),
    ...conditionClaims(conditions),
    ...parts.flatMap(partClaims),
    ...rubricClaims(view, parts),
    ...occupationClaims(view),
    ...pathwayClaims(view),
  ];
  const stated = claims.flatMap((claim) => skillsAt({ view, table }, claim));
  const named = view
    .backwards(view.root, 'ceterms:targetCompetencyOf', 'ceasn:substantiatingCredential')
    .flatMap((spot) => {
      const skill = skillOfResource({ view, table }, spot.resource, {
        spot,
        property: spot.walked[0] ?? '',
        relation: 'requires',
      });
      return skill ? [skill] : [];
    });
  return distinct([...stated, ...directCompetencies({ view, table }), ...named]);
}

/** Criteria by which an assessment is judged name what it assesses. */
function rubricClaims(view: JoinView, parts: Part[]): Claim[] {
  const own = view.resource.kind === 'credential' ? [] : [view.root];
  const assessed = parts.filter(({ relation }) => relation !== 'recommends').map(({ spot }) => spot);
  return [...own, ...assessed]
    .flatMap((spot) => view.follow(spot, 'ceterms:hasRubric'))
    .flatMap((rubric) => view.follow(rubric, 'ceasn:hasRubricCriterion'))
    .map((spot): Claim => ({ spot, property: 'ceterms:targetCompetency', relation: 'assesses' }));
}

/** Competency components that must be fulfilled before the component that stands for the credential. */
function pathwayClaims(view: JoinView): Claim[] {
  const components = view
    .backwards(view.root, 'ceterms:proxyFor')
    .filter(({ resource }) => resource.kind === 'pathwayComponent');
  const before = components.flatMap((component) => [
    ...['ceasn:hasChild', 'ceterms:precededBy', 'ceterms:prerequisite'].flatMap((link) => view.follow(component, link)),
    ...view
      .follow(component, 'ceterms:hasCondition')
      .flatMap((condition) => view.follow(condition, 'ceterms:targetComponent')),
  ]);
  return before
    .filter(({ node }) => node.types.includes('ceterms:CompetencyComponent'))
    .map((spot): Claim => ({ spot, property: 'ceterms:proxyFor', relation: 'requires' }));
}

/** A competency that is required or recommended itself, without a condition in between: CTDL allows both. */
function directCompetencies(sources: Sources): Traced<Skill>[] {
  const { view } = sources;
  const relations = { 'ceterms:requires': 'requires', 'ceterms:recommends': 'recommends' } as const;
  return Object.entries(relations).flatMap(([property, relation]) =>
    (view.root.node.properties[property] ?? []).flatMap((value) => {
      const key = keyOf(value);
      const resource = key ? view.find(view.root, key) : undefined;
      if (!resource || kindOf(resource.node.types) !== 'competency') return [];
      const skill = skillOfResource(sources, resource, { spot: view.root, property, relation }, value.path);
      return skill ? [skill] : [];
    }),
  );
}

function ownClaims(view: JoinView): Claim[] {
  return [
    { spot: view.root, property: 'ceterms:teaches', relation: 'teaches' },
    { spot: view.root, property: 'ceterms:assesses', relation: 'assesses' },
    { spot: view.root, property: 'ceterms:targetCompetency', relation: 'requires' },
  ];
}

function conditionClaims(conditions: StatedCondition[]): Claim[] {
  return conditions
    .filter(({ kind }) => kind !== 'renewal')
    .map(({ spot, kind }) => ({
      spot,
      property: 'ceterms:targetCompetency',
      relation: kind === 'recommends' ? 'recommends' : 'requires',
    }));
}

function partClaims({ spot, relation }: Part): Claim[] {
  const weaker = relation === 'recommends';
  return [
    { spot, property: 'ceterms:teaches', relation: weaker ? 'recommends' : 'teaches' },
    { spot, property: 'ceterms:assesses', relation: weaker ? 'recommends' : 'assesses' },
    { spot, property: 'ceterms:targetCompetency', relation: weaker ? 'recommends' : 'requires' },
  ];
}

/** What an occupation needs is no statement about the credential: inferred, whatever the link. */
function occupationClaims(view: JoinView): Claim[] {
  const properties = [
    'ceterms:targetCompetency',
    'ceasn:skillEmbodied',
    'ceasn:knowledgeEmbodied',
    'ceasn:abilityEmbodied',
  ];
  return occupationsOf(view).flatMap((spot) =>
    properties.map((property): Claim => ({ spot, property, relation: 'aligned', confidence: 'inferred' })),
  );
}

function occupationsOf(view: JoinView): Spot[] {
  return alignments(view.resource.node, 'ceterms:occupationType').flatMap(({ uri }) => {
    const resource = uri ? view.find(view.root, keyOf({ reference: uri, path: '' }) ?? '') : undefined;
    return resource && (resource.kind === 'occupation' || resource.kind === 'job')
      ? [{ node: resource.node, resource, walked: ['ceterms:occupationType'] }]
      : [];
  });
}

/** Where skills are looked up: among the neighbours, and in the table of public ones. */
interface Sources {
  view: JoinView;
  table: SkillTable;
}

function skillsAt(sources: Sources, claim: Claim): Traced<Skill>[] {
  const values = claim.spot.node.properties[claim.property] ?? [];
  const taken = claim.confidence === 'inferred' ? values.slice(0, maxOccupationSkills) : values;
  const aligned = alignments(claim.spot.node, claim.property);
  return taken.flatMap((value, index) => skillsOfValue(sources, claim, { value, stated: aligned[index] }));
}

function skillsOfValue(
  sources: Sources,
  claim: Claim,
  { value, stated }: { value: GraphValue; stated: Alignment | undefined },
): Traced<Skill>[] {
  const { view, table } = sources;
  const key = keyOf(value) ?? (stated?.uri ? keyOf({ reference: stated.uri, path: '' }) : undefined);
  const resource = key ? view.find(claim.spot, key) : undefined;
  if (resource && kindOf(resource.node.types) === 'framework') return frameworkSkills(sources, resource, claim);
  if (resource) {
    const skill = skillOfResource(sources, resource, claim, value.path);
    return skill ? [skill, ...alignedLoosely(sources, resource, skill)] : [];
  }
  if (!stated) return [];
  const framework = stated.frameworkName ?? stated.framework;
  const identity = identifySkill(
    {
      ...(stated.uri ? { uri: stated.uri } : {}),
      ...(stated.code ? { code: stated.code } : {}),
      ...(stated.label ? { label: stated.label } : {}),
      ...(framework ? { framework } : {}),
    },
    table,
  );
  if (!identity) return [];
  const value_: Skill = {
    key: identity.key,
    ...(identity.merged ? { merged: identity.merged } : {}),
    label: stated.label || stated.code || stated.uri || identity.key,
    ...(stated.labels && Object.keys(stated.labels).length > 0 ? { labels: stated.labels } : {}),
    ...(stated.uri ? { uri: stated.uri } : {}),
    ...((stated.code ?? identity.code) ? { code: stated.code ?? identity.code ?? '' } : {}),
    ...(identity.scheme ? { scheme: identity.scheme } : {}),
    ...(stated.frameworkName ? { frameworkName: stated.frameworkName } : {}),
    ...(stated.framework ? { frameworkUri: stated.framework } : {}),
    ...(stated.weight === undefined ? {} : { weight: stated.weight }),
    ...broaderIn(table.broaderThan(identity.key)),
    relation: claim.relation,
    confidence: claim.confidence ?? identity.confidence,
    via: view.via(claim.spot),
  };
  return [{ value: value_, at: view.at(claim.spot, stated.path) }];
}

function skillOfResource(
  { view, table }: Sources,
  resource: StoredResource,
  ...[claim, path]: [Claim, string?]
): Traced<Skill> | undefined {
  const code =
    literals(resource.node, 'ceasn:codedNotation')[0]?.text ?? literals(resource.node, 'skos:notation')[0]?.text;
  const label = nameOf(resource.node) ?? code;
  const uri = resource.ctid ? `/resources/${resource.ctid}` : resource.uri;
  const own = identifySkill({ uri, ...(label ? { label } : {}) }, table);
  const identity = own && alignedExactly(resource, own, table);
  if (!identity || !label) return undefined;
  const labelProperty = resource.node.properties['ceasn:competencyLabel']
    ? 'ceasn:competencyLabel'
    : 'ceasn:competencyText';
  const spot: Spot = { node: resource.node, resource, walked: [] };
  const framework = view.follow(spot, 'ceasn:isPartOf')[0];
  const frameworkName = framework && nameOf(framework.node);
  return {
    at: view.at(claim.spot, path ?? resource.node.path),
    value: {
      key: identity.key,
      ...(identity.merged ? { merged: identity.merged } : {}),
      label,
      labels: languageMapOf(resource.node, labelProperty),
      uri: resource.uri,
      ...(code ? { code } : {}),
      ...(identity.scheme ? { scheme: identity.scheme } : {}),
      ...(frameworkName ? { frameworkName } : {}),
      ...broaderIn([...table.broaderThan(identity.key), ...competenciesAbove({ view, table }, spot, identity.key)]),
      relation: claim.relation,
      confidence: claim.confidence ?? 'linked',
      via: view.via(claim.spot),
    },
  };
}

/** Schemes that many know a skill by. */
const publicSchemes: ReadonlySet<string | undefined> = new Set(['esco', 'onet', 'lightcast', 'case']);

/** What a competency says is exactly the same in a public scheme is its identity, unless its name already gave it one. */
function alignedExactly(resource: StoredResource, own: IdentifiedSkill, table: SkillTable): IdentifiedSkill {
  if (table.concept(own.key)) return own;
  for (const { iri } of irisOf(resource.node, 'ceasn:exactAlignment')) {
    const aligned = identifySkill({ uri: iri }, table);
    if (!aligned || !publicSchemes.has(aligned.scheme)) continue;
    const key = own.merged?.key ?? own.key;
    return { ...aligned, merged: { key, because: `it is exactly aligned with ${iri}` } };
  }
  return own;
}

const looseAlignments = ['broad', 'narrow', 'major', 'minor'].map((kind) => `ceasn:${kind}Alignment`);

/** Skills of public schemes that a competency is broader or narrower than, or near: related, never the same. */
function alignedLoosely({ view, table }: Sources, resource: StoredResource, of: Traced<Skill>): Traced<Skill>[] {
  const spot = { node: resource.node, resource, walked: [] };
  return [...looseAlignments, 'ceasn:alignTo'].flatMap((property) =>
    irisOf(resource.node, property).flatMap(({ iri, path }): Traced<Skill>[] => {
      const identity = identifySkill({ uri: iri }, table);
      const label = identity && table.concept(identity.key)?.label;
      if (!identity || !label || identity.key === of.value.key) return [];
      const { relation: _relation, ...known } = of.value;
      const via = { ...known.via, path: [...known.via.path, property] };
      const { confidence } = known;
      return [
        {
          value: { key: identity.key, label, uri: iri, relation: 'aligned', confidence, via },
          at: view.at(spot, path),
        },
      ];
    }),
  );
}

/** How a competency names what it is a narrower one of. */
const above = ['ceasn:isChildOf', 'ceasn:broadAlignment', 'skos:broader'];

/** Keys of the competencies that a competency is a part or a kind of. */
function competenciesAbove({ view, table }: Sources, spot: Spot, own: string): string[] {
  return above
    .flatMap((property) => view.follow(spot, property))
    .flatMap(({ resource }) => {
      const [label, uri] = [nameOf(resource.node), resource.ctid ? `/resources/${resource.ctid}` : resource.uri];
      if (kindOf(resource.node.types) !== 'competency') return [];
      const key = identifySkill({ uri, ...(label ? { label } : {}) }, table)?.key;
      return key === undefined || key === own ? [] : [key];
    });
}

function broaderIn(keys: string[]): Pick<Skill, 'broader'> {
  return keys.length > 0 ? { broader: [...new Set(keys)] } : {};
}

/** A framework linked as if it were one skill stands for its members, up to a cap that is reported. */
function frameworkSkills(sources: Sources, framework: StoredResource, claim: Claim): Traced<Skill>[] {
  const { view } = sources;
  const { members, total } = view.membersOf(framework);
  if (total > members.length) {
    view.report(claim.spot, {
      code: 'framework_capped',
      severity: 'note',
      stated: { text: framework.uri, path: claim.spot.node.path },
      message: `${idOf(framework)} is linked whole and has ${total} members; ${members.length} of them count. Link the competencies that are meant.`,
    });
  }
  const frameworkName = nameOf(framework.node) ?? '';
  return members.flatMap((member) => {
    const skill = skillOfResource(sources, member, claim);
    return skill ? [{ ...skill, value: { ...skill.value, frameworkName, frameworkUri: framework.uri } }] : [];
  });
}

function distinct(skills: Traced<Skill>[]): Traced<Skill>[] {
  const found = new Map<string, Traced<Skill>>();
  for (const skill of skills) {
    const { key, relation, via } = skill.value;
    const identity = `${key}\n${relation}\n${via.uri ?? ''}`;
    const known = found.get(identity);
    if (!known || surer(skill.value.confidence, known.value.confidence)) found.set(identity, skill);
  }
  return [...found.values()];
}

function surer(confidence: Confidence, other: Confidence): boolean {
  return confidences.indexOf(confidence) < confidences.indexOf(other);
}
