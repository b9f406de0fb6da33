import type { CommandSpec } from './commandSpec.ts';

/** `credatlas completion SHELL`, over the commands of the table. */
export function completionCommand(table: readonly CommandSpec[]): CommandSpec {
  return {
    name: 'completion <shell>',
    summary: 'print what makes bash, zsh or fish complete commands and options',
    examples: ['source <(credatlas completion bash)', 'credatlas completion fish | source'],
    action: async ({ terminal }, { arguments: [shell] }) => {
      const { completionScript } = await import('./completionScript.ts');
      terminal.print(completionScript(shell!, table));
      return 0;
    },
  };
}
