import { expect, test } from 'vitest';
import { marketOfFile } from './marketOfFile.ts';
import { concept, ctid, en, graph, iri, place } from './queryMarket.ts';

const requires = (course: number) => ({
  'ceterms:requires': [
    { '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri('course', course)] },
  ],
});
const badge = (number: number, more = {}) =>
  graph('credential', number, { '@type': 'ceterms:Badge', 'ceterms:name': en(`Badge ${number}`), ...more });

const documents = [
  // Two offerings, one with an address of its own in the graph; one that says itself when it is held; one that says nothing.
  graph('course', 1, {
    '@type': 'ceterms:Course',
    'ceterms:name': en('Welding at night'),
    'ceterms:hasOffering': [
      {
        '@type': 'ceterms:ScheduledOffering',
        'ceterms:name': en('Autumn'),
        'ceterms:scheduleTimingType': [...concept('scheduleTiming:Evening'), ...concept('scheduleTiming:Weekdays')],
        'ceterms:scheduleFrequencyType': concept('scheduleFrequency:Weekly'),
        'ceterms:offerFrequencyType': concept('scheduleFrequency:SemiAnnually'),
        'ceterms:deliveryType': concept('deliveryType:InPerson'),
        'ceterms:availableAt': place('Newark', 'New Jersey', 'United States'),
        'ceterms:availabilityListing': ['https://college.example/dates'],
        'ceterms:startDate': '2026-09-07',
      },
      {
        '@type': 'ceterms:ScheduledOffering',
        'ceterms:deliveryType': concept('deliveryType:OnlineOnly'),
        'ceterms:availableOnlineAt': ['https://college.example/online'],
      },
    ],
  }),
  graph('course', 2, {
    '@type': 'ceterms:Course',
    'ceterms:name': en('Brazing'),
    'ceterms:offerFrequencyType': concept('scheduleFrequency:Annually'),
  }),
  graph('course', 3, { '@type': 'ceterms:Course', 'ceterms:name': en('Casting') }),
  badge(1, requires(1)),
  badge(2, requires(2)),
  badge(3, requires(3)),
];

const market = await marketOfFile(documents);

const shown = async (number: number) => (await market.get(`/v1/credentials/${ctid('credential', number)}`)).body;

test('a credential says when, where and how its courses are held, each with its place in the document', async () => {
  const { offerings, sourcePaths } = await shown(1);
  expect(offerings).toMatchObject([
    {
      of: { ctid: ctid('course', 1), name: 'Welding at night' },
      name: 'Autumn',
      start: '2026-09-07',
      timing: ['Evening', 'Weekdays'],
      frequency: ['Weekly'],
      offered: ['SemiAnnually'],
      delivery: ['InPerson'],
      places: [{ city: 'Newark', region: 'NJ', country: 'US', basis: 'offering' }],
      onlineAt: [],
      listings: ['https://college.example/dates'],
    },
    { timing: [], delivery: ['OnlineOnly'], places: [], onlineAt: ['https://college.example/online'], listings: [] },
  ]);
  expect(offerings[1]).not.toHaveProperty('start');
  expect([sourcePaths['/offerings/0'], sourcePaths['/offerings/1']]).toEqual([
    `${iri('course', 1)}#/@graph/0/ceterms:hasOffering/0`,
    `${iri('course', 1)}#/@graph/0/ceterms:hasOffering/1`,
  ]);
});

test('a comparison shows schedules side by side, and says where none is stated', async () => {
  const ids = [1, 3].map((number) => ctid('credential', number)).join(',');
  const { rows } = (await market.get('/v1/compare', { ids })).body;
  const row = rows.find(({ field }: { field: string }) => field === 'schedule');
  expect(row.values).toEqual([
    [
      {
        of: 'Welding at night',
        start: '2026-09-07',
        timing: ['Evening', 'Weekdays'],
        frequency: ['Weekly'],
        offered: ['SemiAnnually'],
        delivery: ['InPerson'],
        listings: ['https://college.example/dates'],
      },
      { of: 'Welding at night', delivery: ['OnlineOnly'] },
    ],
    null,
  ]);
  expect(JSON.stringify(row)).toContain('no course that it requires says when it is held');
});

test('a course may say itself how often it is offered; where nothing is stated nothing is said', async () => {
  expect((await shown(2)).offerings).toMatchObject([
    { of: { name: 'Brazing' }, name: 'Brazing', offered: ['Annually'] },
  ]);
  expect(await shown(3)).not.toHaveProperty('offerings');
});
