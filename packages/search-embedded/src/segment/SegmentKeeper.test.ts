import type { SearchChange, SearchDocument } from '@credatlas/model';
import { expect, test } from 'vitest';
import { textAt } from '../arrays/StringTable.ts';
import { LiveSegment } from '../search/LiveSegment.ts';
import { SegmentKeeper } from './SegmentKeeper.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

function buildDocument(id: string, seq: number): SearchDocument {
  return {
    id,
    seq,
    text: { name: [[id]] },
    keywords: {},
    numbers: { credit: seq },
    recognitions: [],
    sortName: id,
    suggestions: [],
  };
}

/** What a searcher sees that hears of every change: the number of each live document. */
class Told {
  segments = new Map<number, LiveSegment>();

  hear({ added, removed, deleted }: ReturnType<SegmentKeeper['apply']>): void {
    for (const uid of removed) this.segments.delete(uid);
    for (const data of added) this.segments.set(data.uid, new LiveSegment(data));
    for (const { uid, document } of deleted) this.segments.get(uid)?.delete(document);
  }

  get documents(): Map<string, number> {
    const found = new Map<string, number>();
    for (const { segment, deleted } of this.segments.values())
      for (let document = 0; document < segment.size; document++) {
        const { ranks, values } = segment.numbers.credit!;
        if (!deleted[document]) found.set(textAt(segment.ids, document), values[ranks[document]! - 1]!);
      }
    return found;
  }
}

test('changes one by one are all seen, once, and in few segments, however often young ones become one', () => {
  const keeper = new SegmentKeeper({ folder: undefined, log });
  const [told, expected] = [new Told(), new Map<string, number>()];
  let most = 0;
  for (let seq = 1; seq <= 3_000; seq++) {
    // Of seven changes one deletes and two come again to what may lie in a young segment, a grown one or none.
    const id = seq % 7 < 3 ? `d${(seq * 31) % (seq + 10)}` : `d${seq}`;
    const isDeletion = seq % 7 === 0;
    const change: SearchChange = isDeletion
      ? { op: 'delete', id, seq }
      : { op: 'upsert', document: buildDocument(id, seq) };
    if (isDeletion) expected.delete(id);
    else expected.set(id, seq);
    told.hear(keeper.apply([change], seq));
    most = Math.max(most, told.segments.size);
  }

  expect([...told.documents].sort()).toEqual([...expected].sort());
  expect(most).toBeLessThan(100);
  expect(most).toBeGreaterThan(64);
});

test('changes a few at a time are all seen, once', () => {
  const keeper = new SegmentKeeper({ folder: undefined, log });
  const [told, expected] = [new Told(), new Map<string, number>()];
  for (let seq = 1; seq <= 300; seq++) {
    const documents = Array.from({ length: 1 + ((seq * 13) % 40) }, (_, at) => buildDocument(`d${seq * 20 + at}`, seq));
    for (const { id } of documents) expected.set(id, seq);
    told.hear(
      keeper.apply(
        documents.map((document) => ({ op: 'upsert', document })),
        seq,
      ),
    );
  }

  expect([...told.documents].sort()).toEqual([...expected].sort());
  expect(told.segments.size).toBeLessThan(100);
});
