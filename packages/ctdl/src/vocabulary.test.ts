import { expect, test } from 'vitest';
import { classes } from './generated/classes.ts';
import { concepts } from './generated/concepts.ts';
import { properties } from './generated/properties.ts';
import {
  classNames,
  classOf,
  conceptSchemes,
  conceptsOf,
  currentTerm,
  declaredInverseOf,
  isA,
  propertyNames,
  propertyOf,
  replacementOf,
  schemaVersions,
} from './index.ts';

/** Terms that only the QData schema of 2023 declares: 4 of its 13 classes, 53 of its 85 properties; all its schemes and concepts. */
const ofQDataAlone = { classes: 4, properties: 53, schemes: 6, concepts: 28 };

test('the tables hold every term that CTDL, CTDL-ASN and QData declare', () => {
  expect(schemaVersions).toEqual({ ctdl: '2026-08', ctdlAsn: '2026-08', qdata: '2023-10' });
  expect(classNames()).toHaveLength(150 + ofQDataAlone.classes);
  const declared = propertyNames().filter((name) => propertyOf(name)?.status !== 'undeclared');
  expect(declared).toHaveLength(501 + ofQDataAlone.properties);
  expect(conceptSchemes()).toHaveLength(36 + ofQDataAlone.schemes);
  expect(Object.keys(concepts)).toHaveLength(456 + ofQDataAlone.concepts);
});

test('49 classes are credentials, 26 of them still unstable', () => {
  const credentials = classNames().filter((name) => isA(name, 'ceterms:Credential'));
  expect(credentials).toHaveLength(49);
  expect(credentials.filter((name) => classOf(name)?.status === 'unstable')).toHaveLength(26);
});

test('equivalences are kept: of 24 classes, 113 properties and 38 concepts of CTDL and CTDL-ASN', () => {
  const withEquivalents = (table: Record<string, { equivalents?: readonly string[] }>) =>
    Object.entries(table).filter(([name, { equivalents }]) => equivalents && !name.startsWith('qdata:'));
  expect(withEquivalents(classes)).toHaveLength(24);
  expect(withEquivalents(properties)).toHaveLength(113);
  expect(withEquivalents(concepts)).toHaveLength(38);
  expect(classOf('ceterms:Credential')?.equivalents).toContain('obi:BadgeClass');
  expect(propertyOf('ceterms:offeredBy')?.equivalents).toContain('schema:provider');
});

test.each([
  ['ceterms:AudienceLevel', 19],
  ['ceterms:CreditUnit', 15],
  ['ceterms:CostType', 27],
  ['ceterms:FinancialAssistance', 40],
  ['ceterms:SupportServiceCategory', 60],
  ['ceterms:CredentialStatus', 6],
])('scheme %s has %i concepts', (scheme, count) => {
  expect(conceptsOf(scheme)).toHaveLength(count);
});

test('every concept belongs to a scheme, and what it lies under is of the same one', () => {
  const schemes = new Map(conceptSchemes().map(({ name }) => [name, conceptsOf(name)]));
  const all = [...schemes.values()].flat();
  expect(all).toHaveLength(Object.keys(concepts).length);
  for (const { broader, scheme } of all)
    if (broader) expect(schemes.get(scheme)?.map(({ curie }) => curie)).toContain(broader);
  expect(conceptsOf('ceterms:AudienceLevel').find(({ term }) => term === 'BachelorsDegreeLevel')?.broader).toBe(
    'audLevel:PostSecondaryLevel',
  );
});

test('eight pairs of inverses are declared, both ways', () => {
  const pairs = propertyNames().filter((name) => declaredInverseOf(name));
  expect(pairs).toHaveLength(16);
  expect(pairs.filter((name) => declaredInverseOf(declaredInverseOf(name)!) === name)).toEqual(pairs);
  expect(declaredInverseOf('ceterms:ownedBy')).toBeUndefined();
});

test.each([
  ['ceterms:url', 'ceterms:subjectWebpage'],
  ['ceterms:contactOption', 'ceterms:contactType'],
  ['ceasn:educationLevel', 'ceasn:educationLevelType'],
  ['ceasn:exactMatch', 'ceasn:exactAlignment'],
  ['ceasn:CompetencyLabel', 'ceasn:competencyLabel'],
  ['ceterms:identifierValue', 'ceterms:identifier'],
  ['ceterms:subjectWebPage', 'ceterms:subjectWebpage'],
  ['ceterms:opeid', 'ceterms:opeID'],
  ['ceterms:owner', 'ceterms:ownedBy'],
])('the old name %s means %s', (old, current) => {
  expect(currentTerm(old)).toBe(current);
});

test('no two properties differ in their capitals alone, so that capitals do not matter', () => {
  expect(new Set(propertyNames().map((name) => name.toLowerCase())).size).toBe(propertyNames().length);
});

test('a term whose value changed its shape keeps its name and says what to write instead', () => {
  expect(currentTerm('ceterms:creditUnitValue')).toBe('ceterms:creditUnitValue');
  expect(replacementOf('ceterms:creditHourValue')).toContain('ceterms:ValueProfile');
  expect(replacementOf('ceterms:brandNewThing')).toBeUndefined();
});
