import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TokenVerifier } from '@credatlas/http-express';

/** Bytes of chance in a token: 256 bits, so a plain hash of it is as good as a slow one. */
const tokenBytes = 32;

/**
 * The first account. Its token is the configured one, else one made at the first start and handed back as `generated` that one time;
 * only its SHA-256 is kept.
 */
export function openAdminToken(given: { path: string; configured: string | undefined }): {
  verify: TokenVerifier;
  generated?: string;
} {
  if (given.configured !== undefined) return { verify: verifierOf(hashOf(given.configured)) };
  if (existsSync(given.path))
    return { verify: verifierOf(Buffer.from(readFileSync(given.path, 'utf8').trim(), 'hex')) };
  const generated = randomBytes(tokenBytes).toString('base64url');
  mkdirSync(dirname(given.path), { recursive: true });
  writeFileSync(given.path, `${hashOf(generated).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return { verify: verifierOf(hashOf(generated)), generated };
}

function verifierOf(expected: Buffer): TokenVerifier {
  return async (token) => {
    const hash = hashOf(token);
    const isKnown = hash.length === expected.length && timingSafeEqual(hash, expected);
    return isKnown ? { name: 'admin', mayWrite: true } : undefined;
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
