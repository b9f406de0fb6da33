/** Currency labels met in published records that are no ISO 4217 code and no English display name. */
const spokenNames: Readonly<Record<string, string>> = {
  'us dollar': 'USD',
  'us dollars': 'USD',
  'united states dollar': 'USD',
  dollar: 'USD',
  dollars: 'USD',
  $: 'USD',
  us$: 'USD',
  'pound sterling': 'GBP',
  '£': 'GBP',
  euro: 'EUR',
  euros: 'EUR',
  '€': 'EUR',
  'canadian dollar': 'CAD',
  'australian dollar': 'AUD',
  afghani: 'AFN',
};

/** ISO 4217 code of a currency as published: code, symbol or English name; undefined for what is none (`MISSING_CURRENCY`). */
export function readCurrency(text: string, currencyNames: ReadonlyMap<string, string>): string | undefined {
  const trimmed = text.trim();
  const code = trimmed.toUpperCase();
  if (/^[A-Z]{3}$/.test(code) && [...currencyNames.values()].includes(code)) return code;
  return spokenNames[trimmed.toLowerCase()] ?? currencyNames.get(trimmed.toLowerCase());
}

/** English display name in lower case → code, for every currency the runtime knows. */
export function currencyNames(): Map<string, string> {
  const display = new Intl.DisplayNames(['en'], { type: 'currency' });
  return new Map(Intl.supportedValuesOf('currency').map((code) => [(display.of(code) ?? code).toLowerCase(), code]));
}
