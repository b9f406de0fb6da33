import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Log } from '@credatlas/ports';
import { destination, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // The promise is to return when the signal fires, not to fail.
      if (!signal?.aborted) throw error;
    }
  },
};

const secretNames = ['token', 'adminToken', 'password', 'authorization', 'apiKey'];

/** JSON lines on standard error, written at once so that none is lost when the process ends. */
export function jsonLog(level: Config['logLevel']): Log {
  const logger = pino(
    {
      level,
      base: undefined,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
    },
    destination({ dest: 2, sync: true }),
  );
  return {
    debug: write(logger, 'debug'),
    info: write(logger, 'info'),
    warn: write(logger, 'warn'),
    error: write(logger, 'error'),
  };
}

function write(logger: Logger, level: 'debug' | 'info' | 'warn' | 'error'): Log['info'] {
  return (message, fields) => logger[level](fields ?? {}, message);
}
