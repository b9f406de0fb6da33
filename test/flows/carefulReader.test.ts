import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credential } from '@credatlas/model';
import { DocumentNormalizer } from '@credatlas/normalize';
import { describe, expect, test } from 'vitest';

const corpus = join(process.env.CREDATLAS_TEST_DATA ?? '', 'ctdl-docs');
const normalizer = new DocumentNormalizer();

async function found(file: string, ctid: string): Promise<Credential> {
  const text = readFileSync(join(corpus, file), 'utf8');
  const [answer] = await normalizer.normalize([{ uri: file, text }], { at: '2026-01-01T00:00:00Z' });
  const credential = answer?.credentials.find((each) => each.ctid === ctid);
  expect(credential).toBeDefined();
  return credential!;
}

/** What a person finds who reads the documents by eye; each expectation was written from the document. */
describe.skipIf(!process.env.CREDATLAS_TEST_DATA || !existsSync(corpus))(
  'real documents as a careful reader finds them (skipped without CREDATLAS_TEST_DATA)',
  () => {
    test('a driver training of New Jersey: the total is its aggregate, not the sum with its parts', async () => {
      const training = await found(
        'newjersey-dol-mcnj-main/inline-ce-58ea4f49-08ab-493d-b88d-cf36d507e536.json',
        'ce-58ea4f49-08ab-493d-b88d-cf36d507e536',
      );
      expect(training).toMatchObject({
        kind: 'learning',
        nameText: 'ELDT Training',
        name: { 'en-us': 'ELDT Training' },
        languages: ['en'],
        owners: [
          { uri: 'https://sandbox.credentialengineregistry.org/resources/ce-b4a6bf5d-103b-4548-877c-649f6f79fb01' },
        ],
        totalCosts: [{ currency: 'USD', amount: '4409.00', basis: 'aggregate' }],
        places: [{ street: '1339 Broad St', city: 'Bloomfield', region: 'NJ', postalCode: '07003', basis: 'stated' }],
      });
      expect(training.costs.map(({ type, amount }) => [type, amount])).toEqual([
        ['AggregateCost', '4409'],
        ['Tuition', '3600'],
        ['MixedFees', '450'],
        ['LearningResource', '150'],
        ['TechnologyFee', '110'],
        ['ProgramSpecificFee', '99'],
      ]);
      expect(
        training.edges.filter(({ relation }) => relation === 'isRequiredFor').map(({ target }) => target.name),
      ).toEqual(['License', "Master's Degree"]);
    });

    test('a degree inside a verifiable credential: the competencies it requires are its skills, linked', async () => {
      const degree = await found(
        'ce-Schema-Development/CTDLinLERs_VCs_OpenBadges_CLRs/s1_2_DegreeInRegistryAndVC.json',
        'ce-49247727-7cbd-4f0e-8179-e51036d1f14a',
      );
      expect(degree).toMatchObject({
        family: 'degree',
        educationRank: 6,
        uri: 'https://credentialengineregistry.org/resources/ce-49247727-7cbd-4f0e-8179-e51036d1f14a',
        offerers: [{ uri: 'https://credentialengineregistry.org/resources/ce-ca493a91-b9ec-4a45-ac6f-a6259656ea50' }],
        subjects: [{ label: 'Science and Arts' }],
      });
      const [science] = degree.skills;
      expect(science).toMatchObject({
        label: 'Knowledge of Science',
        code: 'EXKSCI1',
        uri: 'https://credentialengineregistry.org/resources/ce-84958217-1323-46fe-87c8-652120800190',
        relation: 'requires',
        confidence: 'linked',
      });
    });

    test('a course whose price is in "US Dollar", with a prerequisite that lists its points', async () => {
      const course = await found(
        'ce-credential-registry-ingest-examples/LearningProgram/1/Course-1b.json',
        'ce-3c5e4bbc-40c3-44eb-90c2-3f27d98d88f1',
      );
      const examples = 'https://credentialengine.github.io/credential-registry-ingest-examples';
      expect(course).toMatchObject({
        kind: 'learning',
        types: ['ceterms:Course'],
        nameText: 'Digital Skills Revolution',
        owners: [{ uri: `${examples}/Organization/1/Organization-1.json` }],
        costs: [{ type: 'Tuition', amount: '1495', currency: 'USD', rawCurrency: 'US Dollar' }],
        conditions: [
          {
            kind: 'entryCondition',
            listed: ['High-school level of mathematics knowledge', 'Basic familiarity with computers and the internet'],
            targets: [{ kind: 'LearningOpportunity', target: { uri: `${examples}/LearningProgram/1/Course-1a.json` } }],
          },
        ],
        edges: [{ relation: 'entryCondition', target: { uri: `${examples}/LearningProgram/1/Course-1a.json` } }],
      });
    });

    test('a licence of California: regulated in a place, its provider and the provider’s address from the same graph', async () => {
      const licence = await found('chelseakr-chalkline/credentials.jsonld', 'ce-702ff38d-00bb-4f72-9692-a17bd2ab754e');
      expect(licence).toMatchObject({
        family: 'licence',
        nameText: 'Single Subject Teaching Credential (Specialized)',
        provider: { name: 'Commission on Teacher Credentialing' },
        recognition: [{ role: 'regulated', jurisdiction: 'California, United States', subject: 'credential' }],
        identifiers: [
          { schemeName: 'CTC Document Title code', value: 'TC1' },
          { schemeName: 'CTC Authorization Code', value: 'R1E' },
        ],
        places: [{ city: 'Sacramento', region: 'CA', country: 'US', postalCode: '95811', basis: 'provider' }],
      });
      expect(licence.subjects[0]).toMatchObject({ label: 'Biological Sciences (Specialized)' });
      expect(licence.tier.periods).toMatchObject([{ listed: { value: 'contextual', rule: 'recognized' } }]);
    });
  },
);
