import { expect, test } from 'vitest';
import { readCountry, readRegion, regionNames } from './regions.ts';

test.each([
  ['United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['France', 'FR'],
  ['Russia', 'RU'],
  ['Germany', 'DE'],
  ['Timor-Leste', 'TL'],
  ['Serbia', 'RS'],
  ['united states', 'US'],
  ['us', 'US'],
  ['Atlantis', 'Atlantis'],
])('the country %s is %s', (text, code) => {
  expect(readCountry(text, regionNames())).toBe(code);
});

test.each([
  ['New Jersey', 'US', 'NJ'],
  ['nj', undefined, 'NJ'],
  ['WA', 'AU', 'AU-WA'],
  ['Bavaria', 'DE', 'Bavaria'],
])('the region %s of %s is %s', (text, country, region) => {
  expect(readRegion(text, country)).toBe(region);
});
