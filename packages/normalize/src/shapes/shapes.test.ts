import { readDocuments } from '@credatlas/documents';
import type { Credential, Organization } from '@credatlas/model';
import { describe, expect, test } from 'vitest';
import { normalizeDocument } from '../index.ts';

const at = '2026-01-01T00:00:00.000Z';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';

async function normalized(
  document: unknown,
): Promise<{ credentials: Credential[]; organizations: Organization[]; codes: string[] }> {
  const { credentials, organizations, issues, refused } = await normalizeDocument(JSON.stringify(document), {
    uri: 'test',
    at,
  });
  expect(refused).toBeUndefined();
  return { credentials, organizations, codes: issues.map(({ code }) => code) };
}

const skills = ({ skills: all }: Credential) =>
  all
    .filter(({ confidence }) => confidence !== 'inferred')
    .map(({ label, relation, confidence }) => [label, relation, confidence]);

describe('schema.org', () => {
  const program = {
    '@context': 'https://schema.org',
    '@type': 'EducationalOccupationalProgram',
    '@id': 'https://college.example/welding',
    name: 'Welding Technology',
    description: 'Join metals.',
    url: 'https://college.example/welding/page',
    provider: { '@type': 'CollegeOrUniversity', name: 'Example College', url: 'https://college.example/' },
    timeToComplete: 'P6M',
    numberOfCredits: { '@type': 'StructuredValue', value: 12, unitText: 'semester hours' },
    offers: { '@type': 'Offer', price: '1250.00', priceCurrency: 'USD' },
    occupationalCategory: ['51-4121.00 Welders, Cutters, Solderers, and Brazers'],
    educationalProgramMode: 'in-person',
    programPrerequisites: 'High school diploma',
    teaches: [
      'Blueprint reading',
      { '@type': 'DefinedTerm', name: 'Reading Comprehension', termCode: '2.A.1.a', inDefinedTermSet: 'O*NET' },
    ],
    educationalCredentialAwarded: {
      '@type': 'EducationalOccupationalCredential',
      name: 'Certificate in Welding',
      credentialCategory: 'Certificate',
    },
    applicationDeadline: '2026-08-01',
  };

  test('a programme carries its provider, length, credit, price, occupation, skills and condition, each from its place', async () => {
    const { credentials, codes } = await normalized(program);
    const found = credentials.find(({ uri }) => uri === 'https://college.example/welding')!;
    expect(found).toMatchObject({
      kind: 'learning',
      types: ['ceterms:LearningProgram'],
      nameText: 'Welding Technology',
      provider: { name: 'Example College' },
      delivery: ['InPerson'],
      durations: [{ exact: 'P6M' }],
      creditSemesterHours: 12,
      totalCosts: [{ currency: 'USD', amount: '1250.00' }],
      occupations: [{ code: '51-4121.00', label: 'Welders, Cutters, Solderers, and Brazers' }],
      conditions: [{ kind: 'entryCondition', text: 'High school diploma' }],
      webpage: 'https://college.example/welding/page',
    });
    expect(skills(found)).toEqual([
      ['Blueprint reading', 'teaches', 'labelOnly'],
      ['Reading Comprehension', 'teaches', 'codeOnly'],
    ]);
    expect(found.sourcePaths).toMatchObject({
      '/nameText': '#/name',
      '/skills/1': '#/teaches/1',
      '/costs/0': '#/offers',
    });
    expect(codes).toEqual(['foreign_property_unmapped']);
  });

  test('a credential is what its category calls it; recognition is not ownership; validity is no duration', async () => {
    const { credentials } = await normalized({
      '@context': ['http://schema.org/'],
      '@type': 'EducationalOccupationalCredential',
      name: 'Data Analyst',
      url: 'https://issuer.example/data-analyst',
      credentialCategory: { '@type': 'DefinedTerm', name: 'digital badge' },
      recognizedBy: { '@type': 'Organization', name: 'Board' },
      creator: 'Example Institute',
      competencyRequired: 'Statistics',
      educationalLevel: 'Beginner',
      validFor: 'P2Y',
    });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]).toMatchObject({
      uri: 'https://issuer.example/data-analyst',
      family: 'badge',
      owners: [{ name: 'Example Institute' }],
      recognition: [{ role: 'recognized', agent: { name: 'Board' }, subject: 'credential' }],
      durations: [],
    });
    expect(skills(credentials[0]!)).toEqual([['Statistics', 'requires', 'labelOnly']]);
  });
});

