/** First millisecond (UTC) of a year, month or day as written; undefined for what is none. */
export function firstMoment(text: string): number | undefined {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const time = Date.UTC(Number(match[1]), Number(match[2] ?? 1) - 1, Number(match[3] ?? 1));
  return Number.isNaN(time) ? undefined : time;
}

/** Last millisecond of it: a month lasts to its last day, a year to its last. */
export function lastMoment(text: string): number | undefined {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), match[2] && Number(match[2]), match[3] && Number(match[3])];
  const next = day
    ? Date.UTC(year, Number(month) - 1, Number(day) + 1)
    : month
      ? Date.UTC(year, Number(month), 1)
      : Date.UTC(year + 1, 0, 1);
  return Number.isNaN(next) ? undefined : next - 1;
}
