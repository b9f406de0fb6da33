import type { Place } from '@credatlas/model';
import { distinctBy } from './distinctBy.ts';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { providersOf } from './providers.ts';
import { numberOf, plainTextOf } from './reading.ts';
import { type RegionNames, readCountry, readRegion } from './regions.ts';
import type { Spot, Traced } from './Spot.ts';

/** Where it is available; else where its required courses are offered; else the provider's address. */
export function placesOf(view: JoinView, parts: Part[], names: RegionNames): readonly Traced<Place>[] {
  const stated = placesAt(view, view.root, { property: 'ceterms:availableAt', basis: 'stated', names });
  if (stated.length > 0) return stated;
  const courses = parts
    .filter(({ kind, relation }) => kind === 'learning' && relation !== 'recommends')
    .map(({ spot }) => spot);
  const offered = courses
    .flatMap((spot) => [spot, ...view.follow(spot, 'ceterms:hasOffering')])
    .flatMap((spot) => placesAt(view, spot, { property: 'ceterms:availableAt', basis: 'offering', names }));
  if (offered.length > 0) return distinctBy(offered, ({ value }) => JSON.stringify(value));
  const [provider] = providersOf(view);
  return provider ? placesAt(view, provider, { property: 'ceterms:address', basis: 'provider', names }) : [];
}

export function placesAt(
  view: JoinView,
  spot: Spot,
  given: { property: string; basis: Place['basis']; names: RegionNames },
): Traced<Place>[] {
  const found: Traced<Place>[] = [];
  for (const place of view.follow(spot, given.property)) {
    // Some older records put the address and the coordinates one node deeper.
    const holders = [place, ...view.follow(place, 'ceterms:address'), ...view.follow(place, 'ceterms:geo')];
    const value = mergedPlace(holders, given);
    if (value) found.push({ value, at: view.at(place, place.node.path) });
  }
  return found;
}

/** Undefined when nothing is said of it. */
function mergedPlace(holders: Spot[], given: { basis: Place['basis']; names: RegionNames }): Place | undefined {
  const text = (property: string): string | undefined => firstOf(holders, ({ node }) => plainTextOf(node, property));
  const number = (property: string): number | undefined =>
    firstOf(holders, ({ node }) => numberOf(node, property)?.value);
  const country = readCountry(text('ceterms:addressCountry'), given.names);
  const region = readRegion(text('ceterms:addressRegion'), country);
  const place = stated({
    name: text('ceterms:name'),
    street: text('ceterms:streetAddress'),
    city: text('ceterms:addressLocality'),
    region,
    subRegion: text('ceterms:subRegion'),
    postalCode: text('ceterms:postalCode'),
    country: country ?? (region && /^[A-Z]{2}$/.test(region) ? 'US' : undefined),
    latitude: number('ceterms:latitude'),
    longitude: number('ceterms:longitude'),
  });
  return Object.keys(place).length > 0 ? { ...place, basis: given.basis } : undefined;
}

/** The first that is neither missing nor an empty text. */
function firstOf<T>(holders: Spot[], read: (spot: Spot) => T | undefined): T | undefined {
  for (const holder of holders) {
    const found = read(holder);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}
