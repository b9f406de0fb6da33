import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One TypeScript file of a room: a package, a service, `ops` or `test`. */
export interface SourceFile {
  /** Path from the root, with forward slashes. */
  path: string;
  text: string;
}

export interface Room {
  /** `packages/model`, `services/credatlas`, `test`. */
  path: string;
  /** Name in its package.json; `ops` has none. */
  name?: string;
  /** Everything its package.json declares. */
  dependencies: string[];
  files: SourceFile[];
}

/** All rooms of the repository with their sources; generated files included, dependencies not. */
export function readRooms(root: string): Room[] {
  const paths = ['packages', 'services'].flatMap((top) => readdirSync(join(root, top)).map((name) => `${top}/${name}`));
  return [...paths, 'test', 'ops'].map((path) => readRoom(root, path));
}

function readRoom(root: string, path: string): Room {
  const manifest = manifestOf(join(root, path, 'package.json'));
  return {
    path,
    ...(manifest.name ? { name: manifest.name } : {}),
    dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    files: sourceFiles(root, join(root, path)),
  };
}

interface Manifest {
  name?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function manifestOf(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

function sourceFiles(root: string, folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}
