import { expect, test } from 'vitest';
import { identifySkill, SkillTable } from './index.ts';

const table = SkillTable.read();
const python = 'esco:ccd0a1d9-afda-43d9-b901-96344886e14d';
const statistics = 'esco:7ee4c2ea-b349-4bd2-81a3-ec31475d4833';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';
const registry = `https://credentialengineregistry.org/resources/${ctid}`;

test.each([
  ['an ESCO IRI', { uri: 'http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d' }, python, 'linked'],
  [
    'the same by https',
    { uri: 'https://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d' },
    python,
    'linked',
  ],
  ['a plain name', { label: 'PYTHON' }, python, 'labelOnly'],
  ['its preferred label', { label: 'Python (computer programming)' }, python, 'labelOnly'],
  ['another label of a concept', { label: 'Statistical-Analysis' }, statistics, 'labelOnly'],
  ['a registered competency of that name', { uri: registry, label: 'Python' }, python, 'linked'],
  [
    'a CASE item of that name',
    { uri: 'https://x.org/ims/case/v1p0/CFItems/0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60', label: 'Statistics' },
    statistics,
    'linked',
  ],
  [
    'a Lightcast id of that name',
    { uri: 'https://skills.emsidata.com/skills/KS125LS6N7WP4S6SFTCK', label: 'Python' },
    python,
    'linked',
  ],
  [
    'an O*NET element that ESCO calls the same',
    { code: '2.A.1.e' },
    'esco:4339176e-3acd-4f7f-a5d9-445bee3d23f2',
    'codeOnly',
  ],
  ['an O*NET element that only O*NET has', { code: '2.A.1.a' }, 'onet:2.A.1.a', 'codeOnly'],
  [
    'a name that no table has, linked',
    { uri: registry, label: 'Credatlas Wrangling' },
    'label:credatlas wrangling',
    'linked',
  ],
  ['the same name alone', { label: 'credatlas  wrangling' }, 'label:credatlas wrangling', 'labelOnly'],
])('%s is one skill', (_title, reference, key, confidence) => {
  expect(identifySkill(reference, table)).toMatchObject({ key, confidence });
});

test('what was put together says what it was, and why', () => {
  expect(identifySkill({ uri: registry, label: 'Python' }, table)?.merged).toEqual({
    key: `ctid:${ctid}`,
    because: 'both are called "Python"',
  });
});

test.each([
  ['a sentence', 'Weld plates of mild steel in the overhead position to the code of the trade'],
  ['the number of a unit', 'Unit 3'],
  ['a word for a part', 'Module'],
])('%s names no skill that others would share', (_title, label) => {
  expect(identifySkill({ uri: registry, label }, table)).toMatchObject({ key: `ctid:${ctid}` });
});

test('nothing is named by nothing', () => {
  expect(identifySkill({ label: ' - ' }, table)).toBeUndefined();
});
