import { expect, test } from 'vitest';
import { isTypo } from './isTypo.ts';

test.each([
  ['welding', 'weldng', true],
  ['weldng', 'welding', true],
  ['welding', 'wleding', true],
  ['welding', 'weldimg', true],
  ['welding', 'weldings', true],
  ['welding', 'wedlimg', false],
  ['welding', 'elding', false],
  ['welding', 'melding', false],
  ['welding', 'weldi', false],
  ['welding', 'welding', false],
  ['weld', 'wield', false],
  ['wield', 'weld', true],
  ['excel', 'excel1', false],
  ['class1', 'class', false],
  ['école', 'écoles', true],
])('%s for %s: %s', (token, term, expected) => expect(isTypo(token, term)).toBe(expected));
