/** `1 credential`, `1,234 credentials`; `many` where the plural has no plain s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
