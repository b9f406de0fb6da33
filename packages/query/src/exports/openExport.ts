import { writeFile } from 'node:fs/promises';
import { InvalidInputError } from '@credatlas/model';
import type { QueryDependencies } from '../dependencies.ts';
import { queryContext } from '../queryContext.ts';
import { aboutExport, citationOf } from './aboutExport.ts';
import type { Piece } from './exportFormats.ts';
import { exportBody } from './exportQuery.ts';
import { prepareExport } from './prepareExport.ts';
import type { ExportAbout } from './schemas.ts';
import { writePieces } from './writePieces.ts';

interface Watching {
  signal: AbortSignal;
  /** Told how many credentials have been written. */
  counted(rows: number): void;
}

/** An export for whoever has the store at hand. */
export interface OpenedExport {
  about: ExportAbout;
  pieces(watching: Watching): AsyncIterable<Piece>;
  /** Writes the file, and beside it `FILE.about.json` with what it holds; answers that. */
  writeTo(path: string, watching: Watching): Promise<ExportAbout>;
}

/** Takes the parameters as they are written. Throws InvalidInputError for what cannot be read. */
export async function openExport(
  dependencies: QueryDependencies,
  parameters: Record<string, string>,
): Promise<OpenedExport> {
  const { data: order, error } = exportBody.safeParse(parameters);
  if (!order) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'parameters'}: ${message}.`);
    throw new InvalidInputError('invalid_parameter', faults.join(' '));
  }
  const context = queryContext(dependencies);
  const prepared = await prepareExport(context, order);
  const about = await aboutExport(context, prepared);
  return {
    about,
    pieces: (watching) => prepared.pieces(watching),
    writeTo: async (path, { signal, counted }) => {
      let rows = 0;
      const count = (written: number): void => {
        rows = written;
        counted(written);
      };
      const file = await writePieces(path, prepared.pieces({ signal, counted: count }));
      const whole = { ...about, rows, ...file };
      const told = { ...whole, citation: citationOf(whole) };
      await writeFile(`${path}.about.json`, `${JSON.stringify(told, undefined, 2)}\n`);
      return told;
    },
  };
}
