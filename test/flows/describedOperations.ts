import { ctid } from './queryMarket.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
}

/** As much of OpenAPI as requests are made from. */
export interface Description {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Parameter[];
        requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }> };
      }
    >
  >;
  components: { schemas: Record<string, Schema> };
}

/** An operation as the server describes it, with a request that it answers. */
export interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  /** Members that a body may have. */
  members: string[];
  base: { path: string; query: Record<string, string>; body?: unknown };
}

type Known = Readonly<Record<string, string>>;

/** Values that an operation needs and its examples do not give, or not for the market of these tests; by path and name, or by name. */
const needed: Known = {
  '/v1/organizations/{id} id': ctid('organization', 1),
  '/v1/organizations/{id}/report id': ctid('organization', 1),
  '/v1/pathways from': ctid('credential', 1),
  '/v1/coverage skills': 'Chess|Figures',
  '/v1/bundles skills': 'Chess|Figures',
  '/v1/market/supply skills': 'Chess',
  id: ctid('credential', 1),
  other: ctid('credential', 3),
  ids: `${ctid('credential', 1)},${ctid('credential', 3)}`,
  ctid: ctid('credential', 1),
  key: 'chess',
};

/** What is written first can be read then, and is deleted last. */
const order = ['PUT', 'POST', 'GET', 'DELETE'];

/** Every operation of a description: one that is added is among them by itself. `known`: more values that operations need. */
export function describedOperations({ paths, components }: Description, known: Known = {}): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
      const content = requestBody?.content['application/json'];
      const named = components.schemas[content?.schema.$ref?.split('/').pop() ?? ''];
      const members = Object.keys(content?.schema.properties ?? named?.properties ?? {});
      const [example] = Object.values(content?.examples ?? {});
      const body = example ? { body: example.value } : {};
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        members,
        base: { ...addressOf(path, { parameters, known: { ...needed, ...known } }), ...body },
      };
    }),
  );
  return operations.sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
}

function addressOf(
  path: string,
  { parameters, known }: { parameters: readonly Parameter[]; known: Known },
): Operation['base'] {
  const values = new Map(parameters.map((parameter) => [parameter.name, exampleOf(path, parameter, known)]));
  const query = parameters.flatMap(({ name, in: place, required }) => {
    const isNeeded = required || known[`${path} ${name}`] !== undefined;
    const value = values.get(name);
    return place === 'query' && isNeeded && value !== undefined ? [[name, value]] : [];
  });
  return {
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? 'nothing')),
    query: Object.fromEntries(query),
  };
}

function exampleOf(path: string, { name, example, examples = {} }: Parameter, known: Known): string | undefined {
  const [first] = Object.values(examples);
  const value = known[`${path} ${name}`] ?? known[name] ?? example ?? first?.value;
  return value === undefined ? undefined : String(value);
}
