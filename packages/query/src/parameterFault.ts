import { InvalidInputError } from '@credatlas/model';

/** The refusal of one query parameter; `position` is the offset in its text. */
export function parameterFault(
  code: string,
  fault: { parameter: string; detail: string; position?: number; suggestion?: string | undefined },
): InvalidInputError {
  const { suggestion, ...rest } = fault;
  const where = fault.position === undefined ? fault.parameter : `${fault.parameter}, position ${fault.position}`;
  return new InvalidInputError(code, `${where}: ${fault.detail}`, {
    faults: [{ code, ...rest, ...(suggestion === undefined ? {} : { suggestion }) }],
  });
}

export interface ListItem {
  text: string;
  position: number;
}

/** The items of a list joined by commas, those in parentheses and quotes aside, with their places; empty items are left out. */
export function listItems(text: string | undefined): ListItem[] {
  return [...(text ?? '').matchAll(/(?:\([^)]*\)|"[^"]*"|[^,])+/g)].flatMap(({ 0: item, index }) => {
    const trimmed = item.trim();
    return trimmed === '' ? [] : [{ text: trimmed, position: index + item.indexOf(trimmed) }];
  });
}
