import type { Surroundings } from './compose.ts';
import type { Setting } from './config.ts';
import type { Terminal } from './Terminal.ts';

/** What every command is given. */
export interface CommandContext extends Surroundings {
  settings: Setting[];
  terminal: Terminal;
  /** Print exactly what the API answers, for programs. */
  json: boolean;
  /** Folder that relative paths start from. */
  cwd: string;
  /** Fires at the first Ctrl-C or SIGTERM. */
  signal: AbortSignal;
}
