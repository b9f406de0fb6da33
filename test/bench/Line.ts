/** One measured ratio and its bar, where it has one. */
export interface Line {
  name: string;
  value: number;
  atMost?: number;
  atLeast?: number;
  note?: string;
}

export function isWithinBar({ value, atMost, atLeast }: Line): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

export function table(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines.map((line) => `${line.name.padEnd(width)}  ${cells(line)}`).join('\n');
}

function cells(line: Line): string {
  const bar = line.atMost === undefined ? (line.atLeast === undefined ? '' : `≥ ${line.atLeast}`) : `≤ ${line.atMost}`;
  const verdict = bar === '' ? '' : isWithinBar(line) ? 'met' : 'NOT MET';
  return `${line.value.toFixed(2).padStart(8)}  ${bar.padEnd(6)}  ${verdict.padEnd(8)} ${line.note ?? ''}`.trimEnd();
}
