import { expect, test } from 'vitest';
import { DocumentNormalizer } from './index.ts';

const at = '2026-01-01T00:00:00Z';
const normalizer = new DocumentNormalizer();
const iri = (n: number): string =>
  `https://credentialengineregistry.org/resources/ce-00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

function document(...graph: Record<string, unknown>[]): { uri: string; text: string } {
  const uri = `file:///${String(graph[0]?.['@id'])}`;
  const text = JSON.stringify({ '@context': 'https://credreg.net/ctdl/schema/context/json', '@graph': graph });
  return { uri, text };
}

const certificate = document({
  '@id': iri(1),
  '@type': 'ceterms:Certificate',
  'ceterms:name': { en: 'Welder' },
  'ceterms:ownedBy': [iri(2)],
});
const college = document({
  '@id': iri(2),
  '@type': 'ceterms:CredentialOrganization',
  'ceterms:name': { en: 'Lake College' },
});

test('documents given together are joined, and each keeps its own answer', async () => {
  const [first, second] = await normalizer.normalize([certificate, college], { at });
  expect(first?.credentials[0]?.owners).toMatchObject([{ name: 'Lake College', resolved: true }]);
  expect(first?.organizations).toEqual([]);
  expect(second?.organizations.map(({ nameText }) => nameText)).toEqual(['Lake College']);
});

test('what is given to resolve is joined and not answered', async () => {
  const answers = await normalizer.normalize([certificate], { at, resolve: [college] });
  expect(answers).toHaveLength(1);
  expect(answers[0]?.credentials[0]?.owners[0]?.name).toBe('Lake College');
});

test('alone, a document names its owner by IRI only', async () => {
  const [answer] = await normalizer.normalize([certificate], { at });
  expect(answer?.credentials[0]?.owners).toEqual([{ uri: iri(2), resolved: false }]);
});

test('a framework of ten thousand competencies that is linked whole gives the first 500, and says so', async () => {
  const members = Array.from({ length: 10_000 }, (_, n) => ({
    '@id': iri(n + 10),
    '@type': 'ceasn:Competency',
    'ceasn:competencyText': { en: `Step ${n}` },
    'ceasn:isPartOf': [iri(3)],
  }));
  const [answer] = await normalizer.normalize(
    [
      document(
        {
          '@id': iri(1),
          '@type': 'ceterms:Certificate',
          'ceterms:name': { en: 'Everything' },
          'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': [iri(3)] }],
        },
        { '@id': iri(3), '@type': 'ceasn:CompetencyFramework', 'ceasn:name': { en: 'Steps' } },
        ...members,
      ),
    ],
    { at },
  );
  const [credential] = answer!.credentials;
  expect(credential?.skills.filter(({ frameworkUri }) => frameworkUri === iri(3))).toHaveLength(500);
  expect(credential?.issues).toContainEqual(
    expect.objectContaining({ code: 'framework_capped', message: expect.stringContaining('10000 members') }),
  );
});
