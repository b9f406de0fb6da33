import { setImmediate as nextTurn } from 'node:timers/promises';

/** A request that comes meanwhile waits about this long at most. */
const breathMs = 25;

/**
 * The same port, but now and then after a call, or between two items of a stream, the event loop gets a turn: a store in this
 * process works synchronously, and requests, timers and signals would otherwise wait until a whole stage is done.
 */
export function breathing<Port extends object>(port: Port): Port {
  let turnedAt = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - turnedAt < breathMs) return;
    await nextTurn();
    turnedAt = performance.now();
  };
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => withBreath(Reflect.apply(value, target, given), breathe);
    },
  });
}

function withBreath(answer: unknown, breathe: () => Promise<void>): unknown {
  if (answer instanceof Promise) return answer.then((given: unknown) => breathe().then(() => given));
  const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
  return isStream ? breathingStream(answer as AsyncIterable<unknown>, breathe) : answer;
}

async function* breathingStream(items: AsyncIterable<unknown>, breathe: () => Promise<void>): AsyncIterable<unknown> {
  for await (const item of items) {
    await breathe();
    yield item;
  }
}
