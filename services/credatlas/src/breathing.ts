import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The same port, but after each call of these methods the event loop gets a turn: a store in this process works synchronously, and
 * requests, timers and signals would otherwise wait until a whole stage is done.
 */
export function breathing<Port extends object>(port: Port, methods: (keyof Port & string)[]): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...given: unknown[]) => Promise<unknown>;
      if (!methods.includes(name as keyof Port & string)) return method;
      return async (...given: unknown[]) => {
        const answer = await method(...given);
        await nextTurn();
        return answer;
      };
    },
  });
}
