import { createApp, listen } from '@credatlas/http-express';
import type { Clock, EnvelopeReader, Log } from '@credatlas/ports';
import { registryRoutes } from '@credatlas/publish';

/** Serves envelopes with the Credential Registry's routes; answers where, and how to stop. Throws as `listen` does. */
export async function startRegistry(given: {
  envelopes: EnvelopeReader;
  community: string;
  host: string;
  port: number;
  clock: Clock;
  log: Log;
}): Promise<{ origin: string; close(): Promise<void> }> {
  // The port comes first: links of pages name it, and 0 is known only when it is taken.
  const server = await listen({ host: given.host, port: given.port });
  const app = createApp({
    routes: registryRoutes({ envelopes: given.envelopes, community: given.community }),
    log: given.log,
    clock: given.clock,
    title: 'Credatlas registry',
    version: '0.1.0',
    publicUrl: server.origin,
  });
  server.serve(app.handler);
  return server;
}
