import { expect, test } from 'vitest';
import { shapeOf } from './index.ts';

const context = 'https://credreg.net/ctdl/schema/context/json';
const ctid = 'ce-0b7b7c2e-5a11-4f0a-9a51-3f1c2d4e5f60';
const iri = `https://credentialengineregistry.org/resources/${ctid}`;

test('envelopes are unwrapped, JWT resource included, and keep their facts', () => {
  const graph = { '@context': context, '@id': iri, '@type': 'ceterms:Badge' };
  const facts = {
    envelope_id: 'e1',
    envelope_community: 'ce_registry',
    updated_at: '2024-01-02 03:04:05 UTC',
    owned_by: ctid,
  };
  const jwt = `x.${Buffer.from(JSON.stringify(graph)).toString('base64url')}.y`;
  const expected = {
    shape: 'envelope',
    resource: graph,
    pointer: '/decoded_resource',
    identity: iri,
    envelope: { community: 'ce_registry', envelopeId: 'e1', ownedBy: ctid },
    modifiedAt: '2024-01-02T03:04:05.000Z',
  };
  expect(shapeOf({ ...facts, decoded_resource: graph })).toEqual(expected);
  expect(shapeOf({ ...facts, resource: jwt })).toEqual({ ...expected, pointer: '/resource' });
  expect(shapeOf({ ...facts, resource: JSON.stringify(graph) })).toEqual({ ...expected, pointer: '/resource' });
});

test.each([
  [null],
  [3],
  ['text'],
  [{}],
  [{ a: 1 }],
  [[]],
  [{ '@graph': [] }],
  [{ '@type': 'ceterms:Badge' }],
  [{ decoded_resource: null }],
])('nothing without identity gets one: %j', (document) => {
  expect(shapeOf(document).identity).toBeUndefined();
  expect(shapeOf(document).reason).toBeTruthy();
});

test('the newer style of envelope states its times in ISO 8601, in its headers', () => {
  const envelope = { decoded_resource: { '@id': iri }, node_headers: { updated_at: '2024-01-02T03:04:05.678Z' } };
  expect(shapeOf(envelope).modifiedAt).toBe('2024-01-02T03:04:05.678Z');
});

test('envelopes in envelopes are opened once, so that no nesting can exhaust the stack', () => {
  let nested: object = { '@id': iri };
  for (let level = 0; level < 100_000; level += 1) nested = { decoded_resource: nested };
  expect(shapeOf(nested)).toMatchObject({ shape: 'envelope' });
  expect(shapeOf(nested).identity).toBeUndefined();
});

test('the inputs of the Registry Assistant API are no CTDL', () => {
  const input = { PublishForOrganizationIdentifier: ctid, Assessment: { Name: 'Exam', Ctid: ctid } };
  expect(shapeOf(input)).toMatchObject({ shape: 'unknown' });
});
