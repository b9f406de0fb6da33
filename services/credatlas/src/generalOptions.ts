import { Option } from 'commander';

/** Those of them that set what the environment would. */
export const generalSettings = ['dataDir', 'logLevel'] as const;

/** Options of every command. */
export function generalOptions(): Option[] {
  return [
    new Option('--json', 'print exactly what the API answers'),
    new Option('--quiet', 'no progress on standard error; refusals and results are told all the same'),
    new Option('--data-dir <dir>', 'where everything is kept (DATA_DIR)'),
    new Option('--log-level <level>', 'debug, info, warn, error or silent (LOG_LEVEL)'),
  ];
}
