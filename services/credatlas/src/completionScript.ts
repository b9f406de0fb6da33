import { InvalidInputError } from '@credatlas/model';
import type { CommandSpec } from './commandSpec.ts';
import { generalOptions } from './generalOptions.ts';

interface Completed {
  /** `search`, or `index rebuild`. */
  words: string;
  summary: string;
  options: { flag: string; description: string; takesValue: boolean }[];
}

/** A script for the shell, of every command and option as they are now. Throws InvalidInputError for a shell that it is not made for. */
export function completionScript(shell: string, table: readonly CommandSpec[]): string {
  const write = { bash, zsh, fish }[shell];
  if (!write)
    throw new InvalidInputError('unknown_shell', `There are completions for bash, zsh and fish, none for "${shell}".`);
  return write(table.map(completed));
}

function completed({ name, summary, options = [] }: CommandSpec): Completed {
  const words = name
    .split(' ')
    .filter((word) => /^[a-z]/.test(word))
    .join(' ');
  const all = [...options, ...generalOptions()].map(({ long, description, required, optional }) => ({
    flag: long ?? '',
    description,
    takesValue: required || optional,
  }));
  return { words, summary, options: all };
}

/** What may follow each command: its own options, and the commands below it. */
function bash(commands: Completed[]): string {
  const names = new Set(commands.map(({ words }) => words.split(' ')[0]!));
  const below = commands.filter(({ words }) => words.includes(' '));
  const optionsOf = (name: string) =>
    commands.find(({ words }) => words === name)?.options.map(({ flag }) => flag) ?? [];
  const line = (pattern: string, choices: string[]) => `    ${pattern}) choices="${choices.join(' ')} --help" ;;`;
  const cases = [
    // The first that fits is taken, so commands of a command come before it.
    ...below.map(({ words }) => line(`"${words}"`, optionsOf(words))),
    ...[...names].map((name) => {
      const inner = below.filter(({ words }) => words.startsWith(`${name} `)).map(({ words }) => words.split(' ')[1]!);
      return line(`"${name} "*`, [...inner, ...optionsOf(name)]);
    }),
  ];
  return `_credatlas() {
  local current="\${COMP_WORDS[COMP_CWORD]}" first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}" choices=""
  [[ $COMP_CWORD -lt 3 ]] && second=""
  [[ $COMP_CWORD -lt 2 ]] && first=""
  case "$first $second" in
    " ") choices="${[...names].join(' ')} help" ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _credatlas credatlas`;
}

function zsh(commands: Completed[]): string {
  return `autoload -U +X compinit bashcompinit && compinit -u && bashcompinit\n${bash(commands)}`;
}

function fish(commands: Completed[]): string {
  return commands
    .flatMap(({ words, summary, options }) => {
      const [first = '', second] = words.split(' ');
      const at = second
        ? `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`
        : `__fish_seen_subcommand_from ${first}`;
      const name = second
        ? `-n ${quoted(`__fish_seen_subcommand_from ${first}`)} -a ${second}`
        : `-n __fish_use_subcommand -a ${first}`;
      return [
        `complete -c credatlas ${name} -d ${quoted(summary)}`,
        ...options.map(
          ({ flag, description, takesValue }) =>
            `complete -c credatlas -n ${quoted(at)} -l ${flag.slice(2)}${takesValue ? ' -r' : ''} -d ${quoted(description)}`,
        ),
      ];
    })
    .join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
