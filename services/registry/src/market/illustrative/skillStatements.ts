import { aligned, ctidOf, en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { Chooser } from './Chooser.ts';
import { type IllustrativeField, type IllustrativeSkill, illustrativeFields } from './fields.ts';

/**
 * A skill in one of the carriers that issuers use: O*NET's code, ESCO's IRI, a linked competency of the registry, or only a name. The same
 * credential always states the same skill in the same way.
 */
export function skillStatement(skill: IllustrativeSkill, choose: Chooser): Node {
  if (skill.onet) {
    return aligned({
      name: skill.label,
      code: skill.onet,
      framework: 'https://www.onetcenter.org/content.html',
      frameworkName: 'O*NET Content Model',
    });
  }
  const carrier = choose.below(`carrier ${skill.label}`, 100);
  if (skill.esco && carrier < 35)
    return aligned({ name: skill.esco.label, uri: escoIri(skill.esco.id), frameworkName: 'ESCO' });
  if (carrier < 80) return aligned({ name: skill.label, uri: iriOf(competency(skill.label)), ...frameworkOf(skill) });
  return aligned({ name: skill.label });
}

/** As publishers do who link a framework instead of naming its competencies. */
export function wholeFramework(field: IllustrativeField): Node {
  return aligned({ name: frameworkName(field), uri: iriOf(framework(field)) });
}

/** A framework per field with its competencies, one graph each as the registry publishes them; a skill is in the first field that has it. */
export function competencyFrameworks(): MarketGraph[] {
  return illustrativeFields.map((field) => {
    const skills = field.skills.filter((skill) => homeOf(skill) === field);
    const published = graphOf(framework(field), 'ceasn:CompetencyFramework', {
      'ceasn:name': en(frameworkName(field)),
      'ceasn:description': en(`Invented competencies of ${field.name.toLowerCase()}.`),
      'ceasn:inLanguage': ['en'],
      'ceasn:publisher': [iriOf('organization illustrative guild-of-practical-work')],
      'ceasn:hasTopChild': skills.map(({ label }) => iriOf(competency(label))),
    });
    const nodes = [...published.graph['@graph'], ...skills.map((skill) => competencyNode(skill, field))];
    return { ...published, graph: { ...published.graph, '@graph': nodes } };
  });
}

function competencyNode({ label, esco }: IllustrativeSkill, field: IllustrativeField): Node {
  return {
    '@id': iriOf(competency(label)),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctidOf(competency(label)),
    'ceasn:competencyLabel': en(label),
    'ceasn:competencyText': en(`Can do ${label} in ordinary work without help.`),
    'ceasn:inLanguage': ['en'],
    'ceasn:isPartOf': [iriOf(framework(field))],
    'ceasn:isTopChildOf': [iriOf(framework(field))],
    ...(esco ? { 'ceasn:majorAlignment': [escoIri(esco.id)] } : {}),
  };
}

/** The field in whose framework a skill of ours stands; none for O*NET's, which have their own. */
function homeOf({ label, onet }: IllustrativeSkill): IllustrativeField | undefined {
  if (onet) return undefined;
  return illustrativeFields.find(({ skills }) => skills.some((skill) => skill.label === label));
}

function frameworkOf(skill: IllustrativeSkill): { framework?: string; frameworkName?: string } {
  const home = homeOf(skill);
  return home ? { framework: iriOf(framework(home)), frameworkName: frameworkName(home) } : {};
}

function frameworkName({ name }: IllustrativeField): string {
  return `Illustrative Framework of ${name}`;
}

function framework({ key }: IllustrativeField): string {
  return `framework illustrative ${key}`;
}

function competency(label: string): string {
  return `competency ${label}`;
}

function escoIri(id: string): string {
  return `http://data.europa.eu/esco/skill/${id}`;
}
