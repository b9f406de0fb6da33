import { expect, test } from 'vitest';
import { validateDocument } from './DocumentValidator.ts';
import type { Finding } from './Finding.ts';
import { Neighbours } from './Neighbours.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';
const iri = `https://credentialengineregistry.org/resources/${ctid}`;
const ownerCtid = 'ce-1c8c8d3f-6b22-4a1b-8b62-4a2d3e5f6a71';
const owner = `https://credentialengineregistry.org/resources/${ownerCtid}`;

/** A certificate with all that the registry requires. */
const certificate = (changes: Record<string, unknown> = {}) => ({
  '@context': context,
  '@graph': [
    {
      '@id': iri,
      '@type': 'ceterms:Certificate',
      'ceterms:ctid': ctid,
      'ceterms:name': { 'en-US': 'Welding certificate' },
      'ceterms:description': { 'en-US': 'Fifteen characters and more about welding.' },
      'ceterms:subjectWebpage': 'https://example.edu/welding',
      'ceterms:credentialStatusType': ['credentialStat:Active'],
      'ceterms:inLanguage': ['en-US'],
      'ceterms:ownedBy': [owner],
      ...changes,
    },
  ],
});
const organization = { '@context': context, '@id': owner, '@type': 'ceterms:CredentialOrganization' };

/** Findings about more than what is recommended. */
async function findings(document: unknown, ...neighbours: unknown[]): Promise<Finding[]> {
  const known = new Neighbours({ on: '2026-11-23' });
  for (const neighbour of neighbours) await known.add(neighbour);
  const validation = await validateDocument(document, { neighbours: known, on: '2026-11-23' });
  return validation.findings.filter(({ code }) => code !== 'recommended_properties_missing');
}

const told = (all: Finding[]) => all.map(({ severity, code, pointer }) => [severity, code, pointer]);

test('a certificate with all that is required, whose owner is known, has no fault; what is recommended is a note', async () => {
  const known = new Neighbours();
  await known.add(organization);
  const { findings, totals, resources } = await validateDocument(certificate(), { neighbours: known });
  expect(told(findings)).toEqual([['note', 'recommended_properties_missing', '/@graph/0']]);
  expect(totals).toEqual({ error: 0, warning: 0, note: 1, undetermined: 0 });
  expect(resources).toMatchObject([
    { uri: iri, completeness: { required: 1, recommended: 0, missing: { required: [] } } },
  ]);
});

const profile = (name: string, properties: object) => ({ [name]: [properties] });
const cost = (properties: object) => ({
  '@type': 'ceterms:CostProfile',
  'ceterms:costDetails': 'https://example.edu/cost',
  'ceterms:description': { en: 'What it costs' },
  ...properties,
});
const costs = (...all: object[]) => ({ 'ceterms:estimatedCost': all.map(cost) });
const priced = (type: string, price: number, more: object = {}) => ({
  'ceterms:directCostType': [
    {
      '@type': 'ceterms:CredentialAlignmentObject',
      'ceterms:targetNode': type,
      'ceterms:targetNodeName': { en: type },
    },
  ],
  'ceterms:price': price,
  'ceterms:currency': 'USD',
  ...more,
});
const condition = (properties: object) =>
  profile('ceterms:requires', {
    '@type': 'ceterms:ConditionProfile',
    'ceterms:description': { en: 'What it takes' },
    ...properties,
  });
const duration = (properties: object) =>
  profile('ceterms:estimatedDuration', { '@type': 'ceterms:DurationProfile', ...properties });

