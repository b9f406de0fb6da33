import { expect, test } from 'vitest';
import { skillKey } from './skillKey.ts';

const uuid = '0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';

test.each([
  [{ uri: `https://credentialengineregistry.org/resources/ce-${uuid}` }, `ctid:ce-${uuid}`, 'linked'],
  [{ uri: `http://data.europa.eu/esco/skill/${uuid}`, label: 'weld' }, `esco:${uuid}`, 'linked'],
  [{ uri: 'https://www.onetonline.org/find/descriptor/result/2.A.1.a' }, 'onet:2.A.1.a', 'linked'],
  [{ uri: `https://example.org/ims/case/v1p0/CFItems/${uuid}` }, `case:${uuid}`, 'linked'],
  [{ uri: 'https://skills.emsidata.com/skills/KS1200364C9C1LK3V5Q1' }, 'lightcast:ks1200364c9c1lk3v5q1', 'linked'],
  [{ uri: 'https://example.edu/skills/7' }, 'https://example.edu/skills/7', 'linked'],
  [{ code: '2.A.1.a', label: 'Reading Comprehension' }, 'onet:2.A.1.a', 'codeOnly'],
  [{ code: 'W1', framework: 'Welding Standards' }, 'code:welding-standards:W1', 'codeOnly'],
  [{ code: 'W1', label: 'Data-Analysis' }, 'label:data analysis', 'labelOnly'],
])('%j is %s, %s', (reference, key, confidence) => {
  expect(skillKey(reference)).toMatchObject({ key, confidence });
});

test('what names nothing has no key', () => {
  expect(skillKey({ label: ' – ' })).toBeUndefined();
});
