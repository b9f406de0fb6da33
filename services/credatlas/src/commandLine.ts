import { Command, CommanderError } from 'commander';
import type { CommandSpec } from './commandSpec.ts';
import { commandTable } from './commandTable.ts';
import { completionCommand } from './completionCommand.ts';
import { exitCodes } from './exitCodes.ts';
import { generalOptions } from './generalOptions.ts';
import type { Invoked } from './runCommand.ts';
import { Terminal, type TerminalStreams } from './Terminal.ts';

export interface CommandLineOptions {
  /** Without node and script. */
  arguments: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  streams: TerminalStreams;
  signal: AbortSignal;
}

/** Runs one command; answers the exit code. Never throws. */
export async function runCommandLine(given: CommandLineOptions): Promise<number> {
  const terminal = new Terminal({ streams: given.streams, now: Date.now });
  let invoked: Invoked | undefined;
  // A command and the commands below it may have options of the same name.
  const program = new Command('credatlas')
    .enablePositionalOptions()
    .description('Crawls credential registries, normalizes what they publish, and answers questions about it.')
    .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: (text) => terminal.say(text.trimEnd()) });
  for (const spec of [...commandTable, completionCommand(commandTable)]) {
    addCommand(program, spec).action((...received: unknown[]) => {
      const command = received.at(-1) as Command;
      invoked = { spec, arguments: command.args, options: command.opts() };
    });
  }
  try {
    endByThrowing(program).parse(given.arguments, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (!invoked) return exitCodes.usage;
  const { runCommand } = await import('./runCommand.ts');
  return runCommand(invoked, { ...given, terminal });
}

function addCommand(program: Command, { name, summary, options = [], examples = [] }: CommandSpec): Command {
  const [first = '', ...rest] = name.split(' ');
  const isNested = /^[a-z]/.test(rest[0] ?? '');
  const known = program.commands.find((each) => each.name() === first);
  const parent = isNested ? (known ?? program.command(first).description(`commands of the ${first}`)) : program;
  const command = parent.command(isNested ? rest.join(' ') : name).description(summary);
  for (const option of [...options, ...generalOptions()]) command.addOption(option);
  if (examples.length > 0)
    command.addHelpText('after', ['', 'Examples:', ...examples.map((text) => `  ${text}`)].join('\n'));
  return command;
}

/** Commander would end the process by itself. */
function endByThrowing(command: Command): Command {
  command.commands.forEach(endByThrowing);
  return command.exitOverride();
}
