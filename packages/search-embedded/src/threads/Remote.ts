/** An object somewhere else, or here, whose methods all answer with promises. */
export type Remote<T> = {
  [K in keyof T]: T[K] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Awaited<Answer>>
    : never;
};

/** The object itself, by the same interface: for short commands, and for tests. */
export function here<T extends object>(object: T): Remote<T> {
  return new Proxy(object, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return undefined;
      return async (...given: unknown[]) => Reflect.apply(method, target, given) as unknown;
    },
  }) as Remote<T>;
}
