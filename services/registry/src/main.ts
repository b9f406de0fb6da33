import { MemoryEnvelopes } from '@credatlas/publish';
import pino from 'pino';
import { readConfig } from './config.ts';
import { sampleMarket } from './market/market.ts';
import { startRegistry } from './startRegistry.ts';

/** The market changes only with this program, so its records carry one date. */
const publishedAt = '2026-11-23T00:00:00.000Z';

const config = readConfig(process.argv.slice(2), process.env);
const logger = pino({ level: 'warn' }, pino.destination(2));
const log = {
  debug: (message: string, fields = {}) => logger.debug(fields, message),
  info: (message: string, fields = {}) => logger.info(fields, message),
  warn: (message: string, fields = {}) => logger.warn(fields, message),
  error: (message: string, fields = {}) => logger.error(fields, message),
};
const clock = { now: () => Date.now(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

const envelopes = new MemoryEnvelopes({ community: config.community });
if (config.market) for (const graph of sampleMarket()) envelopes.put(graph, publishedAt);
const server = await startRegistry({ ...config, envelopes, clock, log });
process.stdout.write(
  `${JSON.stringify({ origin: server.origin, community: config.community, envelopes: await envelopes.total() })}\n`,
);

let isEnding = false;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await server.close();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
// Whoever started this holds its standard input: when that closes, it is gone, and so are we.
process.stdin.resume().on('close', () => void end());
process.stdin.on('end', () => void end());
