import { expect, test } from 'vitest';
import { codePath, codePaths } from './index.ts';

test.each([
  [{ code: '15-1252', scheme: 'soc' }, ['15', '151', '1512', '15125', '151252']],
  [{ code: '15-1252.00', scheme: 'onet' }, ['15', '151', '1512', '15125', '151252']],
  [{ code: '11.07', scheme: 'cip' }, ['11', '110', '1107']],
  [{ code: '2512', scheme: 'isco' }, ['esco:2', 'esco:25', 'esco:251', 'esco:2512']],
  [{ code: 'A12', scheme: 'framework of our own' }, []],
])('%j lies under the codes %j', (code, paths) => {
  expect(codePaths(code)).toEqual(paths);
});

test.each([
  ['15-12', '1512'],
  ['soc:15-1252', '151252'],
  ['15-1252.00', '151252'],
  ['11.0701', '110701'],
  ['ISCO:2512', 'esco:2512'],
  ['Software Developers', undefined],
])('the written code %j is the path %j', (text, path) => {
  expect(codePath(text)).toBe(path);
});
