import { expect, test } from 'vitest';
import { validateDocument } from './DocumentValidator.ts';

const ctid = (number: number) => `ce-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const iri = (number: number) => `https://credentialengineregistry.org/resources/${ctid(number)}`;

test('a framework of ten thousand competencies is ordinary', async () => {
  const count = 10_000;
  const framework = {
    '@id': iri(0),
    '@type': 'ceasn:CompetencyFramework',
    'ceterms:ctid': ctid(0),
    'ceasn:name': { en: 'Welding' },
    'ceasn:description': { en: 'All that a welder can do.' },
    'ceasn:inLanguage': ['en'],
    'ceasn:publisher': [iri(count + 1)],
    'ceasn:hasTopChild': Array.from({ length: count }, (_, index) => iri(index + 1)),
  };
  const competencies = Array.from({ length: count }, (_, index) => ({
    '@id': iri(index + 1),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctid(index + 1),
    'ceasn:competencyText': { en: `Weld joint ${index}` },
    'ceasn:inLanguage': ['en'],
    'ceasn:isPartOf': [iri(0)],
    'ceasn:isTopChildOf': [iri(0)],
  }));
  const context = 'https://credreg.net/ctdlasn/schema/context/json';
  const validation = await validateDocument({ '@context': context, '@graph': [framework, ...competencies] });
  expect(validation.totals).toEqual({ error: 0, warning: 0, note: 0, undetermined: 1 });
  expect(validation.resources).toHaveLength(count + 1);
});

test.each([
  [
    'nesting',
    () => JSON.parse(`{"@id":"https://a.example/x","ceterms:requires":${'['.repeat(150)}${']'.repeat(150)}}`),
  ],
  [
    'names of the language itself',
    () =>
      JSON.parse(
        '{"@id":"https://a.example/x","@type":["constructor","__proto__"],"__proto__":{"a":1},"ceterms:constructor":1,"toString":[]}',
      ),
  ],
  [
    'values of every wrong kind',
    () => ({ '@id': 7, '@type': { a: 1 }, '@graph': 'text', 'ceterms:ctid': { a: [null] }, 'ceterms:name': [[[1]]] }),
  ],
])('hostile %s is judged like anything else', async (_what, document) => {
  const { findings } = await validateDocument(document());
  expect(findings.length).toBeGreaterThan(0);
});
