import type { Room } from './sources.ts';

const emptyNames = /(^|\/)(utils?|helpers?|common|misc|types|managers?|shared|lib)(\/|\.ts$)/i;

/** Files and folders whose name says nothing about their content. */
export function nameFaults(rooms: Room[]): string[] {
  return rooms
    .flatMap(({ files }) => files)
    .filter(({ path }) => emptyNames.test(path))
    .map(({ path }) => `${path}: name it after what it holds`);
}

/** Rules of the house that the linter has no rule for. */
export function styleFaults(rooms: Room[]): string[] {
  return rooms
    .flatMap(({ files }) => files)
    .filter(({ path }) => !path.endsWith('.test.ts') && !path.startsWith('ops/checks/'))
    .flatMap(({ path, text }) => [
      ...(/\bnew Error\(/.test(text) ? [`${path}: throws a plain Error; use a named one of the model`] : []),
      ...(/catch\s*(\([^)]*\))?\s*\{\s*\}/.test(text) ? [`${path}: an empty catch hides a failure`] : []),
      ...(/process\.env/.test(text) && isShipped(path) && !/(^|\/)(config|main)\.ts$/.test(path)
        ? [`${path}: reads the environment outside config.ts`]
        : []),
      ...(path.endsWith('/index.ts') && /export\s+(const|function|class)|export \*/.test(text)
        ? [`${path}: an index only re-exports, by name`]
        : []),
    ]);
}

function isShipped(path: string): boolean {
  return path.startsWith('packages/') || path.startsWith('services/');
}
