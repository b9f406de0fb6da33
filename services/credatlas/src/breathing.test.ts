import { expect, test } from 'vitest';
import { breathing } from './breathing.ts';

/** Works for `ms` without letting anything else run, as a synchronous store does. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

class Busy {
  readonly #name = 'busy';
  async call(): Promise<string> {
    work(10);
    return this.#name;
  }
  async *stream(): AsyncIterable<number> {
    for (let item = 0; item < 10; item++) {
      work(10);
      yield item;
    }
  }
}

test('timers get their turn while a port is called again and again', async () => {
  const port = breathing(new Busy());
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  for (let call = 0; call < 10; call++) expect(await port.call()).toBe('busy');
  const afterCalls = turns;
  expect(await Array.fromAsync(port.stream())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  clearInterval(timer);
  expect(afterCalls).toBeGreaterThan(1);
  expect(turns).toBeGreaterThan(afterCalls + 1);
});
