import { currencyNames } from './currencies.ts';
import { type RegionNames, regionNames } from './regions.ts';

/** Names of currencies and countries that the runtime knows; read once, since reading them takes milliseconds. */
export interface KnownNames {
  currencies: Map<string, string>;
  regions: RegionNames;
}

export function knownNames(): KnownNames {
  return { currencies: currencyNames(), regions: regionNames() };
}
