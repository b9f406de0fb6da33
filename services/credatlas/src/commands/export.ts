import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { counted } from '@credatlas/model';
import { type ExportAbout, openExport } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes } from '../exitCodes.ts';
import { withLocalApi } from '../localApi.ts';
import { parametersIn, textOf } from './query.ts';

/** `credatlas export [words…] [--output FILE]` */
export function exportCommand(
  context: CommandContext,
  words: string[],
  { output, ...options }: Record<string, unknown>,
): Promise<number> {
  const { terminal, signal, cwd, json } = context;
  const parameters = { format: 'csv', ...parametersIn(options), ...textOf(words) };
  return withLocalApi(context, async ({ dependencies }) => {
    const opened = await openExport(dependencies, parameters);
    for (const warning of opened.about.warnings) terminal.say(`Note: ${warning}`);
    const { total } = opened.about;
    const watching = { signal, counted: (rows: number) => terminal.report('export', rows, total) };
    if (output === undefined) {
      await pipeline(Readable.from(opened.pieces(watching), { objectMode: false }), process.stdout, { end: false });
      terminal.endProgress();
      return exitCodes.done;
    }
    const path = resolve(cwd, String(output));
    const about = await opened.writeTo(path, watching);
    terminal.endProgress();
    if (json) terminal.print(JSON.stringify(about));
    else terminal.say(`${path}: ${inWords(about)}\nWhat it holds, for whoever cites it: ${path}.about.json`);
    return exitCodes.done;
  });
}

function inWords({ rows, bytes, sha256 }: ExportAbout): string {
  return `${counted(rows, 'credential')}, ${counted(bytes ?? 0, 'byte')}, SHA-256 ${sha256}`;
}
