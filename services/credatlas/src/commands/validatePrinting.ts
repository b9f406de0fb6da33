import { counted } from '@credatlas/model';
import type { Finding, ValidatedResource, Validation } from '@credatlas/publish';
import type { Terminal } from '../Terminal.ts';

export interface Totals {
  documents: number;
  error: number;
  warning: number;
  note: number;
  undetermined: number;
}

/** Resources of one document whose completeness a person is shown; a framework has thousands, and `--json` lists them all. */
const maxResources = 20;

/** One document: its findings by line, and how complete its resources are. */
export function printValidation(terminal: Terminal, given: { file: string; validation: Validation }): void {
  const { file, validation } = given;
  terminal.print(terminal.strong(file));
  if (validation.findings.length === 0) terminal.print('  nothing found');
  for (const finding of validation.findings) printFinding(terminal, finding);
  const judged = validation.resources.filter(({ completeness }) => completeness !== undefined);
  for (const resource of judged.slice(0, maxResources)) printCompleteness(terminal, resource);
  if (judged.length > maxResources) terminal.print(`  … and ${counted(judged.length - maxResources, 'more resource')}`);
}

function printFinding(terminal: Terminal, finding: Finding): void {
  const { severity, code, pointer, line, column, message, rule, source, fix, suggestion } = finding;
  const place = [line, column].filter((part) => part !== undefined).join(':');
  terminal.print(`  ${place === '' ? '' : `line ${place}: `}${severity} ${code} ${pointer}`.trimEnd());
  terminal.print(`    ${message}`);
  const isTold = suggestion === undefined || fix.includes(suggestion);
  terminal.print(`    fix: ${fix}${isTold ? '' : ` Suggested: ${suggestion}`}`);
  terminal.print(`    rule: ${rule} [${source}]`);
}

function printCompleteness(terminal: Terminal, { uri, types, completeness }: ValidatedResource): void {
  if (!completeness) return;
  const { required, recommended, optional } = completeness;
  const shares = Object.entries({ required, recommended, optional }).flatMap(([name, share]) =>
    share === null ? [] : [`${name} ${Math.round(share * 100)} %`],
  );
  terminal.print(`  ${types.join(', ')} ${uri}: ${shares.join(', ')} stated`);
}

export function printTotals(terminal: Terminal, totals: Totals): void {
  const { documents, error, warning, note, undetermined } = totals;
  terminal.print(
    `${counted(documents, 'document')}: ${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(note, 'note')}, ${undetermined.toLocaleString('en')} undetermined`,
  );
}
