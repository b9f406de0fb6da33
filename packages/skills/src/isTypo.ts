const fromLength = 5;

/** Whether `term` may be what somebody who wrote `token` meant: one edit or swap of neighbours away, the same first character, no digit. */
export function isTypo(token: string, term: string): boolean {
  const [a, b] = [[...token], [...term]];
  if (!hasTypos(token) || token === term || a[0] !== b[0] || /\p{N}/u.test(term)) return false;
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const rest = (of: string[], at: number): string => of.slice(at).join('');
  if (a.length > b.length) return rest(a, from + 1) === rest(b, from);
  if (a.length < b.length) return rest(a, from) === rest(b, from + 1);
  const isSwap = a[from] === b[from + 1] && a[from + 1] === b[from];
  return rest(a, from + 1) === rest(b, from + 1) || (isSwap && rest(a, from + 2) === rest(b, from + 2));
}

/** Words shorter than five characters, and those with digits, are taken to be meant as they are. */
export function hasTypos(token: string): boolean {
  return [...token].length >= fromLength && !/\p{N}/u.test(token);
}