describe('Open Badges', () => {
  test('a BadgeClass of 2.0: tags are keywords, criteria a condition, alignments skills', async () => {
    const { credentials, codes } = await normalized({
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'BadgeClass',
      id: 'https://badges.example/7',
      name: 'Welder',
      description: 'Can weld.',
      image: 'data:image/png;base64,AAAA',
      criteria: { narrative: 'Pass the practical test.' },
      issuer: {
        id: 'https://badges.example/issuer',
        type: 'Profile',
        name: 'Weld Guild',
        url: 'https://guild.example/',
      },
      tags: ['metal'],
      alignment: [
        { targetName: 'Blueprint reading', targetUrl: 'https://skills.example/9', targetFramework: 'Guild Skills' },
      ],
    });
    expect(credentials[0]).toMatchObject({
      uri: 'https://badges.example/7',
      family: 'badge',
      owners: [{ name: 'Weld Guild', uri: 'https://badges.example/issuer' }],
      keywords: [{ label: 'metal' }],
      checking: { openBadges: '2.0' },
    });
    expect(credentials[0]!.conditions[0]).toMatchObject({ kind: 'requires', text: 'Pass the practical test.' });
    expect(skills(credentials[0]!)).toEqual([['Blueprint reading', 'requires', 'linked']]);
    expect(codes).toEqual(['inline_image_left_out']);
  });

  test('an OpenBadgeCredential of 3.0 is read as its achievement; nothing of its holder is', async () => {
    const { credentials } = await normalized({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: 'urn:uuid:1',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: 'https://issuer.example/', type: ['Profile'], name: 'Issuer' },
      credentialSubject: {
        id: 'did:example:holder',
        type: ['AchievementSubject'],
        achievement: {
          id: 'https://issuer.example/achievements/1',
          type: ['Achievement'],
          achievementType: 'MicroCredential',
          name: 'Cloud Basics',
          creator: { id: 'https://creator.example/', type: ['Profile'], name: 'Creator' },
          criteria: { id: 'https://issuer.example/criteria' },
          creditsAvailable: 2,
          alignment: [
            {
              type: ['Alignment'],
              targetType: 'ceterms:Credential',
              targetCode: ctid,
              targetUrl: 'https://finder.example/1',
              targetName: 'Registered',
            },
            {
              type: ['Alignment'],
              targetType: 'ceasn:Competency',
              targetName: 'Python',
              targetUrl: 'https://skills.example/python',
            },
          ],
        },
      },
    });
    expect(credentials).toHaveLength(1);
    const [badge] = credentials;
    expect(badge).toMatchObject({
      uri: 'https://issuer.example/achievements/1',
      family: 'microCredential',
      owners: [{ name: 'Creator' }],
      offerers: [{ name: 'Issuer' }],
      sameAs: [`https://credentialengineregistry.org/resources/${ctid}`],
      checking: { openBadges: '3.0' },
    });
    expect(badge!.credit).toMatchObject([{ value: 2 }]);
    expect(badge!.creditSemesterHours).toBeUndefined();
    expect(JSON.stringify(badge)).not.toContain('did:example:holder');
    expect(badge!.sourcePaths['/nameText']).toBe('#/credentialSubject/achievement/name');
  });
});

