import type { SearchDocument } from '@credatlas/model';
import { expect, test } from 'vitest';
import { SegmentKeeper } from '../segment/SegmentKeeper.ts';
import { LiveSegment } from './LiveSegment.ts';
import { strictMatches, TextStatistics } from './strictText.ts';
import { strongestScored } from './strongestScored.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Every document says "welding", every second "safety", in ever longer descriptions; a few say it in their name. */
function segment(size: number): LiveSegment {
  const documents = Array.from({ length: size }, (_, number): SearchDocument => {
    const words = ['welding', ...(number % 2 === 0 ? ['safety'] : []), ...new Array(number % 97).fill('other')];
    return {
      id: `d${number}`,
      seq: 1,
      text: { ...(number % 199 === 0 ? { name: [['welding']] } : {}), description: [words] },
      keywords: {},
      numbers: {},
      recognitions: [],
      sortName: '',
      suggestions: [],
    };
  });
  const keeper = new SegmentKeeper({ folder: undefined, log });
  const { added } = keeper.apply(
    documents.map((document) => ({ op: 'upsert', document })),
    1,
  );
  return new LiveSegment(added[0]!);
}

function best({ documents, scores }: ReturnType<typeof strongestScored>, size: number): [number, number][] {
  return Array.from(documents, (document, at): [number, number] => [scores[at]!, document])
    .sort(([a, one], [b, other]) => b - a || one - other)
    .slice(0, size);
}

test.each([[['welding']], [['welding', 'safety']], [['safety', 'safety']]])(
  'of many hits of %j few are scored, the best among them',
  (tokens) => {
    const live = segment(6_000);
    const documents = strictMatches(live, [{ tokens, phrase: false, variants: [] }]);
    const statistics = new TextStatistics([live], tokens);
    const all = strongestScored(live, tokens, { documents, statistics, size: documents.length });
    expect(all.documents).toHaveLength(tokens[1] ? 3_000 : 6_000);
    const few = strongestScored(live, tokens, { documents, statistics, size: 5 });
    expect(few.documents.length).toBeLessThan(150);
    expect(best(few, 5)).toEqual(best(all, 5));
  },
);

test('where the best are too many to be told apart by their strongest token, all are scored', () => {
  const live = segment(6_000);
  const documents = strictMatches(live, [{ tokens: ['welding'], phrase: false, variants: [] }]);
  const statistics = new TextStatistics([live], ['welding']);
  expect(strongestScored(live, ['welding'], { documents, statistics, size: 200 }).documents).toHaveLength(6_000);
});
