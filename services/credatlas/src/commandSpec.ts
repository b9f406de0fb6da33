import type { Option } from 'commander';
import type { CommandContext } from './commandContext.ts';

export interface CommandSpec {
  /** Words and operands, as commander writes them; `index rebuild` is a command of a command. */
  name: string;
  summary: string;
  options?: Option[];
  /** Options that set what the environment would, by the names of the configuration. */
  settings?: readonly string[];
  examples?: string[];
  /** Answers the exit code. Loads its module only when it is run, so that `--help` stays quick. */
  action(context: CommandContext, given: { arguments: string[]; options: Record<string, unknown> }): Promise<number>;
}
