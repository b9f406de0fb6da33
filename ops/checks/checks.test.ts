import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileCycles, layerFaults } from './layers.ts';
import { nameFaults, styleFaults } from './names.ts';
import { lockFileFaults, topFaults } from './repository.ts';
import { sizeReport } from './sizes.ts';
import { type Room, readRooms } from './sources.ts';

const root = join(import.meta.dirname, '..', '..');
const rooms = readRooms(root);

describe('the repository', () => {
  test('layers: no import goes up, sideways, undeclared, out of its package or into a library of another room', () => {
    expect(layerFaults(rooms)).toEqual([]);
  });
  test('layers: no file imports itself round a corner', () => {
    expect(fileCycles(rooms)).toEqual([]);
  });
  test('sizes: no file above 300 code lines, the median at most 80', () => {
    expect(sizeReport(rooms).faults).toEqual([]);
  });
  test('names: no file is called after nothing', () => {
    expect(nameFaults(rooms)).toEqual([]);
  });
  test('style: named errors, no empty catch, the environment read in one place, indexes that only re-export', () => {
    expect(styleFaults(rooms)).toEqual([]);
  });
  test('top: only what the house knows stands at the top', () => {
    expect(topFaults(root)).toEqual([]);
  });
  test('lock file: it names no address', () => {
    expect(lockFileFaults(root)).toEqual([]);
  });
  test.each([
    ['types', 'tsc', ['-p', '.']],
    ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
    ['unused files, exports and dependencies', 'knip', []],
    ['compose file, by the published schema', 'dclint', ['--max-warnings', '0', 'compose.yaml']],
  ])(
    '%s',
    (_title, command, args) => {
      const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', command), args, {
        cwd: root,
        encoding: 'utf8',
      });
      expect(`${status}\n${status === 0 ? '' : stdout + stderr}`).toBe('0\n');
    },
    600_000,
  );
});

describe('the checks themselves', () => {
  const planted = (path: string, text: string, dependencies: string[] = []): Room => ({
    path,
    name: `@credatlas/${path.split('/')[1]}`,
    dependencies,
    files: [{ path: `${path}/src/planted.ts`, text }],
  });
  test.each([
    ['upward', planted('packages/ctdl', "import { x } from '@credatlas/query';", ['@credatlas/query'])],
    [
      'sideways',
      planted('packages/query', "import { x } from '@credatlas/store-sqlite';", ['@credatlas/store-sqlite']),
    ],
    ['undeclared', planted('packages/query', "import { x } from '@credatlas/model';")],
    ['path-escaping', planted('packages/query', "export { x } from '../../model/src/index.ts';")],
    [
      'past an index',
      planted('packages/query', "import { x } from '@credatlas/model/src/money.ts';", ['@credatlas/model']),
    ],
    ['library of another room', planted('packages/query', "import express from 'express';", ['express'])],
    ['dynamic', planted('packages/query', "await import('@credatlas/store-sqlite')", ['@credatlas/store-sqlite'])],
    [
      'several lines',
      planted('packages/query', "import {\n  x,\n} from '@credatlas/store-sqlite';", ['@credatlas/store-sqlite']),
    ],
  ])('a planted %s import is found', (_kind, room) => {
    expect(layerFaults([room])).toHaveLength(1);
  });
  test('a planted cycle is found', () => {
    const files = [
      { path: 'packages/a/src/one.ts', text: "import { two } from './two.ts';" },
      { path: 'packages/a/src/two.ts', text: "import { one } from './one.ts';" },
    ];
    expect(fileCycles([{ path: 'packages/a', dependencies: [], files }])).toHaveLength(1);
  });
  test('a planted slip in a compose file is found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'credatlas-compose-'));
    const text = readFileSync(join(root, 'compose.yaml'), 'utf8').replace('    mem_limit:', '    memory_limit:');
    writeFileSync(join(folder, 'compose.yaml'), text);
    const command = join(root, 'node_modules', '.bin', 'dclint');
    const { status, stdout } = spawnSync(command, ['compose.yaml'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stdout]).toEqual([1, expect.stringContaining('must NOT have additional properties')]);
  });
  test('a planted long file, empty name, plain error and empty catch are found', () => {
    const room = planted('packages/a', `${'x();\n'.repeat(301)}throw new Error('x');\ntry { y(); } catch {}`);
    room.files[0]!.path = 'packages/a/src/utils.ts';
    expect(sizeReport([room]).faults).toHaveLength(2);
    expect(nameFaults([room])).toHaveLength(1);
    expect(styleFaults([room])).toHaveLength(2);
  });
});
