import type { Room, SourceFile } from './sources.ts';

const maxFileLines = 300;
const maxMedianLines = 80;

export interface SizeReport {
  files: number;
  medianLines: number;
  longest: { path: string; lines: number }[];
  faults: string[];
}

/** Code lines (no blanks, no comments) of everything that ships; generated files and tests are left out. Functions are the linter's matter. */
export function sizeReport(rooms: Room[]): SizeReport {
  const sizes = rooms
    .filter(({ path }) => path !== 'test')
    .flatMap(({ files }) => files)
    .filter(({ path }) => !path.endsWith('.test.ts') && !path.includes('/generated/'))
    .map((file) => ({ path: file.path, lines: codeLines(file) }))
    .sort((a, b) => b.lines - a.lines);
  const medianLines = sizes[Math.floor(sizes.length / 2)]?.lines ?? 0;
  const long = sizes.filter(({ lines }) => lines > maxFileLines);
  return {
    files: sizes.length,
    medianLines,
    longest: sizes.slice(0, 5),
    faults: [
      ...long.map(
        ({ path, lines }) =>
          `${path} has ${lines} code lines; the cap is ${maxFileLines}. Give its second idea a file.`,
      ),
      ...(medianLines > maxMedianLines
        ? [`The median file has ${medianLines} code lines; the cap is ${maxMedianLines}.`]
        : []),
    ],
  };
}

export function codeLines(file: SourceFile): number {
  const withoutBlocks = file.text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '');
  return withoutBlocks.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
