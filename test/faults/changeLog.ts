import type { SearchChange, SearchDocument } from '@credatlas/model';
import { Dice, generatedDocument } from '../contracts/generatedMarket.ts';

/** Credentials that changes fall on: few, so that most are replaced, withdrawn and come back. */
const credentials = 150;

/** What a store would say has changed at this sequence number: the same in every process. One in six is a deletion. */
export function changeAt(seed: number, seq: number): SearchChange {
  const dice = diceOf(seed, seq);
  const id = `credential ${dice.below(credentials)}`;
  if (dice.below(6) === 0) return { op: 'delete', id, seq };
  return { op: 'upsert', document: { ...generatedDocument(dice, seq), id } };
}

/** Dice of their own for each number; neighbours fall differently. */
export function diceOf(seed: number, number: number): Dice {
  return new Dice(Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b));
}

/** Changes after `since`, up to and with `upTo`. */
export function changesBetween(seed: number, since: number, upTo: number): SearchChange[] {
  return Array.from({ length: Math.max(0, upTo - since) }, (_, index) => changeAt(seed, since + 1 + index));
}

/** What the store holds at this sequence number. */
export function documentsAt(seed: number, seq: number): SearchDocument[] {
  const held = new Map<string, SearchDocument>();
  for (const change of changesBetween(seed, 0, seq)) {
    if (change.op === 'upsert') held.set(change.document.id, change.document);
    else held.delete(change.id);
  }
  return [...held.values()];
}

export async function* streamed<T>(values: readonly T[]): AsyncIterable<T> {
  yield* values;
}
