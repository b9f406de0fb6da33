/** Cells of a table as lines no wider than `width`: texts to the left, numbers to the right, the widest texts cut first. */
export function textTable(rows: readonly (readonly (string | number | null)[])[], width: number): string[] {
  const texts = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? ''))),
  );
  const isRight = (rows.at(-1) ?? []).map((_, at) => rows.slice(1).every((row) => typeof row[at] !== 'string'));
  const widths = isRight.map((_, at) => Math.max(...texts.map((row) => [...(row[at] ?? '')].length)));
  const between = 2 * (widths.length - 1);
  while (sumOf(widths) + between > width) {
    const widest = widths.reduce((best, each, at) => (!isRight[at] && each > (widths[best] ?? 0) ? at : best), -1);
    if (widest < 0 || widths[widest]! <= leastWidth) break;
    widths[widest]! -= 1;
  }
  return texts.map((row) =>
    row
      .map((text, at) => fitted(text, widths[at]!, isRight[at]!))
      .join('  ')
      .trimEnd(),
  );
}

/** Less of a text says nothing. */
const leastWidth = 8;

function fitted(text: string, width: number, isRight: boolean): string {
  const points = [...text];
  const cut = points.length > width ? `${points.slice(0, width - 1).join('')}…` : text;
  const room = ' '.repeat(Math.max(0, width - [...cut].length));
  return isRight ? room + cut : cut + room;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
