import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { InvalidInputError } from '@credatlas/model';

/** Something to crawl: a registry that speaks the Credential Registry's API, or files. */
export type SourceDescription =
  | { kind: 'registry'; id: string; uri: string; name: string; origin: string; community: string }
  | { kind: 'files'; id: string; uri: string; name: string; path: string };

/** The registry's own community, where an address names none. */
const defaultCommunity = 'ce-registry';
const endpoints = /\/(envelopes|graph|resources|search|community|info)(\/.*)?$/;

/**
 * Reads SOURCE of the command line: a registry's address (with or without its community), a folder or a file. Throws
 * InvalidInputError `unknown_source` for anything else.
 */
export function sourceOf(text: string, options: { cwd: string; id?: string }): SourceDescription {
  if (/^https?:\/\//i.test(text)) return registrySource(text, options.id);
  const path = resolve(options.cwd, text);
  if (!existsSync(path)) {
    throw new InvalidInputError(
      'unknown_source',
      `There is no file or folder ${path}, and "${text}" is no http address. Name a registry, a folder or a file.`,
    );
  }
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return {
    kind: 'files',
    id: options.id ?? `${slug(basename(path))}-${digest}`,
    uri: path,
    name: basename(path),
    path,
  };
}

function registrySource(text: string, id?: string): SourceDescription {
  if (!URL.canParse(text))
    throw new InvalidInputError('unknown_source', `"${text}" is no readable address. Correct it.`);
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '').replace(endpoints, '');
  const community = path.split('/').findLast((part) => part !== '') ?? defaultCommunity;
  const base = path.endsWith(`/${community}`) ? path.slice(0, -community.length - 1) : path;
  const origin = `${url.origin}${base}`;
  const host = slug(`${url.host}${base}`);
  return {
    kind: 'registry',
    id: id ?? `${host}-${slug(community)}`,
    uri: `${origin}/${community}`,
    name: `${url.host} ${community}`,
    origin,
    community,
  };
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain || 'source';
}
