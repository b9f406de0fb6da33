import { BrokenInvariantError } from '@credatlas/model';
import type { Route } from '@credatlas/ports';
import { z } from 'zod';
import type { JsonObject } from './Tool.ts';

/** What an answer has beside the API's own: which lists were shortened, and by how much. */
const cutSchema = z
  .array(z.object({ at: z.string().describe('JSON pointer of the list.'), shown: z.int(), of: z.int() }))
  .describe('Lists that were shortened so that the answer stays short; empty: it is whole.');

export type Cut = z.infer<typeof cutSchema>;

/** Parameters of a route, those of its path first. Tools answer in JSON alone, so `format` is none of theirs. */
export function parametersOf({ path, request }: Route): Record<string, z.ZodType> {
  const given = request.path?.shape ?? {};
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const { format: _format, ...query } = request.query?.shape ?? {};
  return { ...Object.fromEntries(names.map((name) => [name, (given[name] ?? z.string()) as z.ZodType])), ...query };
}

/** JSON Schema of a tool's arguments: the parameters of its route, each as it is when read. */
export function inputSchemaOf(route: Route): JsonObject {
  const parameters = parametersOf(route);
  const { $schema, ...schema } = z.toJSONSchema(z.object(parameters), {
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      // In an address a list is one text, and so says its description.
      if (path.length === 2 && jsonSchema.type === 'array') {
        jsonSchema.type = 'string';
        delete jsonSchema.items;
        delete jsonSchema.maxItems;
      }
    },
  });
  const required = Object.keys(parameters).filter((name) => !parameters[name]!.safeParse(undefined).success);
  return { ...(schema as JsonObject), required };
}

/** JSON Schema of what a tool answers: the answer of its route, and what was cut from it. */
export function outputSchemaOf({ operationId, response }: Route): JsonObject {
  if (!(response.schema instanceof z.ZodObject))
    throw new BrokenInvariantError(`The answer of ${operationId} is no object, so no tool can be made of it.`);
  const { $schema, ...schema } = z.toJSONSchema(response.schema.extend({ cut: cutSchema }), { unrepresentable: 'any' });
  return schema as JsonObject;
}
