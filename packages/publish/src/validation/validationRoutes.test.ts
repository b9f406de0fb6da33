import { expect, test } from 'vitest';
import { validationSchema } from './Finding.ts';
import { validationRoutes } from './validationRoutes.ts';

const clock = { now: () => Date.parse('2026-11-23T12:00:00Z'), sleep: async () => undefined };
const [route] = validationRoutes({ clock });

const ask = (body: unknown) =>
  route!.answer({
    path: {},
    query: {},
    body,
    headers: {},
    url: new URL('http://127.0.0.1/v1/validate'),
    requestId: 'test',
    signal: new AbortController().signal,
  });

test('the example has the three faults that it says, in the shape that the documentation gives', async () => {
  const { body } = await ask(route?.examples?.[0]?.body);
  const { findings } = validationSchema.parse(body);
  const codes = findings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['malformed_language', 'unknown_concept', 'required_property_missing']));
  expect(findings.find(({ code }) => code === 'unknown_concept')?.suggestion).toBe('deliveryType:InPerson');
});

test('neighbours in the body settle references', async () => {
  const document = {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': 'https://example.edu/course',
    '@type': 'ceterms:Course',
    'ceterms:ownedBy': ['https://example.edu/'],
  };
  const owner = { ...document, '@id': 'https://example.edu/', '@type': 'ceterms:CredentialOrganization' };
  const undetermined = async (body: unknown) => validationSchema.parse((await ask(body)).body).totals.undetermined;
  expect(await undetermined(document)).toBe(1);
  expect(await undetermined({ document, neighbours: [owner] })).toBe(0);
});

test('more neighbours than a request may hold are refused', async () => {
  await expect(ask({ document: {}, neighbours: Array.from({ length: 201 }, () => ({})) })).rejects.toMatchObject({
    code: 'invalid_body',
  });
});

test('it needs no token and any JSON is answered', async () => {
  expect(route?.access).toBe('read');
  for (const body of [null, 7, 'text', [], {}]) expect((await ask(body)).body).toMatchObject({ totals: { error: 1 } });
});
