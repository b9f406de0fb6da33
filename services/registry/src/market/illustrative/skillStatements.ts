import { aligned, ctidOf, en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { Chooser } from './Chooser.ts';
import { type IllustrativeField, type IllustrativeSkill, illustrativeFields } from './fields.ts';

const frameworkName = 'Illustrative Competency Framework';

/** A skill in one of the carriers that issuers use: a linked competency, a public code, or only a name. */
export function skillStatement(skill: IllustrativeSkill, choose: Chooser): Node {
  if (skill.onet) {
    return aligned({
      name: skill.label,
      code: skill.onet,
      framework: 'https://www.onetcenter.org/content.html',
      frameworkName: 'O*NET Content Model',
    });
  }
  if (choose.chance(`link ${skill.label}`, 60))
    return aligned({ name: skill.label, uri: iriOf(competency(skill.label)), frameworkName });
  return aligned({ name: skill.label });
}

/** The framework and its competencies, one graph as the registry publishes them. */
export function competencyFramework(): MarketGraph {
  const labels = [
    ...new Set(
      illustrativeFields.flatMap(({ skills }: IllustrativeField) =>
        skills.filter(({ onet }) => !onet).map(({ label }) => label),
      ),
    ),
  ];
  const framework = graphOf('framework illustrative', 'ceasn:CompetencyFramework', {
    'ceasn:name': en(frameworkName),
    'ceasn:description': en('Invented competencies for the illustrative part of the sample market.'),
    'ceasn:inLanguage': ['en'],
    'ceasn:hasTopChild': labels.map((label) => iriOf(competency(label))),
  });
  const members = labels.map((label) => ({
    '@id': iriOf(competency(label)),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctidOf(competency(label)),
    'ceasn:competencyLabel': en(label),
    'ceasn:competencyText': en(`Can do ${label.toLowerCase()} in ordinary work without help.`),
    'ceasn:inLanguage': ['en'],
    'ceasn:isPartOf': [iriOf('framework illustrative')],
    'ceasn:isTopChildOf': [iriOf('framework illustrative')],
  }));
  return { ...framework, graph: { ...framework.graph, '@graph': [...framework.graph['@graph'], ...members] } };
}

function competency(label: string): string {
  return `competency ${label}`;
}
