import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText, type FoundDocument, type RefusedDocument, readDocuments } from '@credatlas/documents';
import { counted, NotFoundError } from '@credatlas/model';
import { DocumentNormalizer, type NormalizedDocument, type SourceDocument } from '@credatlas/normalize';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes } from '../exitCodes.ts';

type Outcome = { uri: string } & (NormalizedDocument | { refused: { code: string; reason: string } });

/** Documents of one file that are joined with one another, and held in memory together. */
const mostJoined = 5_000;

/** `credatlas normalize FILE`: what becomes of each document of a file, joined with the others in it; nothing is stored. */
export async function normalizeCommand(context: CommandContext, file: string): Promise<number> {
  const { cwd, terminal, json, signal } = context;
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new NotFoundError('no_such_file', `There is no file ${path}. Correct the name.`);
  const normalizer = new DocumentNormalizer();
  let hasProblems = false;
  for await (const batch of batchesOf(path)) {
    signal.throwIfAborted();
    for (const outcome of await outcomesOf(batch, { path, normalizer, context })) {
      hasProblems ||= outcome.refused !== undefined;
      if (json) terminal.print(JSON.stringify(outcome));
      else describe(context, outcome);
    }
  }
  return hasProblems ? exitCodes.problems : exitCodes.done;
}

type Found = FoundDocument | RefusedDocument;

async function* batchesOf(path: string): AsyncIterable<Found[]> {
  let batch: Found[] = [];
  for await (const found of documentsOf(path)) {
    batch.push(found);
    if (batch.length < mostJoined) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A file of statements is one document as it stands. */
function documentsOf(path: string): AsyncIterable<Found> | Iterable<Found> {
  const bytes = readFileSync(path);
  if (!/\.(ttl|nt|nq)$/i.test(path)) return readDocuments({ name: path, bytes });
  const { text } = decodeText(bytes);
  return [{ part: '', text, value: undefined, line: 1 }];
}

async function outcomesOf(
  batch: readonly Found[],
  given: { path: string; normalizer: DocumentNormalizer; context: CommandContext },
): Promise<Outcome[]> {
  const { path, normalizer, context } = given;
  const readable = batch.filter((found): found is FoundDocument => !('refused' in found));
  const documents = readable.map(({ text, part, address }): SourceDocument => {
    const ending = part === '' ? '' : `#${part}`;
    return { text, uri: (address ?? path) + ending };
  });
  const at = new Date(context.clock.now()).toISOString();
  const answers = await normalizer.normalize(documents, { at });
  const read = answers.map((answer, index): Outcome => ({ uri: documents[index]!.uri, ...answer })).values();
  return batch.map((found): Outcome => {
    if (!('refused' in found)) return read.next().value!;
    const { code, reason, line, column } = found.refused;
    return { uri: [path, line, column].filter((each) => each !== undefined).join(':'), refused: { code, reason } };
  });
}

function describe({ terminal }: CommandContext, outcome: Outcome): void {
  terminal.print(terminal.strong(outcome.uri));
  if (outcome.refused) terminal.print(`  refused: ${outcome.refused.reason}`);
  if (!('credentials' in outcome)) return;
  for (const { name, kind, ctid, uri, skills, issues } of outcome.credentials) {
    terminal.print(
      `  ${kind} ${Object.values(name)[0] ?? '(no name)'}, ${counted(skills.length, 'skill')} (${ctid ?? uri})`,
    );
    for (const issue of issues) terminal.print(`    ${issue.severity} ${issue.path}: ${issue.message}`);
  }
  for (const { name, ctid, uri } of outcome.organizations)
    terminal.print(`  organization ${Object.values(name)[0] ?? '(no name)'} (${ctid ?? uri})`);
  for (const issue of outcome.issues) terminal.print(`  ${issue.severity} ${issue.path}: ${issue.message}`);
}
