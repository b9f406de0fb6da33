import { CredatlasError } from '@credatlas/model';
import type { CommandSpec } from './commandSpec.ts';
import { knowledgeOf } from './compose.ts';
import { readConfig } from './config.ts';
import { exitCodeOf } from './exitCodeOf.ts';
import { exitCodes } from './exitCodes.ts';
import { generalSettings } from './generalOptions.ts';
import { jsonLog, systemClock } from './surroundings.ts';
import type { Terminal } from './Terminal.ts';

/** A command with what was written after it. */
export interface Invoked {
  spec: CommandSpec;
  arguments: string[];
  options: Record<string, unknown>;
}

interface Given {
  env: Record<string, string | undefined>;
  cwd: string;
  signal: AbortSignal;
  terminal: Terminal;
}

/** Reads the configuration and runs the command; answers the exit code. A failure is told in words, never thrown. */
export async function runCommand(invoked: Invoked, given: Given): Promise<number> {
  const { spec, options } = invoked;
  const { env, cwd, signal, terminal } = given;
  terminal.isQuiet = options.quiet === true;
  try {
    const named = [...generalSettings, ...(spec.settings ?? [])];
    const flags = Object.fromEntries(named.map((name) => [name, options[name]]));
    const { config, settings } = readConfig({ env, flags, cwd });
    // A person who waits at a terminal reads words; the log is for whoever runs a server.
    const isLogged = spec.name === 'serve' && !terminal.isInteractive;
    const isAsked = settings.some(({ name, origin }) => name === 'LOG_LEVEL' && origin !== 'default');
    const log = jsonLog(isLogged || isAsked ? config.logLevel : 'warn');
    const surroundings = {
      config,
      settings,
      clock: systemClock,
      log,
      progress: terminal,
      knowledge: knowledgeOf(config),
    };
    return await spec.action({ ...surroundings, terminal, json: options.json === true, cwd, signal }, invoked);
  } catch (error) {
    return tell(error, given);
  }
}

function tell(error: unknown, { signal, terminal }: Given): number {
  if (signal.aborted) {
    terminal.say('Interrupted. Run the same command again to go on.');
    return exitCodes.interrupted;
  }
  if (!(error instanceof CredatlasError)) {
    terminal.say(`A defect; please report it. ${error instanceof Error ? error.stack : error}`);
    return exitCodes.problems;
  }
  terminal.say(error.message);
  return exitCodeOf(error);
}
