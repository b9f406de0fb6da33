import type { Coverage } from '@credatlas/query';
import { describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { ctid, en, graph, iri, price, skill } from './queryMarket.ts';

const course = (number: number, skills: { teaches?: string[]; assesses?: string[] }) =>
  graph('course', number, {
    '@type': 'ceterms:Course',
    'ceterms:name': en(`Course ${number}`),
    'ceterms:teaches': skills.teaches?.map(skill) ?? [],
    'ceterms:assesses': skills.assesses?.map(skill) ?? [],
  });

const credential = (number: number, node: Record<string, unknown>) =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en(`Certificate ${number}`),
    'ceterms:ownedBy': [iri('organization', 1)],
    'ceterms:requires': [
      { '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri('course', number)] },
    ],
    ...node,
  });

const documents = [
  graph('organization', 1, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en('Trade school') }),
  course(1, { teaches: ['Welding', 'Blueprint reading'] }),
  credential(1, { 'ceterms:estimatedCost': price(1000) }),
  course(2, { teaches: ['Welding'], assesses: ['Welding'] }),
  credential(2, {}),
  course(3, { teaches: ['Customer service', 'Blueprint reading', 'Welding'] }),
  credential(3, { 'ceterms:estimatedCost': price(3000) }),
  course(4, { teaches: ['Basket weaving by night'] }),
  credential(4, {}),
];

const market = await marketOfFile(documents);

const three = 'Welding|Blueprint reading|Customer service';
const ask = async (query: Record<string, string>): Promise<Coverage> => {
  const { status, body } = await market.get('/v1/coverage', query);
  expect(status).toBe(200);
  return body;
};
const numbers = ({ results }: Coverage): number[] => results.map((result) => Number(result.ctid?.slice(-3)));

