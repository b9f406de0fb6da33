import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { credentialSchema } from './credential.ts';
import { organizationSchema } from './organization.ts';
import { storedForm } from './storedForm.ts';

test('the stored form changes when the schemas of what is stored do: put the new digest into storedForm.ts', () => {
  const schemas = [credentialSchema, organizationSchema].map((schema) =>
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  );
  expect(storedForm).toBe(createHash('sha256').update(JSON.stringify(schemas)).digest('hex').slice(0, 16));
});
