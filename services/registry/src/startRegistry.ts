import { createApp } from '@credatlas/http-express';
import type { Clock, EnvelopeReader, Log } from '@credatlas/ports';
import { registryRoutes } from '@credatlas/publish';

/** Serves envelopes with the Credential Registry's routes; answers where, and how to stop. */
export async function startRegistry(given: {
  envelopes: EnvelopeReader;
  community: string;
  host: string;
  port: number;
  clock: Clock;
  log: Log;
}): Promise<{ origin: string; close(): Promise<void> }> {
  const app = createApp({
    routes: registryRoutes({ envelopes: given.envelopes, community: given.community }),
    log: given.log,
    clock: given.clock,
    title: 'Credatlas registry',
    version: '0.1.0',
    publicUrl: `http://${given.host}:${given.port}`,
  });
  return app.listen({ host: given.host, port: given.port });
}