/** What is changed in the certificate → severity, code, where below the certificate, and what is suggested. */
test.each<[string, Record<string, unknown>, [string, string, string, string?]]>([
  // Identity
  [
    'a CTID in capitals',
    { 'ceterms:ctid': ctid.toUpperCase().replace('CE-', 'ce-') },
    ['warning', 'uppercase_ctid', '/ceterms:ctid', ctid],
  ],
  ['a bare UUID as CTID', { 'ceterms:ctid': ctid.slice(3) }, ['error', 'malformed_ctid', '/ceterms:ctid', ctid]],
  ['a placeholder as CTID', { 'ceterms:ctid': 'ce-xxxx' }, ['error', 'malformed_ctid', '/ceterms:ctid']],
  ['another CTID than in the IRI', { 'ceterms:ctid': ownerCtid }, ['error', 'ctid_and_iri_disagree', '/ceterms:ctid']],
  ['two CTIDs', { 'ceterms:ctid': [ctid, ctid] }, ['warning', 'several_values', '/ceterms:ctid']],
  // Publishing
  ['no description', { 'ceterms:description': undefined }, ['error', 'required_property_missing', '']],
  [
    'no language, which only the assistant asks for',
    { 'ceterms:inLanguage': undefined },
    ['warning', 'required_property_missing', ''],
  ],
  ['neither owner nor offerer', { 'ceterms:ownedBy': undefined }, ['warning', 'required_property_missing', '']],
  [
    'no status',
    { 'ceterms:credentialStatusType': undefined },
    ['note', 'status_not_stated', '', 'credentialStat:Active'],
  ],
  [
    'a description of fourteen characters',
    { 'ceterms:description': { en: 'Welds of steel' } },
    ['warning', 'description_too_short', '/ceterms:description/en'],
  ],
  [
    'a condition without description',
    profile('ceterms:requires', { '@type': 'ceterms:ConditionProfile', 'ceterms:name': { en: 'Entry' } }),
    ['warning', 'profile_property_missing', '/ceterms:requires/0'],
  ],
  ['a class that stands for all', { '@type': 'ceterms:Credential' }, ['warning', 'class_too_general', '/@type']],
  // Classes and properties
  [
    'a class of tomorrow',
    { '@type': ['ceterms:Certificate', 'ceterms:Certificat'] },
    ['warning', 'unknown_class', '/@type', 'ceterms:Certificate'],
  ],
  [
    'a property of tomorrow',
    { 'ceterms:brandNewThing': 'kept' },
    ['warning', 'unknown_term', '/ceterms:brandNewThing'],
  ],
  [
    'a property with the wrong prefix',
    { 'ceterms:creator': owner },
    ['warning', 'unknown_term', '/ceterms:creator', 'ceasn:creator'],
  ],
  [
    'a misspelt property',
    { 'ceterms:subjectWebpge': 'https://example.edu/x' },
    ['warning', 'unknown_term', '/ceterms:subjectWebpge', 'ceterms:subjectWebpage'],
  ],
  [
    'a property of before 2020',
    { 'ceterms:creditUnitValue': 3 },
    [
      'warning',
      'unknown_term',
      '/ceterms:creditUnitValue',
      'ceterms:creditValue with a ceterms:ValueProfile that holds schema:value',
    ],
  ],
  [
    'a renamed property',
    { 'ceterms:learningOpportunityDeliveryType': ['deliveryType:InPerson'] },
    ['warning', 'renamed_term', '/ceterms:learningOpportunityDeliveryType', 'ceterms:learningDeliveryType'],
  ],
  ['a leaked key', { HasValue: true }, ['warning', 'unknown_key_dropped', '/HasValue']],
  [
    'a key with blanks',
    { 'ceterms: alternateName': { en: 'Welder' } },
    ['warning', 'key_with_blanks', '/ceterms: alternateName'],
  ],
  [
    'a property of courses',
    { 'ceterms:teaches': [{ '@type': 'ceasn:Competency', 'ceasn:competencyText': { en: 'Weld' } }] },
    ['error', 'domain_violation', '/ceterms:teaches'],
  ],
  [
    'a cost where a condition belongs',
    { 'ceterms:requires': [cost({})] },
    ['error', 'range_violation', '/ceterms:requires/0'],
  ],
  [
    'a node where a text belongs',
    { 'ceterms:codedNotation': undefined, 'ceterms:credentialId': { '@type': 'ceterms:IdentifierValue' } },
    ['error', 'range_violation', '/ceterms:credentialId'],
  ],
  // References
  [
    'a name as owner',
    { 'ceterms:ownedBy': ['Example College'] },
    ['error', 'relative_reference', '/ceterms:ownedBy/0'],
  ],
  [
    'a label where a concept belongs',
    { 'ceterms:audienceLevelType': ["Bachelor's Degree Level"] },
    ['error', 'relative_reference', '/ceterms:audienceLevelType/0', 'audLevel:BachelorsDegreeLevel'],
  ],
  [
    'a bare CTID as owner',
    { 'ceterms:ownedBy': [ownerCtid] },
    ['error', 'bare_identifier', '/ceterms:ownedBy/0', owner],
  ],
  [
    'a blank node that is not there',
    { 'ceterms:ownedBy': ['_:nobody'] },
    ['error', 'dangling_blank_node', '/ceterms:ownedBy/0'],
  ],
  [
    'a registry address without CTID',
    { 'ceterms:ownedBy': [owner, 'https://credentialengineregistry.org/resources/tbd'] },
    ['error', 'malformed_registry_iri', '/ceterms:ownedBy/1'],
  ],
  // Concepts
  [
    'a concept of another scheme',
    { 'ceterms:credentialStatusType': ['lifeCycle:Active'] },
    ['warning', 'concept_of_another_scheme', '/ceterms:credentialStatusType/0', 'credentialStat:Active'],
  ],
  [
    'a misspelt concept',
    { 'ceterms:audienceLevelType': ['audLevel:BachelorDegreeLevel'] },
    ['warning', 'unknown_concept', '/ceterms:audienceLevelType/0', 'audLevel:BachelorsDegreeLevel'],
  ],
  [
    'a concept by name only',
    {
      'ceterms:audienceLevelType': [
        { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': { en: 'Beginner Level' } },
      ],
    },
    [
      'note',
      'concept_by_name_only',
      '/ceterms:audienceLevelType/0/ceterms:targetNodeName/en',
      'audLevel:BeginnerLevel',
    ],
  ],
  // Literals
  [
    'a text without language',
    { 'ceterms:name': 'Welding certificate' },
    ['note', 'text_without_language', '/ceterms:name'],
  ],
  [
    'a list of language maps',
    { 'ceterms:alternateName': [{ en: 'Welder' }] },
    ['warning', 'language_map_in_array', '/ceterms:alternateName/0'],
  ],
  [
    'a language tag with a colon',
    { 'ceterms:name': { 'en:us': 'Welding' } },
    ['warning', 'malformed_language_tag', '/ceterms:name/en:us', 'en-US'],
  ],
  [
    'two names in one language',
    { 'ceterms:name': { en: ['Welding', 'Welder'] } },
    ['warning', 'several_values', '/ceterms:name'],
  ],
  [
    'the name of a language',
    { 'ceterms:inLanguage': ['English'] },
    ['error', 'malformed_language', '/ceterms:inLanguage/0', 'en'],
  ],
  [
    'a day that does not exist',
    { 'ceterms:dateEffective': '2024-02-30' },
    ['error', 'malformed_date', '/ceterms:dateEffective'],
  ],
  [
    'a month and year the American way',
    { 'ceterms:dateEffective': '12/2019' },
    ['error', 'malformed_date', '/ceterms:dateEffective', '2019-12'],
  ],
  [
    'a year where a day belongs',
    { 'ceterms:dateEffective': '2019' },
    ['warning', 'imprecise_date', '/ceterms:dateEffective'],
  ],
  [
    'an end before the beginning',
    { 'ceterms:dateEffective': '2024-05-01', 'ceterms:expirationDate': '2024-04-30' },
    ['error', 'dates_out_of_order', '/ceterms:expirationDate'],
  ],
  [
    'a duration in words',
    duration({ 'ceterms:exactDuration': 'two years' }),
    ['error', 'malformed_duration', '/ceterms:estimatedDuration/0/ceterms:exactDuration'],
  ],
  [
    'a maximum below the minimum',
    duration({ 'ceterms:minimumDuration': 'P1Y', 'ceterms:maximumDuration': 'P11M' }),
    ['error', 'minimum_above_maximum', '/ceterms:estimatedDuration/0/ceterms:maximumDuration'],
  ],
  [
    'the name of a currency',
    costs(priced('costType:Tuition', 100, { 'ceterms:currency': 'US Dollar' })),
    ['error', 'malformed_currency', '/ceterms:estimatedCost/0/ceterms:currency', 'USD'],
  ],
  [
    'a price without currency',
    costs(priced('costType:Tuition', 100, { 'ceterms:currency': undefined })),
    ['warning', 'price_without_currency', '/ceterms:estimatedCost/0/ceterms:price'],
  ],
  [
    'a price in words',
    costs(priced('costType:Tuition', 100, { 'ceterms:price': 'free' })),
    ['error', 'malformed_number', '/ceterms:estimatedCost/0/ceterms:price'],
  ],
  [
    'a price below zero',
    costs(priced('costType:Tuition', -1)),
    ['error', 'number_out_of_range', '/ceterms:estimatedCost/0/ceterms:price'],
  ],
  [
    'a total that is not the sum',
    costs(
      priced('costType:AggregateCost', 500),
      priced('costType:Tuition', 300),
      priced('costType:LearningResource', 100),
    ),
    ['warning', 'costs_do_not_add_up', '/ceterms:estimatedCost/0/ceterms:price'],
  ],
  [
    'credit without unit',
    condition({ 'ceterms:creditValue': [{ '@type': 'ceterms:ValueProfile', 'schema:value': 3 }] }),
    ['warning', 'credit_without_unit', '/ceterms:requires/0/ceterms:creditValue/0'],
  ],
  [
    'an age in words',
    condition({ 'ceterms:minimumAge': 'eighteen' }),
    ['error', 'malformed_number', '/ceterms:requires/0/ceterms:minimumAge'],
  ],
  [
    'a page on no host',
    { 'ceterms:subjectWebpage': 'http://welding' },
    ['error', 'malformed_address', '/ceterms:subjectWebpage'],
  ],
  [
    'a picture inside the document',
    { 'ceterms:image': 'data:image/png;base64,AAAA' },
    ['warning', 'address_not_http', '/ceterms:image'],
  ],
])('%s is found', async (_what, changes, [severity, code, below, suggestion]) => {
  const all = await findings(certificate(changes), organization);
  const found = all.filter((finding) => finding.code === code);
  expect(told(found)).toEqual([[severity, code, `/@graph/0${below}`]]);
  expect(found[0]?.suggestion ?? undefined).toBe(suggestion);
  expect(found[0]?.resource ?? iri).toBe(iri);
});

test.each<[string, Record<string, unknown>]>([
  [
    'a total that is the sum',
    costs(
      priced('costType:AggregateCost', 400),
      priced('costType:Tuition', 300),
      priced('costType:LearningResource', 100),
    ),
  ],
  [
    'parts that not everybody pays',
    costs(
      priced('costType:AggregateCost', 400),
      priced('costType:Tuition', 300, { 'ceterms:residencyType': ['residency:InState'] }),
    ),
  ],
  ['weeks beside other units in a duration', duration({ 'ceterms:exactDuration': 'P1Y2M3W4DT5H6M' })],
  ['an approximate date that is a year', { 'ceterms:approximateDateEffective': '2024' }],
  ['names in two languages', { 'ceterms:name': { en: 'Welding', es: 'Soldadura' } }],
  [
    'a concept as IRI of the vocabulary',
    { 'ceterms:audienceLevelType': ['https://purl.org/ctdl/vocabs/audLevel/BeginnerLevel'] },
  ],
  [
    'a sub-property where its parent would do',
    {
      'ceterms:corequisite': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:description': { en: 'Together with' } }],
    },
  ],
])('%s is no fault', async (_what, changes) => {
  expect(told(await findings(certificate(changes), organization))).toEqual([]);
});

test('what is said of one resource twice, or of two under one CTID, is found', async () => {
  const [first] = certificate()['@graph'];
  const document = { '@context': context, '@graph': [first, { ...first, '@id': 'https://example.edu/other' }] };
  expect(told(await findings(document, organization))).toContainEqual([
    'error',
    'duplicate_ctid',
    '/@graph/1/ceterms:ctid',
  ]);
});

test('a reference outside the document is undetermined until its neighbour is given', async () => {
  const alone = await validateDocument(certificate());
  expect(told(alone.findings)).toContainEqual([
    'undetermined',
    'reference_outside_document',
    '/@graph/0/ceterms:ownedBy/0',
  ]);
  expect(told(await findings(certificate(), organization))).toEqual([]);
});

test('a neighbour of the wrong class is an error, one that has ended a note', async () => {
  const wrong = { ...organization, '@type': 'ceterms:Certification' };
  expect(told(await findings(certificate(), wrong))).toEqual([
    ['error', 'range_violation', '/@graph/0/ceterms:ownedBy/0'],
  ]);
  const ended = { ...organization, 'ceterms:lifeCycleStatusType': ['lifeCycle:Ceased'] };
  expect(told(await findings(certificate(), ended))).toEqual([
    ['note', 'reference_to_ended', '/@graph/0/ceterms:ownedBy/0'],
  ]);
});

test('a neighbour counts as ended once its last day has passed', async () => {
  const successor = 'https://example.edu/successor';
  const document = certificate({ 'ceterms:supersededBy': [successor] });
  const ends = (day: string) => ({
    '@context': context,
    '@id': successor,
    '@type': 'ceterms:Certificate',
    'ceterms:expirationDate': day,
  });
  const codes = async (day: string) => (await findings(document, organization, ends(day))).map(({ code }) => code);
  expect(await codes('2026-11-22')).toContain('reference_to_ended');
  expect(await codes('2026-11-23')).not.toContain('reference_to_ended');
});

test('one direction of an inverse is a note, two that contradict each other a warning', async () => {
  const competency = (name: string, relations: object) => ({
    '@id': `https://example.edu/${name}`,
    '@type': 'ceasn:Competency',
    'ceasn:competencyText': { en: name },
    ...relations,
  });
  const relations = async (ofChild: object) => {
    const graph = [
      competency('parent', { 'ceasn:hasChild': ['https://example.edu/child'] }),
      competency('child', ofChild),
      competency('other', {}),
    ];
    const all = await findings({ '@context': 'https://credreg.net/ctdlasn/schema/context/json', '@graph': graph });
    return told(all.filter(({ code }) => code.startsWith('inverse')));
  };
  const place = '/@graph/0/ceasn:hasChild/0';
  expect(await relations({})).toEqual([['note', 'inverse_one_directional', place]]);
  expect(await relations({ 'ceasn:isChildOf': 'https://example.edu/other' })).toContainEqual([
    'warning',
    'inverse_mismatch',
    place,
  ]);
  expect(await relations({ 'ceasn:isChildOf': 'https://example.edu/parent' })).toEqual([]);
});

test('a competency beside a framework is part of it', async () => {
  const graph = [
    { '@id': 'https://example.edu/f', '@type': 'ceasn:CompetencyFramework' },
    { '@id': 'https://example.edu/c', '@type': 'ceasn:Competency', 'ceasn:isPartOf': 'https://example.edu/other' },
  ];
  const all = await findings({ '@context': 'https://credreg.net/ctdlasn/schema/context/json', '@graph': graph });
  expect(all.find(({ code }) => code === 'framework_mismatch')).toMatchObject({
    pointer: '/@graph/1/ceasn:isPartOf',
    suggestion: 'https://example.edu/f',
  });
});

test.each([
  ['a number', 7],
  ['an unrelated object', { hello: 'world' }],
  ['nothing at all', null],
])('%s is no linked data', async (_what, document) => {
  expect(told((await validateDocument(document)).findings)).toEqual([['error', 'not_linked_data', '']]);
});

test('a document without context, and one with a context that is not known, are told', async () => {
  const [node] = certificate()['@graph'];
  expect(told(await findings(node, organization))).toEqual([['error', 'missing_context', '']]);
  const foreign = { ...node, '@context': 'https://example.org/context' };
  expect(told(await findings(foreign))).toEqual([['error', 'not_expandable', '']]);
});

test('an envelope is judged by the document in it', async () => {
  const envelope = { envelope_id: 'x', decoded_resource: certificate({ 'ceterms:inLanguage': ['English'] }) };
  expect(told(await findings(envelope, organization))).toEqual([
    ['error', 'malformed_language', '/decoded_resource/@graph/0/ceterms:inLanguage/0'],
  ]);
});

test('lines are those of the text, from where it starts in its file', async () => {
  const text = JSON.stringify(certificate({ 'ceterms:inLanguage': ['English'] }), null, 1);
  const { findings: all } = await validateDocument(JSON.parse(text), { source: { text, line: 10 } });
  const expected = text.split('\n').findIndex((line) => line.includes('"English"')) + 10;
  expect(all.find(({ code }) => code === 'malformed_language')?.line).toBe(expected);
});

test('a rule is listed a thousand times, and then counted', async () => {
  const owners = Array.from({ length: 1_005 }, (_, index) => `College ${index}`);
  const { findings: all, totals } = await validateDocument(certificate({ 'ceterms:ownedBy': owners }));
  expect(all.filter(({ code }) => code === 'relative_reference')).toHaveLength(1_000);
  expect(all.find(({ code }) => code === 'findings_not_listed')?.message).toContain(
    '5 more findings relative_reference',
  );
  expect(totals.error).toBe(1_005);
});
