import { readCtid } from '@credatlas/ctdl';
import { InvalidInputError } from '@credatlas/model';

type Query = Record<string, unknown>;

/** CTIDs in one request; each costs a look-up and may answer a whole graph. */
const maxCtids = 1_000;

export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number of at least `least`. Throws InvalidInputError in the registry's words. */
export function wholeOf(query: Query, name: string, given: { least: number; otherwise: number }): number {
  const text = textOf(query, name);
  if (text === undefined) return given.otherwise;
  const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidInputError('invalid_parameter', `${name} is invalid`);
  if (value < given.least) throw new InvalidInputError('invalid_parameter', `${name} does not have a valid value`);
  return value;
}

/** A moment in ISO 8601. Throws InvalidInputError in the registry's words. */
export function momentOf(query: Query, name: string): string | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  // A plus sign that was not percent-encoded arrives as a blank.
  const at = Date.parse(text.replace(/ (?=\d{2}:?\d{2}$)/, '+'));
  if (Number.isNaN(at)) throw new InvalidInputError('invalid_parameter', `${name} is invalid`);
  return new Date(at).toISOString();
}

/** One of a closed list. Throws InvalidInputError in the registry's words. */
export function choiceOf<T extends string>(query: Query, name: string, choices: readonly T[]): T | undefined {
  const text = textOf(query, name);
  const choice = choices.find((each) => each === text);
  if (text !== undefined && choice === undefined)
    throw new InvalidInputError('invalid_parameter', `${name} does not have a valid value`);
  return choice;
}

/** The `ctids` of a body, each once and in lower case; what is no CTID is left out. Throws InvalidInputError in the registry's words. */
export function ctidsOf(body: unknown): string[] {
  const ctids = (body as { ctids?: unknown } | null)?.ctids;
  if (ctids === undefined || ctids === null) throw new InvalidInputError('invalid_body', 'ctids is missing');
  if (!Array.isArray(ctids)) throw new InvalidInputError('invalid_body', 'ctids is invalid');
  if (ctids.length > maxCtids)
    throw new InvalidInputError('too_many_ctids', `ctids has more than ${maxCtids} entries. Ask for fewer at once.`);
  return [...new Set(ctids.flatMap((raw) => (typeof raw === 'string' ? (readCtid(raw).ctid ?? []) : [])))];
}
