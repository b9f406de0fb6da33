import { counted } from '@credatlas/model';
import type {
  MarketChanges,
  MarketConcentration,
  MarketCredit,
  MarketLapsing,
  MarketSupply,
  MarketTable,
} from '@credatlas/query';
import type { Terminal } from '../Terminal.ts';
import { textTable } from '../textTable.ts';
import { creditInWords } from './pathwayPrinting.ts';
import { wordsOf } from './printing.ts';

type Cell = string | number | null;
type Told = MarketTable['totals'];

/** A table with a line for all; wider ones in several parts, each with the dimensions. */
export function printTable(terminal: Terminal, table: MarketTable): void {
  const { meta, columns, rows, totals, basis } = table;
  const names = columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name);
  const heads = [names, ...rows.map(({ labels }) => labels), names.map((_, at) => (at === 0 ? 'all' : ''))];
  const own = widthOf(names.map((_, at) => heads.map((head) => head[at] ?? null)));
  const room = terminal.width - Math.max(dimensionWidth, Math.min(own, Math.floor(terminal.width / 2)));
  for (const part of partsOf(columnsOf(table), room)) {
    const lines = heads.map((head, line): Cell[] => [...head, ...part.map((column) => column[line] ?? null)]);
    for (const [at, line] of textTable(lines, terminal.width).entries())
      terminal.print(at === 0 ? terminal.strong(line) : line);
  }
  const metrics = columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name);
  const silent = metrics.filter((_, at) => isSilent([...rows, totals], at));
  if (silent.length > 0) terminal.say(`Nothing to tell of: ${silent.join(', ')}.`);
  for (const note of [...notesOf(meta, rows.length), basisOf(basis, totals)]) terminal.say(note);
}

/** Columns of numbers from head to total. Metrics told of the same credentials stand together, with how many those are where it is not all. */
function columnsOf({ columns, rows, totals }: MarketTable): Cell[][][] {
  const cells = [...rows, totals];
  const metrics = columns.filter(({ kind }) => kind === 'metric');
  const counted: Cell[][][] = metrics.some(({ name, unit }) => name === 'count' && unit === 'credentials')
    ? []
    : [[['n', ...cells.map(({ n }) => n)]]];
  const shown = [...metrics.keys()].filter((at) => !isSilent(cells, at));
  // A share of those that state something says of how many by itself.
  const isPartial = (at: number): boolean =>
    !metrics[at]!.name.startsWith('share:') && cells.some(({ unknown }) => (unknown[at] ?? 0) > 0);
  const isOfSame = (at: number | undefined, next: number | undefined): boolean =>
    at !== undefined &&
    next !== undefined &&
    isPartial(at) &&
    isPartial(next) &&
    cells.every(({ unknown }) => unknown[at] === unknown[next]);
  const groups: Cell[][][] = [];
  for (const [place, at] of shown.entries()) {
    const { name, unit } = metrics[at]!;
    const head = /^[A-Z]{3}$/.test(unit ?? '') ? `${name} ${unit}` : name;
    const column = [head, ...cells.map(({ values }) => values[at] ?? null)];
    if (isOfSame(shown[place - 1], at)) groups.at(-1)!.push(column);
    else groups.push([column]);
    if (isPartial(at) && !isOfSame(at, shown[place + 1]))
      groups.at(-1)!.push(['of', ...cells.map((cell) => statedOf(cell, at))]);
  }
  return [...counted, ...groups];
}

/** Nothing is told of a metric; which metrics these are is said below the table. */
function isSilent(cells: readonly Told[], at: number): boolean {
  return cells.every(({ values }) => (values[at] ?? null) === null);
}

/** Characters of a line that are left to the dimensions of a table in several parts, at least; at most half of it. */
const dimensionWidth = 30;

function partsOf(groups: Cell[][][], all: number): Cell[][][] {
  const parts: Cell[][][] = [[]];
  let room = all;
  // What stands together is only parted where no line has room for it.
  for (const columns of groups.flatMap((group) => (widthOf(group) > all ? group.map((each) => [each]) : [group]))) {
    const own = widthOf(columns);
    if (own > room && parts.at(-1)!.length > 0) {
      parts.push([]);
      room = all;
    }
    parts.at(-1)!.push(...columns);
    room -= own;
  }
  return parts;
}

function widthOf(columns: Cell[][]): number {
  const widest = (column: Cell[]): number =>
    Math.max(...column.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? '')).length));
  return columns.reduce((sum, column) => sum + 2 + widest(column), 0);
}

function statedOf({ n, unknown }: Told, at: number): number | null {
  const missing = unknown[at];
  return n === null || missing === null || missing === undefined ? null : n - missing;
}

