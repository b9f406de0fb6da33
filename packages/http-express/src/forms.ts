import type { Form, Route } from '@credatlas/ports';
import { z } from 'zod';
import { accepted } from './acceptance.ts';

const json = { format: 'json', mediaType: 'application/json' } as const;

/** JSON, or one of the route's forms. */
export type ChosenForm = typeof json | Form;

/** What the answers of a route can be had as, JSON first; nothing when there is nothing to choose. */
export function formsOf({ method, dialect, response }: Route): readonly [ChosenForm, ...ChosenForm[]] | undefined {
  const isChosen = method === 'GET' && dialect !== 'registry' && response.mediaType === undefined;
  return isChosen ? [json, ...(response.forms ?? [])] : undefined;
}

/** The route with the parameter `format`. */
export function withFormat(route: Route): Route {
  const formats = formsOf(route)?.map(({ format }) => format);
  if (!formats) return route;
  const format = z
    .enum(formats)
    .optional()
    .describe(`${formats.join(', ')}; unless given, by the ending of the path, then by Accept.`);
  const query = (route.request.query ?? z.object({})).safeExtend({ format });
  return { ...route, request: { ...route.request, query } };
}

/** The form that was asked for: by parameter, by ending, by `Accept`, in this order. */
export function chosenForm(
  forms: readonly [ChosenForm, ...ChosenForm[]],
  { format, ending, accept }: { format: unknown; ending: string | undefined; accept: string | undefined },
): ChosenForm {
  const named = format ?? ending;
  return named === undefined ? accepted(accept, forms) : forms.find((form) => form.format === named)!;
}

/** `Link` (RFC 8288) to the other forms of an answer. */
export function alternates(
  forms: readonly ChosenForm[],
  { chosen, address, parameters }: { chosen: ChosenForm; address: string; parameters: URLSearchParams },
): string[] {
  return forms
    .filter((form) => form !== chosen)
    .map(({ format, mediaType }) => {
      const asked = new URLSearchParams(parameters);
      asked.set('format', format);
      return `<${address}?${asked}>; rel="alternate"; type="${mediaType}"`;
    });
}
