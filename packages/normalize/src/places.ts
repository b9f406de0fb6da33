import type { Place } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { providersOf } from './providers.ts';
import { numberOf, textOf } from './reading.ts';
import { type RegionNames, readCountry, readRegion } from './regions.ts';
import type { Spot, Traced } from './Spot.ts';

/** Where it is available; else where its required courses are offered; else the provider's address. */
export function placesOf(view: JoinView, parts: Part[], names: RegionNames): Traced<Place>[] {
  const stated = placesAt(view, view.root, { property: 'ceterms:availableAt', basis: 'stated', names });
  if (stated.length > 0) return stated;
  const courses = parts
    .filter(({ kind, relation }) => kind === 'learning' && relation !== 'recommends')
    .map(({ spot }) => spot);
  const offered = courses
    .flatMap((spot) => [spot, ...view.follow(spot, 'ceterms:hasOffering')])
    .flatMap((spot) => placesAt(view, spot, { property: 'ceterms:availableAt', basis: 'offering', names }));
  if (offered.length > 0) return distinct(offered);
  const [provider] = providersOf(view);
  return provider ? placesAt(view, provider, { property: 'ceterms:address', basis: 'provider', names }) : [];
}

export function placesAt(
  view: JoinView,
  spot: Spot,
  given: { property: string; basis: Place['basis']; names: RegionNames },
): Traced<Place>[] {
  return view.follow(spot, given.property).flatMap((place) => {
    // Some older records put the address and the coordinates one node deeper.
    const holders = [place, ...view.follow(place, 'ceterms:address'), ...view.follow(place, 'ceterms:geo')];
    const value = mergedPlace(holders, given);
    return Object.keys(value).length > 1 ? [{ value, at: view.at(place, place.node.path) }] : [];
  });
}

function mergedPlace(holders: Spot[], given: { basis: Place['basis']; names: RegionNames }): Place {
  const text = (property: string): string | undefined =>
    holders.map(({ node }) => textOf(node, property)?.text).find((each) => each);
  const number = (property: string): number | undefined =>
    holders.map(({ node }) => numberOf(node, property)?.value).find((each) => each !== undefined);
  const country = readCountry(text('ceterms:addressCountry'), given.names);
  const region = readRegion(text('ceterms:addressRegion'), country);
  const fields = {
    name: text('ceterms:name'),
    street: text('ceterms:streetAddress'),
    city: text('ceterms:addressLocality'),
    region,
    subRegion: text('ceterms:subRegion'),
    postalCode: text('ceterms:postalCode'),
    country: country ?? (region && /^[A-Z]{2}$/.test(region) ? 'US' : undefined),
    latitude: number('ceterms:latitude'),
    longitude: number('ceterms:longitude'),
  };
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    basis: given.basis,
  };
}

function distinct(places: Traced<Place>[]): Traced<Place>[] {
  return [...new Map(places.map((place) => [JSON.stringify(place.value), place])).values()];
}
