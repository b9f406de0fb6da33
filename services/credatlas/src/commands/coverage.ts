import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@credatlas/model';
import type { Coverage } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { factsOf } from './printing.ts';
import { ask, picked } from './query.ts';

const names = [
  'min',
  'share',
  'relation',
  'filter',
  'mode',
  'size',
  'after',
  'currency',
  'on',
  'context',
  'issuerList',
  'unit',
];

/** `credatlas coverage SKILL… [--text FILE]` */
export async function coverageCommand(
  context: CommandContext,
  skills: string[],
  options: Record<string, unknown>,
): Promise<number> {
  const query = {
    ...picked(options, names),
    // A bar within a name is no other name.
    ...(skills.length > 0 ? { skills: skills.map((skill) => `"${skill.replaceAll('"', '')}"`).join('|') } : {}),
    ...(options.text === undefined ? {} : { text: await textIn(String(options.text)) }),
  };
  return ask(context, { path: '/v1/coverage', query }, (body) => printCoverage(context.terminal, body as Coverage));
}

async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidInputError('unreadable_file', `--text: "${path}" cannot be read: ${reason}.`, { cause: error });
  }
}

/** What was understood, then each credential with its proofs and what it lacks. */
function printCoverage(terminal: Terminal, { meta, recognized, unrecognized, results, next }: Coverage): void {
  const { total, min, n } = meta;
  terminal.print(terminal.strong(`${total.toLocaleString('en')} credentials cover at least ${min} of ${n} skills`));
  for (const warning of meta.warnings) terminal.say(`Note: ${warning}`);
  for (const { label, credentials } of recognized)
    terminal.print(`  ${credentials.toLocaleString('en').padStart(7)}  ${label}`);
  for (const name of unrecognized) terminal.print(`        ?  ${name}: no skill is known by this name`);
  for (const result of results) printResult(terminal, result, n);
  if (next) terminal.say(`More: --after ${next}`);
}

function printResult(terminal: Terminal, result: Coverage['results'][number], n: number): void {
  const { name, provider, covered, missing } = result;
  terminal.print(`${terminal.strong(name)}${provider?.name ? `, ${provider.name}` : ''}: ${covered.length} of ${n}`);
  terminal.print(`    ${factsOf(result).join(' · ')}`);
  for (const { skill, relation, confidence, via } of covered)
    terminal.print(`    + ${skill.label}: ${relation}${via.name ? ` in ${via.name}` : ''} (${confidence})`);
  if (missing.length > 0) terminal.print(`    − ${missing.map(({ label }) => label).join(', ')}`);
}