test('an ELM qualification: titles by language, ESCO skills by their identity, ECTS as its own unit', async () => {
  const { credentials } = await normalized({
    '@context': 'http://data.europa.eu/snb/model/context/edc-ap',
    id: 'urn:epass:qualification:1',
    type: 'Qualification',
    title: { en: ['Welder'], de: ['Schweißer'] },
    homepage: { id: 'https://school.example/welder' },
    awardingOpportunity: [
      {
        type: 'AwardingOpportunity',
        awardingBody: [{ id: 'https://school.example/', type: 'Organisation', legalName: { en: ['School'] } }],
      },
    ],
    learningOutcome: [
      {
        type: 'LearningOutcome',
        title: { en: ['Codes in Python'] },
        relatedESCOSkill: [
          {
            id: 'http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d',
            prefLabel: { en: ['Python'] },
          },
        ],
      },
    ],
    creditPoint: [
      { type: 'CreditPoint', framework: { id: 'http://data.europa.eu/snb/education-credit/ects' }, point: '30' },
    ],
    volumeOfLearning: 'PT750H',
  });
  expect(credentials[0]).toMatchObject({
    uri: 'urn:epass:qualification:1',
    name: { en: 'Welder', de: 'Schweißer' },
    owners: [{ name: 'School' }],
    credit: [{ value: 30, text: 'ECTS' }],
    effortHours: 750,
  });
  expect(credentials[0]!.creditSemesterHours).toBeUndefined();
  expect(credentials[0]!.skills).toMatchObject([
    { key: 'esco:ccd0a1d9-afda-43d9-b901-96344886e14d', confidence: 'linked' },
  ]);
});

describe('bulk-upload tables', () => {
  const rowsOf = async (csv: string) => {
    const found = [];
    for await (const each of readDocuments({ name: 'upload.csv', bytes: Buffer.from(csv) })) found.push(each);
    return found;
  };

  test('a row of courses, headings as people write them', async () => {
    const [row] = await rowsOf(
      `CTID,Learning Type,Learning  opportunity name,Description,Owned By,Offered By,Credit Unit Type,Credit Unit Value,Subjects,Version Identifier,Room\n${ctid},Course,"Welding, Basic",Join metals,ce-1b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60,same as owner,Semester Hours,3,Welding|Metals,Catalog Version~2025-2026,B12\n`,
    );
    expect(row).toMatchObject({ part: '0', line: 2 });
    const { credentials, codes } = await normalized('value' in row! ? row.value : undefined);
    expect(credentials[0]).toMatchObject({
      ctid,
      kind: 'learning',
      nameText: 'Welding, Basic',
      owners: [{ uri: 'https://credentialengineregistry.org/resources/ce-1b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60' }],
      creditSemesterHours: 3,
      subjects: [{ label: 'Welding' }, { label: 'Metals' }],
      versions: { identifiers: ['2025-2026'] },
    });
    expect(credentials[0]!.sourcePaths['/nameText']).toBe('#/Learning  opportunity name');
    expect(codes).toEqual(['unknown_heading']);
  });

  test('a row of credentials with a required framework', async () => {
    const [row] = await rowsOf(
      `CTID,Credential Name,Credential Type,Credential Status,Keywords,Condition Profile: Required Competency Framework\n${ctid},Welder,Certificate of Completion,Active,a|b,https://frameworks.example/1\n`,
    );
    const { credentials } = await normalized('value' in row! ? row.value : undefined);
    expect(credentials[0]).toMatchObject({
      ctid,
      types: ['ceterms:CertificateOfCompletion'],
      status: 'active',
      keywords: [{ label: 'a' }, { label: 'b' }],
    });
    expect(skills(credentials[0]!)).toMatchObject([['https://frameworks.example/1', 'requires', 'linked']]);
  });

  test('a row that cannot be read is refused with its line; the rest goes on', async () => {
    const found = await rowsOf(`CTID,Credential Name\n${ctid},"open\n`);
    expect(found).toMatchObject([{ refused: { code: 'malformed_row' } }]);
    const mixed = await rowsOf(`CTID,Credential Name\n${ctid},a,b,c\n${ctid},fine\n`);
    expect(mixed).toMatchObject([
      { refused: { code: 'malformed_row', line: 2 } },
      { line: 3, value: { 'Credential Name': 'fine' } },
    ]);
  });
});

