import { InvalidInputError } from '@credatlas/model';

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Names of what people keep are the same in any letter case. */
export function nameOf(text: string): string {
  return text.trim().toLowerCase();
}

/** Throws InvalidInputError `invalid_name` for what no address should hold. */
export function checkedName(text: string): string {
  const name = nameOf(text);
  if (namePattern.test(name)) return name;
  const detail = `"${text.slice(0, 100)}" cannot be a name: letters a to z, digits, dot, dash and underscore, at most 64.`;
  throw new InvalidInputError('invalid_name', detail, {
    faults: [{ code: 'invalid_name', parameter: 'name', detail }],
  });
}
