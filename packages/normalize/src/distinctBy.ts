/** One value for each identity, where the first of it stood, and the last that has it. Most lists hold one value or none: they come back. */
export function distinctBy<T>(values: readonly T[], identityOf: (value: T) => unknown): readonly T[] {
  if (values.length <= 1) return values;
  const found = new Map<unknown, T>();
  for (const value of values) found.set(identityOf(value), value);
  return found.size === values.length ? values : [...found.values()];
}
