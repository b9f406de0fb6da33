import type { SimilarList } from '@credatlas/query';
import { expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { ctid, en, graph, iri, price, skill } from './queryMarket.ts';

const organization = (number: number) =>
  graph('organization', number, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(`School ${number}`) });

interface Offer {
  owner: number;
  name: string;
  skills: string[];
  cost?: number;
}

const offer = (number: number, { owner, name, skills, cost }: Offer) =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en(name),
    'ceterms:ownedBy': [iri('organization', owner)],
    'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': skills.map(skill) }],
    ...(cost === undefined ? {} : { 'ceterms:estimatedCost': price(cost) }),
  });

const documents = [
  ...[1, 2, 3].map(organization),
  offer(1, { owner: 1, name: 'Circus Arts Certificate', skills: ['Juggling', 'Tumbling', 'Fire eating'], cost: 1000 }),
  offer(2, { owner: 2, name: 'Certificate in Circus', skills: ['Juggling', 'Tumbling'], cost: 800 }),
  offer(3, { owner: 2, name: 'Street theatre', skills: ['Juggling', 'Miming', 'Busking'] }),
  offer(4, { owner: 1, name: 'Circus Arts Certificate II', skills: ['Juggling', 'Tumbling', 'Fire eating'] }),
  offer(5, { owner: 3, name: 'Circus', skills: [] }),
  offer(6, { owner: 3, name: 'Bookkeeping', skills: ['Double entry'] }),
];

const market = await marketOfFile(documents);

const similar = (number: number, query: Record<string, string> = {}) =>
  market.get(`/v1/credentials/${ctid('credential', number)}/similar`, query);
const numbers = ({ results }: SimilarList): number[] => results.map((result) => Number(result.ctid?.slice(-3)));

test('equivalents of other providers, most alike first, with why and what differs', async () => {
  const { status, body } = await similar(1);
  expect(status).toBe(200);
  // Weights 5 of skills, 2.5 of the name, 0.5 of the family: (5 × 2/3 + 2.5 + 0.5) / 8, and (0 + 2.5 + 0.5) / 8.
  expect((body as SimilarList).results.map(({ likeness }) => likeness)).toEqual([0.792, 0.375]);
  expect(numbers(body)).toEqual([2, 5]);
  expect(body.results[0]).toMatchObject({
    because: [
      { measure: 'skills', detail: '2 of 3 skills, and 0 others' },
      { measure: 'name', value: 1, detail: 'both are about "circus"' },
      { measure: 'family', value: 1 },
    ],
    skillsCompared: {
      shared: [{ label: 'Juggling' }, { label: 'Tumbling' }],
      onlyHere: [{ label: 'Fire eating' }],
      onlyThere: [],
    },
    differences: { cost: { here: 1000, there: 800, difference: -200 }, durationDays: { difference: null } },
  });
});

test('a filter narrows them', async () => {
  expect(numbers((await similar(1, { filter: 'cost:<900' })).body)).toEqual([2]);
});

test.each([
  [{ filter: 'colour:red' }, 'filter'],
  [{ size: '-1' }, 'size'],
  [{ on: 'someday' }, 'on'],
])('%j is refused, naming %s', async (query, parameter) => {
  const { status, body } = await similar(1, query as unknown as Record<string, string>);
  expect(status).toBe(400);
  expect(body.errors[0]).toMatchObject({ parameter });
});

test('what is not there is 404', async () => {
  expect((await similar(99)).status).toBe(404);
});
