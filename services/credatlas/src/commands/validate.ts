import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type FoundDocument, type RefusedDocument, readDocuments } from '@credatlas/documents';
import { InvalidInputError } from '@credatlas/model';
import { DocumentValidator, Neighbours, refusedValidation, type Validation } from '@credatlas/publish';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes } from '../exitCodes.ts';
import { printTotals, printValidation, type Totals } from './validatePrinting.ts';

/** Files of a folder that may hold documents. */
const documentFile = /\.(?:json|jsonld|ndjson|jsonl|txt|zip)$/i;

/**
 * `credatlas validate FILE… [--resolve FILE…]`: what is wrong, doubtful or undecidable in each document, and how complete its resources
 * are. Ends with problems when there is an error; warnings and notes do not count. With `--json` one line per document, as the API has it.
 */
export async function validateCommand(
  context: CommandContext,
  files: string[],
  options: { resolve?: string[] },
): Promise<number> {
  const { terminal, json, cwd, clock, signal } = context;
  const on = new Date(clock.now()).toISOString().slice(0, 10);
  const paths = filesOf(files, cwd);
  const neighbours = options.resolve && (await readNeighbours(filesOf(options.resolve, cwd), { on, signal }));
  const validator = new DocumentValidator();
  const totals: Totals = { documents: 0, error: 0, warning: 0, note: 0, undetermined: 0 };
  for (const { path, name } of paths) {
    for await (const found of readDocuments({ name: path, bytes: readFileSync(path) })) {
      signal.throwIfAborted();
      const validation = await judged(found, (document, source) =>
        validator.validate(document, { neighbours, on, source }),
      );
      const file = name + (found.part === '' ? '' : `#${found.part}`);
      count(totals, validation);
      if (json) terminal.print(JSON.stringify({ file, ...validation }));
      else printValidation(terminal, { file, validation });
    }
  }
  if (!json) printTotals(terminal, totals);
  return totals.error > 0 ? exitCodes.problems : exitCodes.done;
}

async function judged(
  found: FoundDocument | RefusedDocument,
  validate: (document: unknown, source: { text: string; line: number }) => Promise<Validation>,
): Promise<Validation> {
  return 'refused' in found ? refusedValidation(found.refused) : validate(found.value, found);
}

async function readNeighbours(files: NamedFile[], given: { on: string; signal: AbortSignal }): Promise<Neighbours> {
  const neighbours = new Neighbours({ on: given.on });
  for (const { path } of files) {
    for await (const found of readDocuments({ name: path, bytes: readFileSync(path) })) {
      given.signal.throwIfAborted();
      if (!('refused' in found)) await neighbours.add(found.value);
    }
  }
  return neighbours;
}

interface NamedFile {
  path: string;
  /** As the caller named it. */
  name: string;
}

/** The files themselves, and of folders all that may hold documents, by name. Throws InvalidInputError for one that is not there. */
function filesOf(names: readonly string[], cwd: string): NamedFile[] {
  return names.flatMap((name) => {
    const path = resolve(cwd, name);
    if (!existsSync(path)) throw new InvalidInputError('no_such_file', `There is no file ${path}. Correct the name.`);
    if (!statSync(path).isDirectory()) return [{ path, name }];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && documentFile.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ path: file, name: join(name, relative(path, file)) }));
  });
}

function count(totals: Totals, { totals: more }: Validation): void {
  totals.documents += 1;
  for (const severity of ['error', 'warning', 'note', 'undetermined'] as const) totals[severity] += more[severity];
}
