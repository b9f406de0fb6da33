import { describe, expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { en, graph, place } from './queryMarket.ts';

/** On the equator, where a degree of longitude is 111.195 km of the sphere. */
const at = (number: number, ...points: [latitude: number, longitude: number][]) =>
  graph('credential', number, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en(`Certificate ${number}`),
    'ceterms:availableAt': points.map(([latitude, longitude]) => ({
      ...place('Town', 'Region', 'Kenya')[0],
      'ceterms:latitude': latitude,
      'ceterms:longitude': longitude,
    })),
  });

const market = await marketOfFile([at(1, [0, 3]), at(2, [0, 40], [0, 1]), at(3, [0, 2]), at(4), at(5, [0, -179])]);

const find = (query: Record<string, string>) => market.get('/v1/credentials', query);
const numbersOf = (results: { ctid: string }[]): number[] => results.map((each) => Number(each.ctid.slice(-3)));

describe('what is near', () => {
  test.each([
    ['near:0..0..112km', [2]],
    ['near:0..0..111km', []],
    ['near:"0..0..112km"', [2]],
    ['near:0..0..69.2mi', [2]],
    ['near:0..0..69mi', []],
    ['near:0..0..223km', [2, 3]],
    ['near:0..180..112km', [5]],
    ['near:0..0..112km|0..3..1km', [1, 2]],
    ['near:!0..0..112km', [1, 3, 5]],
    ['near:*', [1, 2, 3, 5]],
    ['near:none', [4]],
    ['(near:0..3..1km|near:none)', [1, 4]],
  ])('%s finds %j', async (filter, expected) => {
    const { body } = await find({ filter });
    expect(numbersOf(body.results)).toEqual(expected);
  });

  test('comes by its nearest place, which has its distance; without coordinates last either way', async () => {
    const { body } = await find({ filter: 'near:0..0..200km|none|*', sort: 'distance', select: 'ctid,distanceKm' });
    expect(body.results.map((each: { distanceKm: number }) => each.distanceKm)).toEqual([
      111.195,
      222.39,
      333.585,
      19_903.919,
      null,
    ]);
    expect(numbersOf(body.results)).toEqual([2, 3, 1, 5, 4]);
    const far = await find({ filter: 'near:0..0..200km|none|*', sort: '-distance' });
    expect(numbersOf(far.body.results)).toEqual([5, 1, 3, 2, 4]);
  });

  test('is paged by distance', async () => {
    const query = { filter: 'near:0..0..500km', sort: 'distance', size: '2' };
    const first = (await find(query)).body;
    const second = (await find({ ...query, after: first.next })).body;
    expect([numbersOf(first.results), numbersOf(second.results), second.next]).toEqual([[2, 3], [1], null]);
  });

  test.each([
    ['near:0..0', 'malformed_filter', 'filter'],
    ['near:91..0..5km', 'malformed_filter', 'filter'],
    ['near:0..181..5km', 'malformed_filter', 'filter'],
    ['near:0..0..5', 'malformed_filter', 'filter'],
    ['near:0..0..0km', 'malformed_filter', 'filter'],
    ['near:Nairobi', 'malformed_filter', 'filter'],
    ['near:<5km', 'malformed_filter', 'filter'],
    ['family:certificate', 'unknown_sort', 'sort'],
  ])('%s is refused as %s', async (filter, code, parameter) => {
    const { body } = await find({ filter, sort: 'distance' });
    expect(body).toMatchObject({
      status: 400,
      code,
      errors: [{ parameter, suggestion: expect.stringContaining('50') }],
    });
  });
});
