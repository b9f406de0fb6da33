/** Names of currencies in records that are neither a code nor the runtime's English name. */
const spokenCurrencies: readonly (readonly [string, string])[] = [
  ['us dollars', 'USD'],
  ['united states dollar', 'USD'],
  ['dollar', 'USD'],
  ['$', 'USD'],
  ['pound sterling', 'GBP'],
  ['£', 'GBP'],
  ['€', 'EUR'],
  ['afghani', 'AFN'],
];
const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const currencyNames: ReadonlyMap<string, string> = namesOf(currencyCodes, 'currency', spokenCurrencies);
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const languageTexts = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
/** The two-letter languages of ISO 639-1 that the runtime names. */
const languageCodes = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => languageTexts.of(code) !== undefined);
const languageNames: ReadonlyMap<string, string> = namesOf(languageCodes, 'language', []);

/** The ISO 4217 code that a text is or names; `isCode` when it stands as it should. */
export function readCurrency(text: string): { code?: string; isCode: boolean } {
  if (currencyCodes.has(text)) return { code: text, isCode: true };
  const upper = text.trim().toUpperCase();
  const code = currencyCodes.has(upper) ? upper : currencyNames.get(text.trim().toLowerCase());
  return { ...(code ? { code } : {}), isCode: false };
}

/** The BCP 47 tag that a text is or names; `isTag` when it stands as it should. */
export function readLanguage(text: string): { tag?: string; isTag: boolean } {
  const tag = knownTag(text);
  if (tag !== undefined) return { tag, isTag: true };
  const meant = knownTag(text.trim().replace(/[_:]/g, '-')) ?? languageNames.get(text.trim().toLowerCase());
  return { ...(meant ? { tag: meant } : {}), isTag: false };
}

function knownTag(text: string): string | undefined {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    return languageTexts.of(tag.split('-')[0] ?? '') === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}

/** `day`: a whole day, perhaps with a time; `part`: a year or month; undefined: no date that exists. */
export function readDate(text: string): 'day' | 'part' | undefined {
  const match = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text,
  );
  if (!match) return undefined;
  const [, year, month, day, time, zone] = match;
  if (zone !== undefined && day === undefined) return undefined;
  if (month === undefined) return 'part';
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === undefined) return 'part';
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isTime = time === undefined || !Number.isNaN(Date.parse(`2000-01-01${time}Z`));
  return Number(day) >= 1 && Number(day) <= last && isTime ? 'day' : undefined;
}

/** The ISO form of a date written another way, where it can only mean one day or month: `12/2019`, `25/3/2019`. */
export function meantDate(text: string): string | undefined {
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  if (month) return existing(`${month[2]}-${padded(month[1])}`);
  const day = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text.trim());
  if (!day) return undefined;
  const [, first, , second, year] = day;
  const readings = [
    existing(`${year}-${padded(first)}-${padded(second)}`),
    existing(`${year}-${padded(second)}-${padded(first)}`),
  ].filter((each) => each !== undefined);
  return new Set(readings).size === 1 ? readings[0] : undefined;
}

function existing(text: string): string | undefined {
  return readDate(text) ? text : undefined;
}

function padded(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}

/** ISO 8601-2 durations: weeks may stand beside other units, and the smallest may have a fraction. */
export function isDuration(text: string): boolean {
  return /^[-+]?P(?=[\dT])(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?W)?(?:\d+(?:[.,]\d+)?D)?(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?$/.test(
    text,
  );
}

/** Days of a duration, for putting two in order: month 30.4375, year 365.25. */
export function daysOf(duration: string): number {
  const [calendar = '', clock = ''] = duration.replace(/^[-+]?P/, '').split('T');
  const sum = (text: string, units: Readonly<Record<string, number>>): number =>
    [...text.matchAll(/([\d.,]+)([A-Z])/g)].reduce(
      (total, [, amount = '', unit = '']) => total + Number(amount.replace(',', '.')) * (units[unit] ?? 0),
      0,
    );
  return sum(calendar, { Y: 365.25, M: 30.4375, W: 7, D: 1 }) + sum(clock, { H: 1 / 24, M: 1 / 1440, S: 1 / 86_400 });
}

/** A number, or text that is one; undefined for anything else. */
export function readNumber(value: string | number | boolean): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value.trim())) return undefined;
  return Number(value);
}

function namesOf(
  codes: Iterable<string>,
  type: 'currency' | 'language',
  spoken: readonly (readonly [string, string])[],
): Map<string, string> {
  const display = new Intl.DisplayNames(['en'], { type });
  return new Map([...[...codes].map((code) => [(display.of(code) ?? code).toLowerCase(), code] as const), ...spoken]);
}
