import { expect, test } from 'vitest';
import {
  ancestorsOf,
  canonicalIri,
  currentTerm,
  educationRankOf,
  familyOf,
  identityKey,
  inverseOf,
  kindOf,
  readConcept,
  readCtid,
  referenceKey,
  statusOf,
} from './index.ts';

const uuid = '0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';

test.each([
  [`ce-${uuid}`, `ce-${uuid}`, 'valid'],
  [`CE-${uuid.toUpperCase()}`, `ce-${uuid}`, 'uppercase'],
  ['ce-0b7b7c2e-5a11-1f0a-9a51-3f1c2d4e5f60', 'ce-0b7b7c2e-5a11-1f0a-9a51-3f1c2d4e5f60', 'notV4'],
  [`urn:ctid:ce-${uuid}`, `ce-${uuid}`, 'malformed'],
  [uuid, `ce-${uuid}`, 'malformed'],
  ['ce-xxxx', undefined, 'malformed'],
  ['', undefined, 'absent'],
])('CTID %s is read as %s, %s', (raw, ctid, form) => {
  expect(readCtid(raw)).toEqual({ ...(ctid ? { ctid } : {}), form });
});

test('all spellings of one registry resource are one key', () => {
  const spellings = [
    `https://credentialengineregistry.org/resources/ce-${uuid}`,
    `http://credentialengineregistry.org/ce-registry/resources/CE-${uuid.toUpperCase()}`,
    `https://sandbox.credentialengineregistry.org/graph/ce-${uuid}`,
    `ce-${uuid}`,
    uuid,
  ];
  expect(new Set(spellings.map(referenceKey))).toEqual(new Set([`ctid:ce-${uuid}`]));
});

test('an IRI of a page keeps its path and query', () => {
  expect(canonicalIri('HTTP://Example.EDU/A/b?Q=1#x')).toBe('http://example.edu/A/b?Q=1#x');
  expect(identityKey('http://schema.org/Course')).toBe('https://schema.org/Course');
});

test('a technical certificate is a certificate of rank 4, and all its superclasses are known', () => {
  expect(familyOf(['ceterms:TechnicalLevel1Certificate'])).toBe('certificate');
  expect(educationRankOf(['ceterms:TechnicalLevel1Certificate'])).toBe(4);
  expect(ancestorsOf('ceterms:TechnicalLevel1Certificate')).toEqual([
    'ceterms:AcademicCertificate',
    'ceterms:Certificate',
    'ceterms:Credential',
    'schema:CreativeWork',
  ]);
});

test('kinds and families follow the class tree, unprefixed names included', () => {
  expect(kindOf(['OpenBadge'])).toBe('credential');
  expect(familyOf(['ceterms:OpenBadge'])).toBe('badge');
  expect(kindOf(['ceterms:LearningProgram'])).toBe('learning');
  expect(kindOf(['ceterms:QACredentialOrganization'])).toBe('organization');
  expect(kindOf(['ex:Thing'])).toBe('other');
  expect(educationRankOf(['ceterms:License'])).toBe(0);
  expect(educationRankOf(['ceterms:BachelorOfScienceDegree'])).toBe(6);
});

test('a concept is read from prefixed name, IRI or label', () => {
  const expected = {
    scheme: 'ceterms:AudienceLevel',
    term: 'BachelorsDegreeLevel',
    curie: 'audLevel:BachelorsDegreeLevel',
  };
  expect(readConcept('audLevel:BachelorsDegreeLevel')).toMatchObject(expected);
  expect(readConcept('http://purl.org/ctdl/vocabs/audLevel/BachelorsDegreeLevel')).toMatchObject(expected);
  expect(readConcept("Bachelor's Degree Level", 'ceterms:AudienceLevel')).toMatchObject(expected);
  expect(readConcept('something else', 'ceterms:AudienceLevel')).toBeUndefined();
});

test('old names, inverses and statuses', () => {
  expect(currentTerm('ceasn:CompetencyLabel')).toBe('ceasn:competencyLabel');
  expect(inverseOf('ceterms:hasPart')).toBe('ceterms:isPartOf');
  expect(inverseOf('ceterms:offers')).toBe('ceterms:offeredBy');
  expect(statusOf('lifeCycle:Ceased')).toBe('ended');
  expect(statusOf('https://purl.org/ctdl/vocabs/credentialStat/TeachOut')).toBe('teachOut');
  expect(statusOf('nonsense')).toBe('unknown');
});
