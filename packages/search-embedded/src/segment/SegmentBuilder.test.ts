import type { SearchDocument } from '@credatlas/model';
import { expect, test } from 'vitest';
import { SegmentBuilder } from './SegmentBuilder.ts';

function buildDocument(id: string, given: Partial<SearchDocument>): SearchDocument {
  return { id, seq: 1, text: {}, keywords: {}, numbers: {}, recognitions: [], sortName: id, suggestions: [], ...given };
}

const documents = [
  buildDocument('c', { text: { name: [['first', 'aid']], skills: [['aid'], ['aid', 'bandage']] } }),
  buildDocument('a', {
    keywords: { skill: ['z', 'b', 'z'], region: ['TX'] },
    numbers: { credit: 3 },
    suggestions: [{ field: 'skill', value: 'z', tokens: ['zeal'] }],
  }),
  buildDocument('d', { recognitions: [{ agents: [], role: 'tier:high' }], points: [{ latitude: 1, longitude: 2 }] }),
  buildDocument('b', {
    text: { name: [['aid']], inferredSkills: [['first'], ['second']] },
    keywords: { skill: ['b'] },
    numbers: { days: 7 },
    suggestions: [
      { field: 'skill', value: 'z', tokens: ['zest', 'zeal'] },
      { field: 'skill', value: 'b', tokens: ['zest'] },
    ],
  }),
];

test('documents make the same segment all at once as one by one', () => {
  const [whole, single] = [new SegmentBuilder(), new SegmentBuilder()];

  whole.add(documents);
  for (const document of documents) single.add([document]);

  expect(single.size).toBe(4);
  expect(single.finish()).toEqual(whole.finish());
});

test('values without a document are not suggested, those with one by the tokens of all their labels', () => {
  const builder = new SegmentBuilder();
  const suggestions = [{ field: 'subject' as const, value: 'nursing', tokens: ['nursing'] }];

  builder.add([...documents, buildDocument('e', { suggestions })]);

  const arrays = builder.finish();
  expect(arrays.has('suggest.subject.ranks')).toBe(false);
  expect(Buffer.from(arrays.get('suggest.skill.bytes') as Uint8Array).toString()).toBe('zealzest');
  expect(arrays.get('suggest.skill.starts')).toEqual(Uint32Array.of(0, 1, 3));
});
