import type { SimilarList } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';
import { factsOf } from './printing.ts';

type Result = SimilarList['results'][number];

/** Each equivalent with how alike it is, why, and what differs. */
export function printSimilar(terminal: Terminal, { meta, results }: SimilarList): void {
  terminal.print(terminal.strong(`${results.length} like ${meta.of.name}, of ${meta.looked} compared`));
  for (const warning of meta.warnings) terminal.say(`Note: ${warning}`);
  for (const result of results) printResult(terminal, result, meta.currency);
  if (meta.truncated) terminal.say('There are more candidates than are compared in full; a filter narrows them.');
}

function printResult(terminal: Terminal, result: Result, currency: string): void {
  const { name, provider, likeness, because, skillsCompared, differences } = result;
  const percent = `${Math.round(likeness * 100)} %`.padStart(5);
  terminal.print(`${percent}  ${terminal.strong(name)}${provider?.name ? `, ${provider.name}` : ''}`);
  const line = (text: string): void => terminal.print(`       ${text}`);
  line(factsOf(result).join(' · '));
  line(because.map(({ measure, detail }) => `${measure}: ${detail}`).join('; '));
  const { cost, durationDays, semesterHours } = differences;
  const told = [
    differing(cost.difference, currency),
    differing(durationDays.difference, 'days'),
    differing(semesterHours.difference, 'semester hours'),
  ];
  if (told.some(Boolean)) line(`against it: ${told.filter(Boolean).join(', ')}`);
  for (const [label, skills] of [
    ['not there', skillsCompared.onlyHere],
    ['only there', skillsCompared.onlyThere],
  ] as const)
    if (skills.length > 0) line(`${label}: ${skills.map((skill) => skill.label).join(', ')}`);
}

function differing(difference: number | null, unit: string): string {
  if (difference === null) return '';
  return difference === 0
    ? `the same ${unit}`
    : `${difference > 0 ? '+' : '−'}${Math.abs(difference).toLocaleString('en')} ${unit}`;
}
