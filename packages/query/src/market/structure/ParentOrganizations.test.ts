import type { CredentialReader } from '@credatlas/ports';
import { expect, test } from 'vitest';
import { ParentOrganizations } from './ParentOrganizations.ts';

async function topsOf(parents: Record<string, string>): Promise<Record<string, string>> {
  const reader = { lastSeq: async () => 1, parentOrganizations: async () => new Map(Object.entries(parents)) };
  return Object.fromEntries(await new ParentOrganizations(reader as unknown as CredentialReader).merged());
}

test('a branch of a branch counts as the organization at the top', async () => {
  expect(await topsOf({ branch: 'college', college: 'university' })).toEqual({
    branch: 'university',
    college: 'university',
  });
});

test('organizations that are part of one another are one', async () => {
  expect(await topsOf({ b: 'a', a: 'b', c: 'b', d: 'd' })).toEqual({ a: 'a', b: 'a', c: 'a', d: 'd' });
});
