import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandTable } from './commandTable.ts';
import { completionScript } from './completionScript.ts';

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const script = `${completionScript('bash', commandTable)}
COMP_WORDS=(credatlas "$@"); COMP_CWORD=$#; _credatlas; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('bash completes commands, commands of commands, and the options of either', () => {
  expect(offered('sear')).toEqual(['search']);
  expect(offered('co')).toEqual(['coverage', 'compare', 'config']);
  expect(offered('index', '')).toEqual(['rebuild', '--help']);
  expect(offered('market', 'conc')).toEqual(['concentration']);
  expect(offered('market', '--met')).toEqual(['--metrics']);
  expect(offered('market', 'concentration', '--par')).toEqual(['--parents']);
  expect(offered('market', 'growth', '--par')).toEqual(['']);
  expect(offered('market', 'welding', '--met')).toEqual(['--metrics']);
  expect(offered('search', 'welding', '--fa')).toEqual(['--facets']);
  expect(offered('search', '--')).toEqual(expect.arrayContaining(['--json', '--quiet', '--data-dir', '--help']));
});

test('zsh takes the same through its own loader, fish has a line for each', () => {
  expect(completionScript('zsh', commandTable)).toContain('bashcompinit\n_credatlas() {');
  const fish = completionScript('fish', commandTable).split('\n');
  expect(fish).toContain("complete -c credatlas -n __fish_use_subcommand -a search -d 'search credentials'");
  expect(fish).toContain(
    "complete -c credatlas -n '__fish_seen_subcommand_from search' -l sort -r -d 'such as -updatedAt,cost'",
  );
  expect(fish).toContain(
    "complete -c credatlas -n '__fish_seen_subcommand_from search' -l json -d 'print exactly what the API answers'",
  );
});

test('another shell is refused by name', () => {
  expect(() => completionScript('tcsh', commandTable)).toThrow('none for "tcsh"');
});
