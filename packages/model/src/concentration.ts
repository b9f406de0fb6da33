/** Herfindahl-Hirschman index: the sum of the squares of the shares, 1 when one has all. Undefined of nothing. */
export function hhiOf(counts: ArrayLike<number>): number | undefined {
  let [all, squares] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    all += counts[at]!;
    squares += counts[at]! ** 2;
  }
  return all === 0 ? undefined : squares / all ** 2;
}

/** Share of the `n` largest. Undefined of nothing. */
export function topShareOf(counts: ArrayLike<number>, n: number): number | undefined {
  const largest = new Float64Array(n);
  let [all, top] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at]!;
    all += count;
    if (count <= largest[0]!) continue;
    // The smallest of the largest makes room.
    let place = 0;
    for (; place + 1 < n && largest[place + 1]! < count; place++) largest[place] = largest[place + 1]!;
    largest[place] = count;
  }
  for (const count of largest) top += count;
  return all === 0 ? undefined : top / all;
}
