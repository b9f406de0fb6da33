import { type Fault, InvalidInputError, nearestName } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import type { ZodObject, ZodType, z } from 'zod';

/**
 * Query parameters, parsed by the route's schema. Unknown and repeated parameters are refused, unless the route speaks the registry's
 * dialect or its schema is loose. Throws InvalidInputError with a fault per parameter.
 */
export function readQuery(route: Route, parameters: URLSearchParams): Record<string, unknown> {
  const schema = route.request.query;
  if (!isLenient(route)) refuseUnexpected(schema, parameters);
  const given: Record<string, string> = {};
  for (const [name, value] of parameters) given[name] ??= value;
  if (!schema) return given;
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw badParameters(parsed.error.issues.map((issue) => parameterFault(schema, issue)));
}

function isLenient(route: Route): boolean {
  return route.dialect === 'registry' || route.request.query?.def.catchall?._zod.def.type === 'unknown';
}

function refuseUnexpected(schema: ZodObject | undefined, parameters: URLSearchParams): void {
  const known = Object.keys(schema?.shape ?? {});
  const faults = [...new Set(parameters.keys())].flatMap((name) => {
    if (!known.includes(name)) return [unknownParameter(name, known)];
    return parameters.getAll(name).length > 1 ? [repeatedParameter(name)] : [];
  });
  if (faults.length > 0) throw badParameters(faults);
}

function unknownParameter(name: string, known: string[]): Fault {
  const suggestion = nearestName(name, known);
  const choices = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'None is known here.';
  return {
    code: 'unknown_parameter',
    parameter: name,
    detail: `There is no parameter "${shortened(name)}". ${choices}`,
    ...(suggestion ? { suggestion } : {}),
  };
}

function repeatedParameter(name: string): Fault {
  return {
    code: 'repeated_parameter',
    parameter: name,
    detail: `"${name}" is given more than once. Give it once; several values are joined within it.`,
  };
}

function parameterFault(schema: ZodObject, issue: z.core.$ZodIssue): Fault {
  const parameter = String(issue.path[0] ?? '');
  const description = (schema.shape[parameter] as ZodType | undefined)?.description;
  const suggestion = nearestChoice(issue);
  return {
    code: 'invalid_parameter',
    parameter,
    detail: `"${parameter}": ${issue.message}.${description ? ` It is: ${description}` : ''}`,
    ...(suggestion ? { suggestion } : {}),
  };
}

function nearestChoice(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string') return undefined;
  return nearestName(issue.input, issue.values.map(String));
}

function badParameters(faults: Fault[]): InvalidInputError {
  const first = faults[0]!;
  return new InvalidInputError(first.code, faults.map(({ detail }) => detail).join(' '), { faults });
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
