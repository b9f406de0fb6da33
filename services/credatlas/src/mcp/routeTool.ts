import { invokeRoute } from '@credatlas/http-express';
import { CredatlasError, TooLargeError } from '@credatlas/model';
import type { Clock, Log, Route } from '@credatlas/ports';
import { excessOf, maxCharacters, shortened } from './shortened.ts';
import type { JsonObject, Tool, ToolAnswer } from './Tool.ts';
import { addressOf } from './toolArguments.ts';
import { type Cut, inputSchemaOf, outputSchemaOf, parametersOf } from './toolSchemas.ts';

interface Given {
  route: Route;
  log: Log;
  clock: Clock;
  publicUrl: string;
}

type Ask = (more: { size?: number }) => Promise<ToolAnswer>;

/** A route as a tool: its words, its parameters, its answers and its refusals. */
export function routeTool(name: string, given: Given): Tool {
  const { route } = given;
  const routes = [route];
  const isPaged = 'after' in parametersOf(route);
  return {
    name,
    title: route.summary,
    description: [`${route.summary}.`, route.description].filter(Boolean).join(' '),
    input: inputSchemaOf(route),
    output: outputSchemaOf(route),
    call: async (asked, signal) => {
      const ask: Ask = async (more) => {
        const invocation = { ...addressOf(route, { ...asked, ...more }), signal };
        const { status, body } = await invokeRoute(routes, invocation, given);
        return { value: JSON.parse(String(body)) as JsonObject, isError: status >= 400 };
      };
      try {
        return await shortAnswer(ask, isPaged);
      } catch (error) {
        if (error instanceof CredatlasError) return refusal(error);
        throw error;
      }
    },
  };
}

/** An answer that agents can read. A page too long is asked for again, smaller, so that its cursor goes on where it ends. */
async function shortAnswer(ask: Ask, isPaged: boolean): Promise<ToolAnswer> {
  const first = await ask({});
  const of = lengthOf(first.value.results);
  let { value, isError } = first;
  let cut: Cut = [];
  for (let size = of; isPaged && size > 1 && excessOf(value, cut) > 0; ) {
    const share = excessOf(value, cut) / JSON.stringify(value.results).length;
    size = Math.max(1, Math.min(size - 1, Math.floor(size * (1 - share))));
    ({ value, isError } = await ask({ size }));
    cut = [{ at: '/results', shown: size, of }];
  }
  if (isError) return { value, isError };
  const answer = shortened(value, cut);
  if (answer) return { value: answer, isError };
  throw new TooLargeError(
    'answer_too_long',
    `The answer has more than ${maxCharacters} characters. Ask for less: a narrower filter, or fewer facets or dimensions.`,
  );
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function refusal({ code, message, faults }: CredatlasError): ToolAnswer {
  return { value: { code, detail: message, errors: faults.map((fault) => ({ ...fault })) }, isError: true };
}
