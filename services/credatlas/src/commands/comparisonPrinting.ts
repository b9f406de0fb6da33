import { counted } from '@credatlas/model';
import { type Comparison, comparedText } from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';

/** The narrowest column that can still be read; where fewer fit than there are credentials, the table goes on below. */
const narrowest = 24;

interface Line {
  label: string;
  cells: string[];
}

/** A table that fits the terminal, then what follows from it. */
export function printComparison(terminal: Terminal, comparison: Comparison): void {
  const { credentials } = comparison;
  credentials.forEach(({ name, id, provider }, index) => {
    terminal.print(
      `${terminal.strong(`[${index + 1}]`)} ${name}${provider?.name ? `, ${provider.name}` : ''}\n    ${id}`,
    );
  });
  const lines = [...measureLines(comparison), ...skillLines(comparison)];
  const label = Math.max(...lines.map((line) => line.label.length));
  const perBlock = Math.max(1, Math.floor((terminal.width - label) / (narrowest + 2)));
  for (let from = 0; from < credentials.length; from += perBlock)
    printBlock(terminal, lines, { from, to: Math.min(from + perBlock, credentials.length), label });
  printConclusions(terminal, comparison);
}

/** What is missing says why in its place. */
function measureLines({ rows, credentials, missing }: Comparison): Line[] {
  const reasons = new Map(missing.map(({ id, field, reason }) => [`${id} ${field}`, reason]));
  return rows.map(({ field, values }) => ({
    label: field,
    cells: values.map((value, index) =>
      value === null ? `(${reasons.get(`${credentials[index]?.id} ${field}`) ?? 'missing'})` : comparedText(value),
    ),
  }));
}

function skillLines({ skills }: Comparison): Line[] {
  return skills.matrix.map(({ label, statements }) => ({
    label: '  skill',
    cells: statements.map((each) => (each ? `${label}: ${each.relations.join(', ')} (${each.confidence})` : '-')),
  }));
}

function printBlock(terminal: Terminal, lines: Line[], given: { from: number; to: number; label: number }): void {
  const { from, to, label } = given;
  const width = Math.floor((terminal.width - label) / (to - from)) - 2;
  const heads = Array.from({ length: to - from }, (_, index) => `[${from + index + 1}]`);
  terminal.print(terminal.strong(rowOf(['', ...heads], [label, ...heads.map(() => width)])));
  for (const line of lines) {
    const cells = line.cells.slice(from, to).map((cell) => wrapped(cell, width));
    const height = Math.max(...cells.map(({ length }) => length));
    for (let row = 0; row < height; row++)
      terminal.print(
        rowOf(
          [row === 0 ? line.label : '', ...cells.map((cell) => cell[row] ?? '')],
          [label, ...cells.map(() => width)],
        ),
      );
  }
}

function rowOf(cells: string[], widths: number[]): string {
  return cells
    .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))
    .join('  ')
    .trimEnd();
}

/** Lines of at most so many characters, broken between words where that is possible. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line = rest;
  }
  return [...lines, line];
}

function printConclusions(terminal: Terminal, comparison: Comparison): void {
  const { credentials, skills, dominated, next, pathways, changes } = comparison;
  const place = (id: string): string => `[${credentials.findIndex((each) => each.id === id) + 1}]`;
  const line = (head: string, text: string): void => terminal.print(`${terminal.strong(head)}: ${text}`);
  line('skills shared', skills.shared.map(({ label }) => label).join(', ') || 'none');
  for (const { id } of credentials)
    line(`skills only ${place(id)}`, skills.only[id]?.map(({ label }) => label).join(', ') || 'none');
  for (const { from, relation, to, isCompared } of pathways)
    if (isCompared) line('pathway', `${place(from)} ${relation} ${to.name ?? to.uri}`);
  for (const { to, from } of next) line('next for both', `${from.map(place).join(' ')} lead to ${to.name ?? to.uri}`);
  for (const { id, by, because } of dominated)
    line('needless', `${place(id)} is no better than ${place(by)}, which has better ${because.join(', ')}`);
  for (const { from, to, fields, truncated } of changes) {
    line(
      `from ${place(from)} to ${place(to)}`,
      fields.length === 0 ? 'nothing has changed' : counted(fields.length, 'change'),
    );
    for (const { path, before, after } of fields)
      terminal.print(`    ${path}: ${comparedText(before) || '(nothing)'} → ${comparedText(after) || '(nothing)'}`);
    if (truncated) terminal.say('There are more changes than are shown.');
  }
}
