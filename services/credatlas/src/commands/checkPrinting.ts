import type { CheckList } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';

const order = ['problem', 'warning', 'note', 'unknown', 'ok'] as const;

/** Findings from the worst on, then what is missing with the questions it costs. */
export function printChecks(terminal: Terminal, { meta, credential, checks, missing, unstated }: CheckList): void {
  const { name, provider, id, completeness } = credential;
  terminal.print(`${terminal.strong(name)}${provider ? `, ${provider}` : ''}\n    ${id}`);
  const counts = order.filter((state) => meta.counts[state] > 0).map((state) => `${meta.counts[state]} ${state}`);
  terminal.print(`${counts.join(', ')} on ${meta.on}; ${Math.round(completeness * 100)} % complete`);
  for (const state of order)
    for (const finding of checks.filter((each) => each.state === state))
      terminal.print(`${terminal.strong(state.padEnd(8))} ${finding.check}: ${finding.detail}`);
  for (const { what, reason, filters, sorts, rows, asked } of missing) {
    terminal.print(`${terminal.strong('missing')}  ${what}: ${reason}${asked > 0 ? `; asked for ${asked} times` : ''}`);
    const lost = { filters, sorts, rows };
    const out = Object.entries(lost).flatMap(([kind, names]) =>
      names.length > 0 ? [`${kind} ${names.join(', ')}`] : [],
    );
    if (out.length > 0) terminal.print(`         drops out of ${out.join('; ')}`);
  }
  for (const [tier, properties] of Object.entries(unstated))
    if (properties.length > 0) terminal.print(`${terminal.strong(tier)} but not stated: ${properties.join(', ')}`);
  if (!meta.isSearched) terminal.say('Courses and assessments are not searched; no filter finds them.');
}
