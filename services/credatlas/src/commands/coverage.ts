import { readFile } from 'node:fs/promises';
import { counted, InvalidInputError } from '@credatlas/model';
import type { Bundles, Coverage } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { factsOf } from './printing.ts';
import { ask, parametersIn } from './query.ts';

type Options = Record<string, unknown>;

/** `credatlas coverage SKILL… [--text FILE]` */
export async function coverageCommand(context: CommandContext, skills: string[], options: Options): Promise<number> {
  const query = await askedFor(skills, options);
  return ask(context, { path: '/v1/coverage', query }, (body) => printCoverage(context.terminal, body as Coverage));
}

/** `credatlas bundles SKILL… [--objective cost|days|count]` */
export async function bundlesCommand(context: CommandContext, skills: string[], options: Options): Promise<number> {
  const query = await askedFor(skills, options);
  return ask(context, { path: '/v1/bundles', query }, (body) => printBundles(context.terminal, body as Bundles));
}

async function askedFor(skills: string[], { text, ...options }: Options): Promise<Record<string, string>> {
  return {
    ...parametersIn(options),
    // A bar within a name is no other name.
    ...(skills.length > 0 ? { skills: skills.map((skill) => `"${skill.replaceAll('"', '')}"`).join('|') } : {}),
    ...(text === undefined ? {} : { text: await textIn(String(text)) }),
  };
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
function printCoverage(terminal: Terminal, { meta, results, next, ...understood }: Coverage): void {
  const { total, min, n } = meta;
  terminal.print(
    terminal.strong(
      `${counted(total, 'credential')} ${total === 1 ? 'covers' : 'cover'} at least ${min} of ${counted(n, 'skill')}`,
    ),
  );
  printUnderstood(terminal, { meta, ...understood });
  for (const result of results) {
    printResult(terminal, result, n);
    const missing = result.missing.map(({ label }) => label);
    if (missing.length > 0) terminal.print(`    − ${missing.join(', ')}`);
  }
  if (next) terminal.say(`More: --after ${next}`);
}

const objectives = { cost: 'cheapest', days: 'shortest', count: 'fewest' };

/** The bundle with its sums, what each of its credentials proves, and how good it is. */
function printBundles(terminal: Terminal, { bundles, uncovered, optimal, bound, ...understood }: Bundles): void {
  const { meta } = understood;
  for (const { credentials, cost, days } of bundles) {
    const facts = [
      cost ? `${cost.currency} ${cost.amount}` : 'cost not stated',
      days === null ? 'duration not stated' : `${counted(days, 'day')} one after another`,
    ];
    terminal.print(
      terminal.strong(
        `${counted(credentials.length, 'credential')} for ${counted(meta.n, 'skill')}: ${facts.join(', ')}`,
      ),
    );
    for (const result of credentials) printResult(terminal, result, meta.n);
  }
  for (const { asked, why } of uncovered) terminal.print(`${terminal.strong(asked[0] ?? '')}: ${why}`);
  const limit =
    bound === null
      ? ''
      : ` (none can be below ${typeof bound === 'number' ? bound : `${bound.currency} ${bound.amount}`})`;
  if (bundles.length > 0)
    terminal.print(
      optimal ? `No other is better by ${meta.objective}.` : `Perhaps not the ${objectives[meta.objective]}${limit}.`,
    );
  terminal.print(
    `${counted(meta.candidates, 'credential')} ${meta.candidates === 1 ? 'covers' : 'cover'} some of it; ${meta.leftOut} of them ${meta.leftOut === 1 ? 'does' : 'do'} not state what is compared.`,
  );
  printUnderstood(terminal, understood);
}

type Understood = Pick<Coverage, 'recognized' | 'unrecognized' | 'unrecognizedText'> & { meta: { warnings: string[] } };

/** Parts of a text that a person reads before asking for all of them with `--json`. */
const maxParts = 20;

function printUnderstood(terminal: Terminal, { meta, recognized, unrecognized, unrecognizedText }: Understood): void {
  for (const warning of meta.warnings) terminal.say(`Note: ${warning}`);
  for (const { label, credentials } of recognized)
    terminal.print(`  ${credentials.toLocaleString('en').padStart(7)}  ${label}`);
  for (const name of unrecognized) terminal.print(`        ?  ${name}: no skill is known by this name`);
  if (unrecognizedText.length === 0) return;
  terminal.print('no skill was recognised in:');
  for (const { text } of unrecognizedText.slice(0, maxParts)) terminal.print(`        ?  ${text.replace(/\s+/g, ' ')}`);
  const more = unrecognizedText.length - maxParts;
  if (more > 0) terminal.say(`… and ${counted(more, 'more part')}; --json lists them all`);
}

function printResult(terminal: Terminal, result: Omit<Coverage['results'][number], 'missing'>, n: number): void {
  const { name, provider, covered } = result;
  terminal.print(`${terminal.strong(name)}${provider?.name ? `, ${provider.name}` : ''}: ${covered.length} of ${n}`);
  terminal.print(`    ${factsOf(result).join(' · ')}`);
  for (const { skill, relation, confidence, via } of covered)
    terminal.print(`    + ${skill.label}: ${relation}${via.name ? ` in ${via.name}` : ''} (${confidence})`);
}
