import { parseArgs } from 'node:util';
import { InvalidInputError } from '@credatlas/model';
import { z } from 'zod';

const configSchema = z.object({
  host: z.string().min(1, 'a host name or address of this machine').default('127.0.0.1'),
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'a whole number from 0 to 65535 (0 picks a free one)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a whole number from 0 to 65535 (0 picks a free one)')
    .prefault('8081'),
  community: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/, 'lower-case letters, digits, - and _')
    .default('ce-registry'),
  market: z.boolean().default(false),
});

export type Config = z.infer<typeof configSchema>;

/**
 * Reads `--host --port --community --market`; the first three also as REGISTRY_HOST, REGISTRY_PORT and REGISTRY_COMMUNITY, names of
 * their own because a server that starts this one has a HOST and PORT itself. Throws InvalidInputError `invalid_configuration`.
 */
export function readConfig(given: { args: string[]; env: Record<string, string | undefined> }): Config {
  const flags = readFlags(given.args);
  const parsed = configSchema.safeParse({
    host: given.env.REGISTRY_HOST || undefined,
    port: given.env.REGISTRY_PORT || undefined,
    community: given.env.REGISTRY_COMMUNITY || undefined,
    ...flags,
  });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: allowed is ${message}.`);
  throw new InvalidInputError('invalid_configuration', faults.join('\n'));
}

function readFlags(args: string[]): Record<string, string | boolean | undefined> {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { host: text, port: text, community: text, market: { type: 'boolean' } } })
      .values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInputError('invalid_configuration', reason, { cause });
  }
}
