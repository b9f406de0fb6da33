import { expect, test } from 'vitest';
import {
  ancestorsOf,
  audienceRankOf,
  canonicalIri,
  classLabel,
  conceptLabel,
  conceptsOf,
  currentTerm,
  educationRankOf,
  familyOf,
  identityKey,
  inverseOf,
  isSubPropertyOf,
  kindOf,
  propertyOf,
  publishingTier,
  readConcept,
  readCtid,
  referenceKey,
  specificFirst,
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

test.each([
  ['http://purl.org/ctdl/terms/name', 'https://purl.org/ctdl/terms/name'],
  ['http://credreg.net/ctdl/terms/AudienceLevel', 'https://credreg.net/ctdl/terms/AudienceLevel'],
  ['http://Example.org:80/a', 'http://example.org/a'],
  ['https://example.org:443', 'https://example.org'],
  ['https://example.org:8443/a', 'https://example.org:8443/a'],
  [
    `https://not-credentialengineregistry.org/graph/ce-${uuid}`,
    `https://not-credentialengineregistry.org/graph/ce-${uuid}`,
  ],
  [' urn:isbn:1 ', 'urn:isbn:1'],
  ['no address', 'no address'],
])('%s is canonically %s', (iri, canonical) => {
  expect(canonicalIri(iri)).toBe(canonical);
  expect(canonicalIri(canonical)).toBe(canonical);
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

test('a label without a scheme is read when it means one concept only', () => {
  expect(readConcept('Bachelors Degree Level')?.curie).toBe('audLevel:BachelorsDegreeLevel');
  expect(readConcept('In Person')?.curie).toBe('deliveryType:InPerson');
  expect(readConcept('Active')).toBeUndefined();
  expect(readConcept('Active', 'ceterms:LifeCycleStatus')?.curie).toBe('lifeCycle:Active');
});

test('a concept is read through misspelling, wrong case of its scheme, and the namespaces of CTDL-ASN', () => {
  expect(readConcept('creditUnit:DegreeeCredit')?.curie).toBe('creditUnit:DegreeCredit');
  expect(readConcept('https://purl.org/ctdl/vocabs/ScheduleTiming/Evening')?.curie).toBe('scheduleTiming:Evening');
  expect(readConcept('http://credreg.net/ctdlasn/vocabs/publicationStatus/Published')?.curie).toBe(
    'publicationStatus:Published',
  );
});

test('schemes, labels and ranks of concepts', () => {
  expect(conceptsOf('ceterms:Delivery').map(({ term }) => term)).toEqual([
    'BlendedDelivery',
    'InPerson',
    'OnlineOnly',
    'VariableSite',
  ]);
  expect(conceptLabel('deliveryType:InPerson')).toBe('In-Person Only');
  expect(conceptLabel('SomethingNew')).toBe('Something New');
  expect(audienceRankOf('MastersDegreeLevel')).toBe(7);
  expect(audienceRankOf('AdvancedLevel')).toBeUndefined();
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is a word like any other', (word) => {
  expect(readConcept(word)).toBeUndefined();
  expect(propertyOf(word)).toBeUndefined();
  expect(currentTerm(word)).toBe(word);
  expect(classLabel(word)).toBeTruthy();
  expect(kindOf([word])).toBe('other');
  expect(educationRankOf([word])).toBe(0);
});

test('the most specific class comes first and decides the rank', () => {
  const types = ['ceterms:Credential', 'ceterms:Degree', 'ceterms:BachelorOfScienceDegree'];
  expect(specificFirst(types)[0]).toBe('ceterms:BachelorOfScienceDegree');
  expect(educationRankOf(types)).toBe(6);
  expect(ancestorsOf('ceterms:LearningProgram')).toContain('ceterms:LearningOpportunityProfile');
});

test('a property tells its kind, datatype, domain and range', () => {
  expect(propertyOf('ceterms:dateEffective')).toMatchObject({
    kind: 'literal',
    datatype: 'xsd:date',
    status: 'stable',
  });
  expect(propertyOf('ceterms:name')).toMatchObject({ kind: 'language' });
  expect(propertyOf('ceterms:teaches')?.kind).toBe('iri');
  expect(propertyOf('ceterms:teaches')?.domain).toContain('ceterms:Course');
  expect(propertyOf('ceterms:creditValue')?.range).toContain('ceterms:ValueProfile');
  expect(propertyOf('qdata:hasObservation')).toMatchObject({ kind: 'iri', status: 'undeclared' });
  expect(propertyOf('ceterms:ofTomorrow')).toBeUndefined();
});

test('sub-properties lead to what they are a part of', () => {
  expect(isSubPropertyOf('ceterms:teaches', 'ceterms:targetCompetency')).toBe(true);
  expect(isSubPropertyOf('ceterms:prerequisite', 'ceterms:requires')).toBe(true);
  expect(isSubPropertyOf('ceterms:requires', 'ceterms:prerequisite')).toBe(false);
});

test('what the registry asks for depends on the class', () => {
  const required = (type: string) => publishingTier([type])?.required ?? [];
  expect(required('ceterms:OpenBadge')).toContain('ceterms:credentialId');
  expect(required('ceterms:License')).not.toContain('ceterms:credentialId');
  expect(required('ceterms:LearningProgram')).toContain('ceterms:subjectWebpage');
  expect(required('ceterms:Course')).not.toContain('ceterms:subjectWebpage');
  expect(required('ceterms:QACredentialOrganization')).toContain('ceterms:email|ceterms:address');
  expect(required('ceasn:Competency')).toContain('ceasn:competencyText');
  expect(publishingTier(['schema:Person'])).toBeUndefined();
});

test('every property that a tier names is in the vocabulary', () => {
  const classes = [
    'Badge',
    'Course',
    'AssessmentProfile',
    'Organization',
    'Pathway',
    'Collection',
    'Rubric',
    'Competency',
  ];
  const named = classes.flatMap((name) => Object.values(publishingTier([name]) ?? {}).flat() as string[]);
  expect(named.flatMap((each) => each.split('|')).filter((name) => !propertyOf(name))).toEqual([]);
});

test('old names, inverses and statuses', () => {
  expect(currentTerm('ceasn:CompetencyLabel')).toBe('ceasn:competencyLabel');
  expect(currentTerm('ceterms:AccreditedBy')).toBe('ceterms:accreditedBy');
  expect(currentTerm('ceterms:url')).toBe('ceterms:subjectWebpage');
  expect(currentTerm('ceterms:OfTomorrow')).toBe('ceterms:OfTomorrow');
  expect(inverseOf('ceterms:hasPart')).toBe('ceterms:isPartOf');
  expect(inverseOf('ceterms:offers')).toBe('ceterms:offeredBy');
  expect(statusOf('lifeCycle:Ceased')).toBe('ended');
  expect(statusOf('https://purl.org/ctdl/vocabs/credentialStat/TeachOut')).toBe('teachOut');
  expect(statusOf('nonsense')).toBe('unknown');
});
