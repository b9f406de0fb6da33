import { usStates } from '@credatlas/model';

/** English country name in lower case → ISO 3166-1 alpha-2, and every code → itself. */
export type RegionNames = ReadonlyMap<string, string>;

const stateCodes = new Set(Object.values(usStates));

const spokenCountries: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
};

/** Names of every country the runtime knows. */
export function regionNames(): RegionNames {
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  // Withdrawn codes bear the names of what came after them: UK, FX and SU would stand for GB, FR and RU.
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`);
  const named = codes.filter((code) => display.of(code));
  return new Map([
    ...named.map((code) => [(display.of(code) ?? '').toLowerCase(), code] as const),
    ...named.map((code) => [code, code] as const),
  ]);
}

/** ISO 3166-1 alpha-2 of a country as published; as written where unknown. */
export function readCountry(text: string | undefined, names: RegionNames): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  const name = trimmed.toLowerCase();
  return names.get(trimmed.toUpperCase()) ?? spokenCountries[name] ?? names.get(name) ?? trimmed;
}

/** Two letters for a US state, `CC-…` in full elsewhere; as written where it cannot be told. */
export function readRegion(text: string | undefined, country: string | undefined): string | undefined {
  const trimmed = text?.trim().replace(/^US-/i, '');
  if (!trimmed) return undefined;
  const code = trimmed.toUpperCase();
  const mayBeUs = country === undefined || country === 'US' || stateCodes.has(country);
  if (mayBeUs && stateCodes.has(code)) return code;
  if (mayBeUs && usStates[trimmed.toLowerCase()]) return usStates[trimmed.toLowerCase()];
  if (country && /^[A-Z]{2}$/.test(country) && /^[A-Z0-9]{1,3}$/.test(code)) return `${country}-${code}`;
  return trimmed;
}
