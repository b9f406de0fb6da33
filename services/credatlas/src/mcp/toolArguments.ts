import { InvalidInputError } from '@credatlas/model';
import type { Route } from '@credatlas/ports';

/** An argument as the text that an address holds. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrongArgument(name, 'give one text, number, true or false; a list is one text, as its description says');
}

function wrongArgument(name: string, detail: string): InvalidInputError {
  const fault = { code: 'invalid_parameter', parameter: name, detail: `"${name}": ${detail}.` };
  return new InvalidInputError(fault.code, fault.detail, { faults: [fault] });
}

/**
 * The address that asks a route with these arguments; what it does not know stays among them, for the route to refuse. Throws
 * InvalidInputError naming the argument that is missing or is no single value.
 */
export function addressOf(
  { path }: Pick<Route, 'path'>,
  given: Record<string, unknown>,
): { path: string; query: Record<string, string> } {
  // Agents write null for what they leave out.
  const stated = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  const query = Object.fromEntries(stated.map(([name, value]) => [name, textOf(name, value)]));
  const asked = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { [name]: text = '' } = query;
    delete query[name];
    if (text === '') throw wrongArgument(name, 'it is needed');
    return encodeURIComponent(text);
  });
  return { path: asked, query };
}
