/**
 * Calendar day as written, of the precision that is stated: `2024`, `2024-05`, `2024-05-31`; of a moment, its day. Reads what older
 * records write too (`12/2019`, `8/4/1971`: month first, as they are American). Undefined for what is no date.
 */
export function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = iso.exec(text?.trim() ?? '') ?? american(text) ?? [];
  if (year === undefined || !isCalendar(Number(month ?? 1), Number(day ?? 1))) return undefined;
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined).join('-');
}

const iso = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?$/;

function american(text: string | undefined): (string | undefined)[] | undefined {
  const match = /^(\d{1,2})\/(?:(\d{1,2})\/)?(\d{4})$/.exec(text?.trim() ?? '');
  return match ? [undefined, match[3], match[1], match[2]] : undefined;
}

function isCalendar(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
