import { en, graphOf, iriOf, type MarketGraph, type Node } from '../graph.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';

/** A pathway per field: a short award, then a programme. */
export function* pathways(credentials: readonly IllustrativeCredential[]): Iterable<MarketGraph> {
  const byField = Map.groupBy(credentials, ({ field }) => field.key);
  for (const inField of byField.values()) {
    const first = inField.find(({ kind }) => !kind.isProgramme);
    const last = inField.find(({ kind }) => kind.isProgramme);
    if (first && last) yield pathway(first, last);
  }
}

function pathway(first: IllustrativeCredential, last: IllustrativeCredential): MarketGraph {
  const name = `pathway ${first.field.key}`;
  const component = (part: string, credential: IllustrativeCredential, more: Node): Node[] =>
    graphOf(`${name} ${part}`, 'ceterms:CredentialComponent', {
      'ceterms:name': en(credential.name),
      'ceterms:isPartOf': [iriOf(name)],
      'ceterms:proxyFor': iriOf(credential.key),
      ...more,
    }).graph['@graph'];
  const condition = {
    '@type': 'ceterms:ComponentCondition',
    'ceterms:requiredNumber': 1,
    'ceterms:targetComponent': [iriOf(`${name} start`)],
  };
  const made = graphOf(name, 'ceterms:Pathway', {
    'ceterms:name': en(`Way into ${first.field.name}`),
    'ceterms:description': en(`From a short award to a programme. ${first.field.work}`),
    'ceterms:ownedBy': [iriOf(`organization illustrative ${last.provider.key}`)],
    'ceterms:hasPart': [iriOf(`${name} start`), iriOf(`${name} end`)],
    'ceterms:hasDestinationComponent': [iriOf(`${name} end`)],
  });
  const nodes = [
    ...made.graph['@graph'],
    ...component('start', first, { 'ceterms:precedes': [iriOf(`${name} end`)] }),
    ...component('end', last, {
      'ceterms:isDestinationComponentOf': [iriOf(name)],
      'ceterms:hasCondition': [condition],
    }),
  ];
  return { ...made, graph: { ...made.graph, '@graph': nodes } };
}