/** What some answers say beside their table. */
export function printExtras(
  terminal: Terminal,
  answer: Partial<MarketChanges & MarketConcentration & MarketCredit & MarketLapsing & MarketSupply>,
): void {
  const { leaders = [], credits = [], agents = [], lapses = [], unrecognized = [] } = answer;
  if (answer.asked !== undefined)
    terminal.say(
      `n: those for which something holds on the day, of ${counted(answer.asked, 'credential')} asked about.`,
    );
  for (const { labels, suppliers } of leaders) {
    const told = suppliers.map(({ name, n, share }) => `${name} ${n} (${Math.round(100 * share)} %)`);
    terminal.print(`${terminal.strong(labels.join(', ') || 'all')}: ${told.join(', ') || 'no provider is stated'}`);
  }
  for (const each of credits) terminal.print(creditedInWords(each));
  if ((answer.found ?? 0) > credits.length)
    terminal.say(`${credits.length} of ${answer.found!.toLocaleString('en')} ways to credit.`);
  for (const agent of agents) terminal.print(inWordsOf(agent));
  for (const lapse of lapses) terminal.print(`${lapse.end}  ${lapseInWords(lapse)}${lapse.renewed ? ', renewed' : ''}`);
  printDifferences(terminal, answer);
  if (unrecognized.length > 0) terminal.say(`No credential names: ${unrecognized.join(', ')}.`);
}

function creditedInWords({ credential, days, to, verdict, credit, end }: MarketCredit['credits'][number]): string {
  const far = `${to.name ?? to.id ?? 'something that is not named'}${to.provider ? `, ${to.provider}` : ''}`;
  const own = `${credential.name}${credential.provider ? `, ${credential.provider}` : ''} (${credential.id})`;
  const told = [creditInWords(credit), ...(end ? [`to ${end}`] : [])].join(', ');
  return `${verdict.padEnd(6)} ${counted(days, 'day')}  ${own} → ${far}: ${told}`;
}

function inWordsOf({ name, id, role, end, parties, credentials, renewed }: MarketLapsing['agents'][number]): string {
  const called = name ?? id ?? 'nobody named';
  const counts = `${counted(credentials, 'credential')}${renewed > 0 ? `, ${renewed} renewed` : ''}`;
  if (end === null) return `${role} by ${called}: ${counts}`;
  const among = parties.map((party) => party.name ?? party.id ?? '').join(', ');
  return `${end}  ${role === 'agreement' ? 'agreement' : 'transfer value'} ${called}${among ? ` (${among})` : ''}: ${counts}`;
}

function lapseInWords({ credential, role, agent, other, credit }: MarketLapsing['lapses'][number]): string {
  const own = `${credential.name} (${credential.id})`;
  const by = agent.name ?? agent.id ?? 'nobody named';
  if (!other) return `${own} ${role} by ${by}`;
  const far = other.name ?? other.id ?? 'something that is not named';
  return `${role === 'sending' ? `${own} → ${far}` : `${far} → ${own}`}, ${creditInWords(credit)}, by ${by}`;
}

function printDifferences(terminal: Terminal, { entered, left, changed }: Partial<MarketChanges>): void {
  const sides = [
    ['+', entered],
    ['-', left],
    ['~', changed],
  ] as const;
  for (const [sign, side] of sides) {
    for (const { id, name, provider, reasons, changed: fields } of side?.list ?? []) {
      terminal.print(`${sign} ${name}${provider ? `, ${provider}` : ''} (${id})`);
      const why = reasons.map(({ kind, clause, before, now }) =>
        clause === null ? kind : `${clause}: ${wordsOf(before)} → ${wordsOf(now)}`,
      );
      const told = [...why, ...(fields.length > 0 ? [`says something else: ${fields.join(', ')}`] : [])];
      if (told.length > 0) terminal.print(`    ${told.join('; ')}`);
    }
    if (side && side.total > side.list.length)
      terminal.say(`${side.list.length} of ${side.total.toLocaleString('en')} marked ${sign}.`);
  }
}

function notesOf(meta: MarketTable['meta'], shown: number): string[] {
  const { truncated, rows, overlapping, approximate, suppressed, warnings } = meta;
  const count = (number: number): string => number.toLocaleString('en');
  return [
    ...(truncated ? [`The first ${count(shown)} of ${counted(rows, 'row')}.`] : []),
    ...(overlapping.length > 0
      ? [`Rows add up to more than all: some credentials have several values of ${overlapping.join(', ')}.`]
      : []),
    ...(approximate.length > 0 ? [`Estimated: ${approximate.join(', ')}.`] : []),
    ...(suppressed
      ? [
          `Left empty: ${counted(suppressed.rows, 'row')} of fewer than ${suppressed.threshold} credentials, or beside such.`,
        ]
      : []),
    ...warnings.map((warning) => `Note: ${warning}`),
  ];
}

function basisOf({ snapshot, on, sources, coverage, query }: MarketTable['basis'], { n }: Told): string {
  const read = sources.map(
    ({ name, ageDays }) => `${name} (${ageDays === null ? 'never to its end' : `read ${counted(ageDays, 'day')} ago`})`,
  );
  const total = coverage.find(({ of }) => of.join() === 'total');
  const share = total
    ? ` The store holds ${total.counted.toLocaleString('en')} of the ${total.published.toLocaleString('en')} credentials published for ${total.asOf}.`
    : '';
  return `Basis: ${n === null ? 'few credentials' : counted(n, 'credential')} of snapshot ${snapshot}, judged on ${on}, from ${read.join(', ') || 'no source'}.${share} Question ${query.hash.slice(0, 12)}.`;
}
