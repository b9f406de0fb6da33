import { fstatSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CredatlasError, InvalidInputError } from '@credatlas/model';
import { MemoryEnvelopes } from '@credatlas/publish';
import pino from 'pino';
import { readConfig } from './config.ts';
import { sampleMarket } from './market/market.ts';
import { startRegistry } from './startRegistry.ts';

/** The market changes only with this program, so its records carry one date; move it on with whatever changes them. */
const publishedAt = '2026-11-23T00:00:00.000Z';

try {
  await serve();
} catch (error) {
  if (!(error instanceof CredatlasError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof InvalidInputError ? 2 : 1;
}

async function serve(): Promise<void> {
  const config = readConfig({ args: process.argv.slice(2), env: process.env });
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const log = {
    debug: (message: string, fields = {}) => logger.debug(fields, message),
    info: (message: string, fields = {}) => logger.info(fields, message),
    warn: (message: string, fields = {}) => logger.warn(fields, message),
    error: (message: string, fields = {}) => logger.error(fields, message),
  };
  const clock = { now: () => Date.now(), sleep: async (ms: number) => delay(ms) };
  const { community } = config;
  const envelopes = new MemoryEnvelopes({ community });
  if (config.market) for (const graph of sampleMarket()) envelopes.put(graph, publishedAt);
  const server = await startRegistry({ ...config, envelopes, clock, log });
  endWith(server);
  const announcement = { origin: server.origin, community, envelopes: await envelopes.total() };
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
}

function endWith(server: { close(): Promise<void> }): void {
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await server.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Who starts this over a pipe holds its standard input: when that closes, it is gone, and so are we. A service has none to hold.
  const input = fstatSync(process.stdin.fd);
  if (input.isFIFO() || input.isSocket()) process.stdin.on('close', end).on('error', end).resume();
}