describe('pages', () => {
  const documentsOf = async (html: string) => {
    const found = [];
    for await (const each of readDocuments({ name: 'page.html', bytes: Buffer.from(html) })) found.push(each);
    return found;
  };

  test('JSON-LD, microdata and RDFa Lite of one page', async () => {
    const found =
      await documentsOf(`<!doctype html><html><head><link rel="canonical" href="https://college.example/courses/1">
      <script type="application/ld+json">{"@context":"https://schema.org","@type":"Course","@id":"https://college.example/c/1","name":"One"}</script></head>
      <body><div itemscope itemtype="https://schema.org/Course" itemid="/c/2"><h1 itemprop="name"> Course
        Two </h1><div itemprop="provider" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">College</span></div>
        <a itemprop="url" href="two.html">more</a><meta itemprop="courseCode" content="C2"></div>
      <div vocab="https://schema.org/" typeof="Course" resource="#three"><span property="name">Course Three</span>
        <time property="startDate" datetime="2026-09-01">soon</time></div></body></html>`);
    expect(found.map((each) => ('value' in each ? each.value : each))).toEqual([
      { '@context': 'https://schema.org', '@type': 'Course', '@id': 'https://college.example/c/1', name: 'One' },
      {
        '@context': 'https://schema.org',
        '@type': ['Course'],
        '@id': 'https://college.example/c/2',
        name: 'Course Two',
        provider: { '@type': ['Organization'], name: 'College' },
        url: 'https://college.example/courses/two.html',
        courseCode: 'C2',
      },
      {
        '@context': 'https://schema.org',
        '@type': ['Course'],
        '@id': 'https://college.example/courses/1#three',
        name: 'Course Three',
        startDate: '2026-09-01',
      },
    ]);
    const { credentials } = await normalized('value' in found[1]! ? found[1].value : undefined);
    expect(credentials[0]).toMatchObject({ nameText: 'Course Two', offerers: [{ name: 'College' }], kind: 'learning' });
  });

  test('a page that describes nothing, and a block that is no JSON, are refused with what to do', async () => {
    expect(await documentsOf('<p>hello</p>')).toMatchObject([{ refused: { code: 'no_structured_data' } }]);
    const broken = await documentsOf('<script type="application/ld+json">{"a":}</script>');
    expect(broken).toMatchObject([{ refused: { code: 'malformed_json', line: 1 } }]);
  });

  test.each([
    ['deep markup', `${'<div itemscope itemprop=a>'.repeat(20_000)}`],
    ['many items', '<i itemscope></i>'.repeat(20_000)],
    ['a megabyte of text', `<div itemscope><p itemprop="name">${'x '.repeat(500_000)}</p></div>`],
  ])('%s ends within its caps', async (_title, html) => {
    expect((await documentsOf(html)).length).toBeLessThanOrEqual(4_000);
  });
});

test('nesting without end in a foreign document is left, never a crash', async () => {
  const open = '{"@type":"Course","name":"x","hasPart":'.repeat(5_000);
  const text = `{"@context":"https://schema.org","@id":"https://x.example/1","@type":"Course","hasPart":${open}"end"${'}'.repeat(5_001)}`;
  const { credentials, refused } = await normalizeDocument(text, { uri: 'test', at });
  expect(credentials.length === 0 || refused === undefined).toBe(true);
});

test.each([
  [
    'a competency with the headings of a table',
    {
      '@id': `https://credentialengineregistry.org/resources/${ctid}`,
      '@type': 'ceasn:Competency',
      'ceasn:competencyText': { en: 'Weld.' },
    },
  ],
  [
    'an organization beside a prefix for schema.org',
    {
      '@context': { schema: 'http://schema.org/', ceterms: 'http://purl.org/ctdl/terms/' },
      '@type': 'ceterms:Organization',
      'ceterms:ctid': ctid,
      'ceterms:name': 'Acme',
    },
  ],
])('%s stays CTDL', async (_title, document) => {
  const { issues } = await normalizeDocument(JSON.stringify(document), { uri: 'test', at });
  expect(issues.map(({ code }) => code).filter((code) => /foreign|heading/.test(code))).toEqual([]);
});
