/**
 * Which cells of one column may not be shown. A cell is small when it rests on fewer credentials than `threshold`, but on some. Its
 * value must not follow from what is left either: in every line of the table (cells that differ in one dimension only, and the table
 * as a whole) either nothing is hidden, or at least two cells that together reach the threshold; the next smallest cells are hidden
 * too until that holds. `weights` are credentials per cell; `hidden` starts as what is hidden for other reasons and is changed.
 */
export function hideSmall(
  hidden: Uint8Array,
  given: { weights: ArrayLike<number>; lines: readonly Uint32Array[]; threshold: number },
): void {
  const { weights, threshold } = given;
  const lines = given.lines.map((cells) => ({
    cells: Uint32Array.from(cells).sort((a, b) => weights[a]! - weights[b]!),
    next: 0,
    hidden: 0,
    sum: 0,
  }));
  const linesOf: number[][] = Array.from(weights, () => []);
  lines.forEach(({ cells }, line) => {
    for (const cell of cells) linesOf[cell]!.push(line);
  });
  const waiting: number[] = [];
  const hide = (cell: number): void => {
    hidden[cell] = 1;
    for (const line of linesOf[cell]!) {
      lines[line]!.hidden += 1;
      lines[line]!.sum += weights[cell]!;
      waiting.push(line);
    }
  };
  for (let cell = 0; cell < hidden.length; cell++)
    if (hidden[cell] || (weights[cell]! > 0 && weights[cell]! < threshold)) hide(cell);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const line = lines[at]!;
    while (line.hidden < 2 || line.sum < threshold) {
      // What rests on nothing has nothing to tell, and hides nothing.
      while (line.next < line.cells.length && (hidden[line.cells[line.next]!] || weights[line.cells[line.next]!] === 0))
        line.next += 1;
      if (line.next === line.cells.length) break;
      hide(line.cells[line.next]!);
    }
  }
}

/** The lines of a table: for each dimension, the cells that differ in it alone; and all cells. Cells by the values of their dimensions. */
export function linesOf(cells: readonly (readonly (string | null)[])[]): Uint32Array[] {
  const dimensions = cells[0]?.length ?? 0;
  const lines = [Uint32Array.from(cells.keys())];
  if (dimensions < 2) return lines;
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const own = Map.groupBy(cells.keys(), (cell) => JSON.stringify(cells[cell]!.toSpliced(dimension, 1)));
    for (const members of own.values()) lines.push(Uint32Array.from(members));
  }
  return lines;
}
