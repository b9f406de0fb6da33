import type { PathwayList } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';

type Answer = PathwayList['answers'][number];
type Amount = NonNullable<Answer['credit']>;
type End = Answer['steps'][number]['from'];
type Total = NonNullable<PathwayList['total']>['brought'];

/** Answers with what they rest on, the sum, and where statements disagree. */
export function printPathways(terminal: Terminal, { meta, answers, total, conflicts }: PathwayList): void {
  const { match, maybe, miss } = meta.verdicts;
  terminal.print(terminal.strong(`${match} match, ${maybe} maybe, ${miss} miss on ${meta.on}`));
  for (const warning of meta.warnings) terminal.say(`Note: ${warning}`);
  for (const answer of answers) printAnswer(terminal, answer, meta);
  if (total) {
    printTotal(terminal, 'can be brought from elsewhere', total.brought);
    printTotal(terminal, 'is made of', total.madeOf);
  }
  for (const { from, to, about, statements } of conflicts) {
    terminal.print(terminal.strong(`conflict about ${about.join(' and ')}: ${nameOf(from)} → ${nameOf(to)}`));
    for (const { speaker, statedIn, credit, start, end } of statements)
      terminal.print(
        `    ${speaker}: ${creditInWords(credit[0] ?? null)}${period(start, end)}, in ${statedIn.name ?? statedIn.uri}`,
      );
  }
  if (meta.truncated) terminal.say('There is more than is shown.');
}

/** Verdict and credit, one line per thing on the way, why, and the id of what was not asked for by name. */
function printAnswer(terminal: Terminal, { verdict, steps, credit, why }: Answer, meta: PathwayList['meta']): void {
  const ends = steps.flatMap(({ end }) => end ?? []).sort();
  const facts = [credit ? creditInWords(credit) : undefined, ends[0] && `to ${ends[0]}`].filter(Boolean);
  terminal.print(`${terminal.strong(verdict.padEnd(6))} ${facts.join(', ')}`.trimEnd());
  const line = (text: string): void => terminal.print(`       ${text}`);
  if (steps[0]) line(nameOf(steps[0].from));
  for (const { via, to } of steps) line(`→ ${nameOf(to)}, by ${inWords(via)}`);
  for (const reason of why) line(`  ${reason}`);
  const open = meta.to ? steps[0]?.from : steps.at(-1)?.to;
  if (open && !(meta.from && meta.to)) line(`  ${open.id ?? open.uri ?? 'no record'}`);
}

function inWords(name: string): string {
  return name
    .replace(/(?=[A-Z])/g, ' ')
    .toLowerCase()
    .trim();
}

function printTotal(terminal: Terminal, what: string, { credit, possible, counted, leftOut }: Total): void {
  if (counted.length + leftOut.length === 0) return;
  const words = (amounts: Amount[]): string =>
    amounts.map(creditInWords).join(' + ') || 'nothing that is stated as a number';
  const more = words(possible) === words(credit) ? '' : `; with what is only maybe: ${words(possible)}`;
  terminal.print(`${terminal.strong(what)}: ${words(credit)}${more}`);
  for (const { from, why } of leftOut) terminal.print(`    not added: ${nameOf(from)}. ${why}`);
}

function nameOf({ name, uri, provider }: End): string {
  return `${name ?? uri ?? '(not named)'}${provider ? `, ${provider}` : ''}`;
}

export function creditInWords(credit: Amount | null): string {
  if (!credit) return 'credit not stated';
  const { min, max, unit, percentage, text } = credit;
  if (min === null && max === null) return percentage === null ? (text ?? 'credit not stated') : `${percentage} %`;
  const numbers =
    min === max ? `${min}` : min === null ? `up to ${max}` : max === null ? `${min} or more` : `${min} to ${max}`;
  return unit
    ? `${numbers} ${unit
        .replace(/(?=[A-Z])/g, ' ')
        .trim()
        .toLowerCase()}s`
    : numbers;
}

function period(start: string | null, end: string | null): string {
  return [start && ` from ${start}`, end && ` to ${end}`].filter(Boolean).join('');
}