describe('coverage', () => {
  test('those that cover most come first, and say by which statement', async () => {
    const answer = await ask({ skills: three });
    expect(numbers(answer)).toEqual([3, 1, 2]);
    expect(answer.meta).toMatchObject({ total: 3, totals: { strict: 3, expanded: 3 }, n: 3, min: 1 });
    expect(answer.recognized.map(({ asked, credentials }) => [asked[0], credentials])).toEqual([
      ['Welding', 3],
      ['Blueprint reading', 2],
      ['Customer service', 1],
    ]);
    const last = answer.results[2]!;
    expect(last.covered).toMatchObject([
      {
        asked: ['Welding'],
        relation: 'assesses',
        confidence: 'labelOnly',
        via: { uri: iri('course', 2) },
        path: `${iri('course', 2)}#/@graph/0/ceterms:assesses/0`,
        statements: 2,
      },
    ]);
    expect(last.missing.map(({ asked }) => asked[0])).toEqual(['Blueprint reading', 'Customer service']);
  });

  test('among equals the assessed come first, then the lowest id', async () => {
    expect(numbers(await ask({ skills: 'welding' }))).toEqual([2, 1, 3]);
  });

  test.each([
    [{ min: '2' }, 2, [3, 1]],
    [{ min: '3' }, 3, [3]],
    [{ share: '0.5' }, 2, [3, 1]],
    [{ share: '0.6667' }, 3, [3]],
    [{ relation: 'assesses' }, 1, [2]],
    [{ relation: 'teaches|assesses', min: '2' }, 2, [3, 1]],
    [{ filter: 'cost:<2000' }, 1, [1]],
    [{ q: 'certificate 3' }, 1, [3]],
  ])('%j asks for %i and finds %j', async (more, min, expected) => {
    const answer = await ask({ skills: three, ...more });
    expect(answer.meta.min).toBe(min);
    expect(numbers(answer)).toEqual(expected);
    expect(answer.meta.total).toBe(expected.length);
  });

  test('a name that nothing is known by counts, and is told', async () => {
    const answer = await ask({ skills: 'Welding|Flux capacitor tuning', share: '1' });
    expect(answer).toMatchObject({ meta: { n: 2, min: 2, total: 0 }, unrecognized: ['Flux capacitor tuning'] });
  });

  test('several names of one skill count once', async () => {
    const answer = await ask({ skills: 'Welding|WELDING|"welding"' });
    expect(answer.meta.n).toBe(1);
    expect(answer.recognized[0]?.asked).toEqual(['Welding', 'WELDING', 'welding']);
  });

  test('pages lead through all of them, each once', async () => {
    const seen: number[] = [];
    let after: string | null | undefined;
    do {
      const page: Coverage = await ask({ skills: three, size: '1', ...(after ? { after } : {}) });
      seen.push(...numbers(page));
      after = page.next;
    } while (after);
    expect(seen).toEqual([3, 1, 2]);
  });

  test('skills are recognised in a text, with their places; the rest of it does not count', async () => {
    const text = 'You know customer service. You can do welding, and juggle flaming torches.';
    const { body } = await market.send({ method: 'POST', path: '/v1/coverage', body: { text } });
    const mentions = (body as Coverage).recognized.map(({ mention }) => text.slice(mention?.start, mention?.end));
    expect(mentions.sort()).toContain('customer service');
    expect(body.unrecognized).toEqual([]);
    expect(body.unrecognizedText).toEqual([{ text: 'juggle flaming torches', start: 51, end: 73 }]);
    expect(numbers(body)[0]).toBe(3);
  });

  test('what of a text is not recognised is told by lines, sentences, items and alternatives, in its order', async () => {
    const text = [
      'Night porter (Springfield)',
      '- welding; welding and blueprint reading, for 1,200.50 a month',
      '- juggle flaming torches, or eat fire and so on',
      '- Basket Weaving  by Night. Both basket weaving by night and sword-swallowing!',
      'You are with us from 2024.',
    ].join('\n');
    const { body } = await market.send({ method: 'POST', path: '/v1/coverage', body: { text, min: 1 } });
    const { recognized, unrecognizedText, meta } = body as Coverage;
    // The last is known by no public scheme, but certificate 4 states it by just these words.
    expect(recognized.map(({ label }) => label)).toContain('Basket weaving by night');
    expect(recognized.filter(({ label }) => label === 'Basket weaving by night')).toMatchObject([
      { asked: ['Basket Weaving  by Night'], mention: { start: 140, end: 164, score: 1 }, credentials: 1 },
    ]);
    expect(unrecognizedText.map((part) => part.text)).toEqual([
      'Night porter',
      'Springfield',
      '1,200.50 a month',
      'juggle flaming torches',
      'eat fire',
      'sword-swallowing',
    ]);
    for (const part of unrecognizedText) expect(text.slice(part.start, part.end)).toBe(part.text);
    expect([meta.n, meta.warnings]).toEqual([recognized.length, []]);
    expect(numbers(body)).toContain(4);
  });

  test('without a text nothing of one is left over; bundles tell the same', async () => {
    expect((await ask({ skills: three })).unrecognizedText).toEqual([]);
    const { body } = await market.send({
      method: 'POST',
      path: '/v1/bundles',
      body: { text: 'welding, juggling of knives', objective: 'count' },
    });
    expect(body.unrecognizedText).toEqual([{ text: 'juggling of knives', start: 9, end: 27 }]);
  });

  test('a text without any skill is refused by name', async () => {
    const { status, body } = await market.send({ method: 'POST', path: '/v1/coverage', body: { text: 'Hello there' } });
    expect([status, body.code, body.errors]).toMatchObject([400, 'no_skills', [{ parameter: 'text' }]]);
  });

  test.each([
    [{}, 'skills', 'no_skills'],
    [{ skills: ' | ' }, 'skills', 'no_skills'],
    [{ skills: three, min: '4' }, 'min', 'min_too_large'],
    [{ skills: three, min: '1', share: '1' }, 'share', 'min_and_share'],
    [{ skills: three, min: '0' }, 'min', undefined],
    [{ skills: three, share: '1.5' }, 'share', undefined],
    [{ skills: three, relation: 'proves' }, 'relation', undefined],
    [{ skills: three, filter: 'colour:red' }, 'filter', 'unknown_filter_field'],
    [{ skills: three, after: 'x' }, 'after', 'malformed_cursor'],
    [{ skills: Array.from({ length: 101 }, (_, n) => `skill ${n} x`).join('|') }, 'skills', 'too_many_skills'],
  ])('%j is refused, naming %s', async (query, parameter, code) => {
    const { status, body } = await market.get('/v1/coverage', query as unknown as Record<string, string>);
    expect(status).toBe(400);
    expect(JSON.stringify(body.errors)).toContain(`"${parameter}`);
    if (code) expect(body.code).toBe(code);
  });
});

test('what is withdrawn covers nothing', async () => {
  market.remove('credential', 3);
  await market.update();
  expect(numbers(await ask({ skills: three }))).toEqual([1, 2]);
  expect((await market.get(`/v1/credentials/${ctid('credential', 3)}`)).status).toBe(410);
});
