/** A JSON value as it goes over the wire. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface ToolAnswer {
  /** The answer, or what was wrong: `code`, `detail` and `errors[]` as in the API's problems. */
  value: JsonObject;
  isError: boolean;
}

/** A question that an agent may ask: what the protocol's library is given, so that nothing else knows that library. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  /** JSON Schema of the arguments. */
  input: JsonObject;
  /** JSON Schema of an answer that is no error. */
  output: JsonObject;
  /** Never throws for a wrong argument; throws when a neighbour failed in a way that is no answer. */
  call(given: Record<string, unknown>, signal: AbortSignal): Promise<ToolAnswer>;
}
