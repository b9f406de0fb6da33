import {
  type Confidence,
  confidences,
  type GraphValue,
  type Skill,
  type SkillRelation,
  type StoredResource,
} from '@credatlas/model';
import { idOf } from './idOf.ts';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { alignments, irisOf, keyOf, nameOf } from './reading.ts';
import { addressOf, type NamedSkill, type SkillReader } from './SkillReader.ts';
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
  { conditions, parts, skills }: { conditions: StatedCondition[]; parts: Part[]; skills: SkillReader },
): Traced<Skill>[] {
  const sources = { view, skills };
  const found: Traced<Skill>[] = [];
  for (const claim of [
    ...ownClaims(view),
    ...conditionClaims(conditions),
    ...parts.flatMap(partClaims),
    ...rubricClaims(view, parts),
    ...occupationClaims(view),
    ...pathwayClaims(view),
  ])
    addSkillsAt(sources, claim, found);
  addDirectCompetencies(sources, found);
  for (const spot of view.backwards(view.root, 'ceterms:targetCompetencyOf', 'ceasn:substantiatingCredential')) {
    const claim: Claim = { spot, property: spot.walked[0] ?? '', relation: 'requires' };
    const skill = skillOfResource(sources, spot.resource, claim);
    if (skill) found.push(skill);
  }
  return distinct(found);
}

/** Criteria by which an assessment is judged name what it assesses. */
function rubricClaims(view: JoinView, parts: Part[]): Claim[] {
  const claims: Claim[] = [];
  const claim = (assessed: Spot): void => {
    for (const rubric of view.follow(assessed, 'ceterms:hasRubric'))
      for (const spot of view.follow(rubric, 'ceasn:hasRubricCriterion'))
        claims.push({ spot, property: 'ceterms:targetCompetency', relation: 'assesses' });
  };
  if (view.resource.kind !== 'credential') claim(view.root);
  for (const { relation, spot } of parts) if (relation !== 'recommends') claim(spot);
  return claims;
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
function addDirectCompetencies(sources: Sources, found: Traced<Skill>[]): void {
  const { root } = sources.view;
  for (const relation of ['requires', 'recommends'] as const) {
    const property = `ceterms:${relation}`;
    for (const value of root.node.properties[property] ?? []) {
      const resource = sources.view.behind(root, value);
      if (resource?.kind !== 'competency') continue;
      const skill = skillOfResource(sources, resource, { spot: root, property, relation }, value.path);
      if (skill) found.push(skill);
    }
  }
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

/** Where skills are looked up: among the neighbours, and in what is known of them beside. */
interface Sources {
  view: JoinView;
  skills: SkillReader;
}

function addSkillsAt(sources: Sources, claim: Claim, found: Traced<Skill>[]): void {
  const values = claim.spot.node.properties[claim.property];
  if (!values) return;
  const taken = claim.confidence === 'inferred' ? values.slice(0, maxOccupationSkills) : values;
  for (const value of taken) addSkillsOfValue(sources, claim, { value, found });
}

function addSkillsOfValue(
  sources: Sources,
  claim: Claim,
  { value, found }: { value: GraphValue; found: Traced<Skill>[] },
): void {
  const { view, skills } = sources;
  const { key, named } = skills.stated(value);
  const resource = key ? view.find(claim.spot, key) : undefined;
  if (resource?.kind === 'framework') {
    found.push(...frameworkSkills(sources, resource, claim));
  } else if (resource) {
    const skill = skillOfResource(sources, resource, claim, value.path);
    if (skill) found.push(skill, ...alignedLoosely(sources, resource, skill));
  } else if (named) {
    found.push({ value: claimed(view, named, { claim }), at: view.at(claim.spot, value.path) });
  }
}

/** The skill as it is claimed. */
function claimed(
  view: JoinView,
  { skill, confidence, broader }: NamedSkill,
  { claim, frameworkName }: { claim: Claim; frameworkName?: string | undefined },
): Skill {
  const all = { ...skill } as Skill;
  if (frameworkName) all.frameworkName = frameworkName;
  if (broader.length > 0) all.broader = broader;
  all.relation = claim.relation;
  all.confidence = claim.confidence ?? confidence;
  all.via = view.via(claim.spot);
  return all;
}

function skillOfResource(
  { view, skills }: Sources,
  resource: StoredResource,
  ...[claim, path]: [Claim, string?]
): Traced<Skill> | undefined {
  const named = skills.competency(resource);
  if (!named) return undefined;
  const spot: Spot = { node: resource.node, resource, walked: [] };
  const framework = view.follow(spot, 'ceasn:isPartOf')[0];
  const frameworkName = framework && nameOf(framework.node);
  const above = competenciesAbove({ view, skills }, spot, named.skill.key);
  const broader = above.length > 0 ? [...new Set([...named.broader, ...above])] : named.broader;
  const skill = claimed(view, { ...named, broader }, { claim, frameworkName });
  return { at: view.at(claim.spot, path ?? resource.node.path), value: skill };
}

const looseAlignments = [
  ...['broad', 'narrow', 'major', 'minor'].map((kind) => `ceasn:${kind}Alignment`),
  'ceasn:alignTo',
];

/** Skills of public schemes that a competency is broader or narrower than, or near: related, never the same. */
function alignedLoosely({ view, skills }: Sources, resource: StoredResource, of: Traced<Skill>): Traced<Skill>[] {
  const found: Traced<Skill>[] = [];
  const { via: known, confidence } = of.value;
  for (const property of looseAlignments) {
    for (const { iri, path } of irisOf(resource.node, property)) {
      const key = skills.identify(iri)?.key;
      const label = key && skills.table.concept(key)?.label;
      if (!key || !label || key === of.value.key) continue;
      const via = { ...known, path: [...known.path, property] };
      const at = view.at({ node: resource.node, resource, walked: [] }, path);
      found.push({ value: { key, label, uri: iri, relation: 'aligned', confidence, via }, at });
    }
  }
  return found;
}

/** How a competency names what it is a narrower one of. */
const above = ['ceasn:isChildOf', 'ceasn:broadAlignment', 'skos:broader'];

/** Keys of the competencies that a competency is a part or a kind of. */
function competenciesAbove({ view, skills }: Sources, spot: Spot, own: string): string[] {
  const found: string[] = [];
  for (const property of above) {
    for (const { resource } of view.follow(spot, property)) {
      if (resource.kind !== 'competency') continue;
      const key = skills.identify(addressOf(resource), nameOf(resource.node))?.key;
      if (key !== undefined && key !== own) found.push(key);
    }
  }
  return found;
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
  if (skills.length <= 1) return skills;
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
