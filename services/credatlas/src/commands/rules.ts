import { counted } from '@credatlas/model';
import type { CredentialRules, RuleList, RuleResults } from '@credatlas/query';
import type { CommandContext } from '../commandContext.ts';
import type { Terminal } from '../Terminal.ts';
import { textTable } from '../textTable.ts';
import { ask, parametersIn, textOf } from './query.ts';

type Options = Record<string, unknown>;

/** `credatlas rules`, `credatlas rules NAME [words…]`, `credatlas rules NAME --id ID` */
export function rulesCommand(
  context: CommandContext,
  { name, words, options }: { name: string | undefined; words: string[]; options: Options },
): Promise<number> {
  const { terminal } = context;
  const { id, ...parameters } = options;
  if (id !== undefined) {
    const query = { ...parametersIn(parameters), ...(name === undefined ? {} : { rule: name }) };
    const path = `/v1/credentials/${encodeURIComponent(String(id))}/rules`;
    return ask(context, { path, query }, (body) => printCredential(terminal, body as CredentialRules));
  }
  if (name === undefined) {
    const query = parametersIn(parameters);
    return ask(context, { path: '/v1/rules', query }, (body) => printRules(terminal, body as RuleList));
  }
  const query = { ...parametersIn(parameters), ...textOf(words) };
  return ask(context, { path: `/v1/rules/${encodeURIComponent(name)}/results`, query }, (body) =>
    printResults(terminal, body as RuleResults),
  );
}

const signs = { pass: '+', fail: '-', 'cannot-judge': '?' } as const;
type Missing = RuleResults['results'][number]['missing'];

function printRules(terminal: Terminal, { results }: RuleList): void {
  for (const { id, title, version, source, clauses } of results) {
    terminal.print(terminal.strong(`${id}: ${title}`));
    terminal.print(`    version ${version}, ${source.publisher}: ${source.url}`);
    for (const clause of clauses) terminal.print(`    ${clause.id}: ${clause.label} (${clause.source.citation})`);
  }
}

function printResults(terminal: Terminal, { meta, clauses, missing, results, next }: RuleResults): void {
  const { rule, verdicts, notJudged, warnings, on, snapshot } = meta;
  const all = verdicts.pass + verdicts.fail + verdicts.cannotJudge;
  terminal.print(terminal.strong(`${rule.title} (${rule.id}, version ${rule.version})`));
  const rows = clauses.map((each) => [each.id, each.verdicts.pass, each.verdicts.fail, each.verdicts.cannotJudge]);
  const total = ['all clauses', verdicts.pass, verdicts.fail, verdicts.cannotJudge];
  const table = textTable([['clause', 'pass', 'fail', 'cannot judge'], ...rows, total], terminal.width);
  for (const line of table) terminal.print(line);
  for (const { field, credentials } of missing)
    terminal.print(`not stated: ${field}, ${credentials.toLocaleString('en')} of those that cannot be judged`);
  for (const { name, provider, id, verdict, missing: own, clauses: judged } of results) {
    const failed = judged.filter((clause) => clause.verdict === 'fail').map((clause) => clause.id);
    const why = [...(failed.length > 0 ? [`fails ${failed.join(', ')}`] : []), ...wordsOfMissing(own)].join('; ');
    terminal.print(`${signs[verdict]} ${name ?? id}${provider?.name ? `, ${provider.name}` : ''} (${id})`);
    if (why) terminal.print(`    ${why}`);
  }
  for (const warning of warnings) terminal.say(`Note: ${warning}`);
  if (notJudged.length > 0) terminal.say(`Not judged: ${notJudged.join('; ')}.`);
  terminal.say(`${counted(all, 'credential')} of snapshot ${snapshot}, judged on ${on}.`);
  if (next) terminal.say(`More: --after ${next}`);
}

function wordsOfMissing(missing: Missing): string[] {
  const words = missing.map(({ field, withheld }) => `${field}${withheld ? ' (withheld)' : ''}`);
  return words.length > 0 ? [`not stated: ${words.join(', ')}`] : [];
}

function printCredential(terminal: Terminal, { credential, rules, meta }: CredentialRules): void {
  terminal.print(terminal.strong(`${credential.name}${credential.provider ? `, ${credential.provider}` : ''}`));
  for (const { id, title, verdict, clauses, missing, notJudged } of rules) {
    terminal.print(`${signs[verdict]} ${id}: ${verdict} (${title})`);
    for (const clause of clauses)
      terminal.print(`    ${signs[clause.verdict]} ${clause.label} (${clause.source.citation})`);
    for (const { field, publish, withheld } of missing)
      terminal.print(
        `    still to be known: ${field}${withheld ? ', which is withheld' : ''}${publish ? `: ${publish}` : ''}`,
      );
    if (notJudged.length > 0) terminal.say(`Not judged: ${notJudged.join('; ')}.`);
  }
  terminal.say(`Judged on ${meta.on}, snapshot ${meta.snapshot}.`);
}
