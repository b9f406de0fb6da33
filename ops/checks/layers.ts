import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Room, SourceFile } from './sources.ts';

/** Layer of each room; a room imports only from lower ones (`house`: stages and adapters share layer 3 and never meet). */
const layerOf: Record<string, number> = {
  '@credatlas/model': 0,
  '@credatlas/ports': 1,
  '@credatlas/ctdl': 2,
  // Reads documents in CTDL's own terms, so it stands on ctdl (decision 0005).
  '@credatlas/linked-data': 2.5,
  '@credatlas/documents': 2,
  '@credatlas/skills': 2,
  '@credatlas/crawl': 3,
  '@credatlas/normalize': 3,
  '@credatlas/identity': 3,
  '@credatlas/index': 3,
  '@credatlas/query': 3,
  '@credatlas/publish': 3,
  '@credatlas/verify': 3,
  '@credatlas/fetch-undici': 3,
  '@credatlas/store-sqlite': 3,
  '@credatlas/search-embedded': 3,
  '@credatlas/search-elastic': 3,
  '@credatlas/http-express': 3,
};
const serviceLayer = 4;
const testLayer = 5;

/** Outside libraries that have one room, and the rooms where each may be imported. */
const roomsOf: Record<string, string[]> = {
  jsonld: ['packages/linked-data'],
  n3: ['packages/linked-data'],
  undici: ['packages/fetch-undici', 'test'],
  'p-limit': ['packages/fetch-undici'],
  'robots-parser': ['packages/fetch-undici'],
  'node:sqlite': ['packages/store-sqlite', 'packages/search-embedded'],
  '@elastic/elasticsearch': ['packages/search-elastic'],
  express: ['packages/http-express'],
  'hyparquet-writer': ['packages/documents'],
  '@modelcontextprotocol/server': ['services/credatlas'],
  stemmer: ['packages/skills'],
  commander: ['services/credatlas', 'services/registry'],
  pino: ['services/credatlas', 'services/registry'],
};

const specifierPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file imports, types included. */
export function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(specifierPattern)].map((match) => match[1] ?? match[2] ?? '');
}

/** Every import that breaks the house's rules: upward, sideways, undeclared, out of the package, past an index, or a library outside its room. */
export function layerFaults(rooms: Room[]): string[] {
  return rooms.flatMap((room) =>
    room.files.flatMap((file) =>
      importsOf(file).flatMap((specifier) => {
        const fault = importFault(room, file, specifier);
        return fault ? [`${file.path} imports ${specifier}: ${fault}`] : [];
      }),
    ),
  );
}

function importFault(room: Room, file: SourceFile, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return relativeFault(room, file, specifier);
  const name = packageOf(specifier);
  const allowed = roomsOf[name];
  if (allowed && !allowed.includes(room.path) && !isTest(room, file)) return `it belongs in ${allowed.join(' or ')}`;
  if (name.startsWith('node:') || builtinModules.includes(name)) return undefined;
  if (room.path === 'ops') return undefined;
  if (!room.dependencies.includes(name) && name !== 'vitest') return `${room.path}/package.json does not declare it`;
  if (!name.startsWith('@credatlas/')) return undefined;
  if (specifier !== name) return 'import the package, not a file in it';
  return isTest(room, file) || layer(room) > (layerOf[name] ?? serviceLayer) ? undefined : 'it is not in a lower layer';
}

function relativeFault(room: Room, file: SourceFile, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(file.path), specifier);
  return target.startsWith(`${room.path}/`) ? undefined : 'the path leaves the package';
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function layer(room: Room): number {
  if (room.path.startsWith('services/')) return serviceLayer;
  return layerOf[room.name ?? ''] ?? testLayer;
}

/** Tests join what they test; the layers bind what ships. */
function isTest(room: Room, file: SourceFile): boolean {
  return room.path === 'test' || file.path.endsWith('.test.ts');
}

/** Every cycle among files of a package, once, as the files it runs through. */
export function fileCycles(rooms: Room[]): string[] {
  return rooms.flatMap(({ files }) => {
    const targets = new Map(files.map((file) => [file.path, relativeTargets(file)]));
    return cyclesIn(targets);
  });
}

function relativeTargets(file: SourceFile): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file.path), specifier));
}

function cyclesIn(targets: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) walk(path, []);
  return cycles;
}
