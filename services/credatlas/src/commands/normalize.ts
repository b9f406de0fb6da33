import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type FoundDocument, type RefusedDocument, readDocuments } from '@credatlas/documents';
import { NotFoundError } from '@credatlas/model';
import { type NormalizedDocument, normalizeDocument } from '@credatlas/normalize';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes } from '../exitCodes.ts';

type Outcome = { uri: string } & (NormalizedDocument | { refused: { code: string; reason: string } });

/** `credatlas normalize FILE`: what becomes of each document of a file, by itself; nothing is stored. */
export async function normalizeCommand(context: CommandContext, file: string): Promise<number> {
  const { cwd, terminal, json, clock, signal } = context;
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new NotFoundError('no_such_file', `There is no file ${path}. Correct the name.`);
  const at = new Date(clock.now()).toISOString();
  let hasProblems = false;
  for await (const found of readDocuments({ name: path, bytes: readFileSync(path) })) {
    signal.throwIfAborted();
    const outcome = await outcomeOf(found, { path, at });
    hasProblems ||= outcome.refused !== undefined;
    if (json) terminal.print(JSON.stringify(outcome));
    else describe(context, outcome);
  }
  return hasProblems ? exitCodes.problems : exitCodes.done;
}

async function outcomeOf(
  found: FoundDocument | RefusedDocument,
  { path, at }: { path: string; at: string },
): Promise<Outcome> {
  if ('refused' in found) {
    const { code, reason, line, column } = found.refused;
    return { uri: [path, line, column].filter((part) => part !== undefined).join(':'), refused: { code, reason } };
  }
  const uri = path + found.part;
  return { uri, ...(await normalizeDocument(found.text, { uri, at })) };
}

function describe({ terminal }: CommandContext, outcome: Outcome): void {
  terminal.print(terminal.strong(outcome.uri));
  if (outcome.refused) terminal.print(`  refused: ${outcome.refused.reason}`);
  if (!('credentials' in outcome)) return;
  for (const { name, kind, ctid, uri, skills, issues } of outcome.credentials) {
    terminal.print(`  ${kind} ${Object.values(name)[0] ?? '(no name)'}, ${skills.length} skills (${ctid ?? uri})`);
    for (const issue of issues) terminal.print(`    ${issue.severity} ${issue.path}: ${issue.message}`);
  }
  for (const { name, ctid, uri } of outcome.organizations)
    terminal.print(`  organization ${Object.values(name)[0] ?? '(no name)'} (${ctid ?? uri})`);
  for (const issue of outcome.issues) terminal.print(`  ${issue.severity} ${issue.path}: ${issue.message}`);
}
