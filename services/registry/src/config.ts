import { parseArgs } from 'node:util';
import { z } from 'zod';

const schema = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8081),
  community: z.string().default('ce-registry'),
  market: z.boolean().default(false),
});

/** Flags over environment over defaults. */
export function readConfig(args: string[], environment: NodeJS.ProcessEnv): z.infer<typeof schema> {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      community: { type: 'string' },
      market: { type: 'boolean' },
    },
  });
  return schema.parse({ host: environment.HOST, port: environment.PORT, ...values });
}
