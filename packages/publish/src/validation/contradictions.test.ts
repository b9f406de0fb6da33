import { expect, test } from 'vitest';
import { validateDocument } from './DocumentValidator.ts';

/** What the published vocabulary says in two ways (`ctdl-model` §1.7) is held against nobody. */
const context = 'https://credreg.net/ctdl/schema/context/json';
const at = (name: string) => `https://example.edu/${name}`;
const node = (name: string, type: string, properties: object = {}) => ({
  '@id': at(name),
  '@type': type,
  ...properties,
});

async function vocabularyFaults(...graph: object[]): Promise<string[]> {
  const { findings } = await validateDocument({ '@context': context, '@graph': graph });
  const judged = /^(?:domain|range|unknown|concept|relative|reference_outside|inverse)/;
  return findings.filter(({ code }) => judged.test(code)).map(({ code, pointer }) => `${code} ${pointer}`);
}

const alignment = (target: string) => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:targetNode': target,
  'ceterms:targetNodeName': { en: target },
});

test.each([
  ['ceterms:creditUnitType, which the schema ranges on concepts', 'ceterms:creditUnitType', 'creditUnit:SemesterHour'],
  ['ceterms:creditLevelType, which the schema ranges on concepts', 'ceterms:creditLevelType', 'audLevel:BeginnerLevel'],
])('%s, takes a concept and an alignment object alike', async (_what, name, concept) => {
  const course = (value: unknown) =>
    node('course', 'ceterms:Course', {
      'ceterms:creditValue': [{ '@type': 'ceterms:ValueProfile', 'schema:value': 3, [name]: [value] }],
    });
  expect(await vocabularyFaults(course(concept))).toEqual([]);
  expect(await vocabularyFaults(course(alignment(concept)))).toEqual([]);
});

test('a property that the schema ranges on alignment objects takes a bare concept', async () => {
  const values = { 'ceterms:audienceLevelType': ['audLevel:BeginnerLevel', alignment('audLevel:AdvancedLevel')] };
  expect(await vocabularyFaults(node('course', 'ceterms:Course', values))).toEqual([]);
});

test.each([
  'ceasn:Competency',
  'ceasn:CompetencyFramework',
  'ceasn:Rubric',
  'ceterms:Collection',
  'ceterms:Pathway',
  'ceterms:TransferValueProfile',
])('a %s may point at its versions, though they are outside the range', async (type) => {
  const links = {
    'ceterms:latestVersion': at('latest'),
    'ceterms:nextVersion': at('latest'),
    'ceterms:previousVersion': at('before'),
  };
  const graph = [node('now', type, links), node('latest', type), node('before', type)];
  expect(await vocabularyFaults(...graph)).toEqual([]);
});

test('what ranges on anything takes anything', async () => {
  const collection = node('collection', 'ceterms:Collection', {
    'ceterms:hasMember': [at('job'), 'https://elsewhere.example/thing'],
    'owl:sameAs': [at('job')],
  });
  expect(await vocabularyFaults(collection, node('job', 'ceterms:Job'))).toEqual([]);
});

test('classes that are referred to but declared nowhere are not held against their users', async () => {
  const graph = [
    node('organization', 'ceterms:CredentialOrganization', { 'ceterms:owns': [at('agreement')] }),
    node('agreement', 'ceterms:TransferValueAgreement'),
    node('competency', 'ceasn:Competency', { 'ceasn:taskEmbodied': [at('task')] }),
    node('task', 'ceasn:Task'),
    node('criterion', 'ceasn:RubricCriterion', { 'ceasn:hasCriterionLevel': [at('level')] }),
    node('level', 'ceasn:CrtiterionLevel', { 'ceasn:benchmarkText': { en: 'Welds well' } }),
    node('certificate', 'ceterms:Certificate', {
      'ceterms:isSimilarTo': [at('metric')],
      'ceterms:subject': [{ '@type': 'ceterms:FinancialAlignmentObject', 'ceterms:targetNodeName': { en: 'Welding' } }],
    }),
    node('metric', 'qdata:Metric', { 'qdata:metricType': [at('x')] }),
  ];
  expect(await vocabularyFaults(...graph)).toEqual([]);
});

test.each([
  ['ceterms:affiliatedAgent', { 'ceterms:affiliatedAgent': [at('other')] }],
  ['ceterms:startTime', { 'ceterms:startTime': '2024-05-01T08:00:00' }],
  ['ceterms:endTime', { 'ceterms:endTime': '2024-05-01T18:00:00' }],
  ['ceterms:temporalCoverage', { 'ceterms:temporalCoverage': '2024' }],
  ['ceterms:spatialCoverage', { 'ceterms:spatialCoverage': [{ '@type': 'ceterms:Place' }] }],
  ['ceterms:logicalOperator', { 'ceterms:logicalOperator': 'logicOp:And' }],
])('%s, which has no domain, is at home everywhere', async (_name, properties) => {
  const graph = [
    node('certificate', 'ceterms:Certificate', properties),
    node('other', 'ceterms:CredentialOrganization'),
  ];
  expect((await vocabularyFaults(...graph)).filter((each) => each.startsWith('domain'))).toEqual([]);
});

test('a topmost competency is the child of its framework, which leads to it as to a top child', async () => {
  const graph = [
    node('framework', 'ceasn:CompetencyFramework', { 'ceasn:hasTopChild': [at('competency')] }),
    node('competency', 'ceasn:Competency', {
      'ceasn:isChildOf': at('framework'),
      'ceasn:isTopChildOf': at('framework'),
    }),
  ];
  expect(await vocabularyFaults(...graph)).toEqual([]);
});

test("the handbook's own misspelling of a concept is read as meant", async () => {
  const credit = {
    '@type': 'ceterms:ValueProfile',
    'schema:value': 3,
    'ceterms:creditUnitType': ['creditUnit:DegreeeCredit'],
  };
  expect(await vocabularyFaults(node('course', 'ceterms:Course', { 'ceterms:creditValue': [credit] }))).toEqual([]);
});

test.each([
  'ceterms:isPreparationFor',
  'ceterms:isAdvancedStandingFor',
  'ceterms:isRequiredFor',
  'ceterms:preparationFrom',
])('%s takes a condition and a resource alike', async (name) => {
  const condition = { '@type': 'ceterms:ConditionProfile', 'ceterms:description': { en: 'Drivers License' } };
  const graph = [node('a', 'ceterms:Certificate', { [name]: [condition, at('b')] }), node('b', 'ceterms:License')];
  expect(await vocabularyFaults(...graph)).toEqual([]);
});
