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

/** English display name in lower case → code, and every code → itself. */
export type CurrencyNames = ReadonlyMap<string, string>;

/** ISO 4217 code of a currency as published: code, symbol or English name; undefined for what is none (`MISSING_CURRENCY`). */
export function readCurrency(text: string, currencyNames: CurrencyNames): string | undefined {
  const trimmed = text.trim();
  return (
    currencyNames.get(trimmed.toUpperCase()) ??
    spokenNames[trimmed.toLowerCase()] ??
    currencyNames.get(trimmed.toLowerCase())
  );
}

/** Names of every currency the runtime knows. */
export function currencyNames(): CurrencyNames {
  const display = new Intl.DisplayNames(['en'], { type: 'currency' });
  const codes = Intl.supportedValuesOf('currency');
  return new Map([
    ...codes.map((code) => [(display.of(code) ?? code).toLowerCase(), code] as const),
    ...codes.map((code) => [code, code] as const),
  ]);
}
