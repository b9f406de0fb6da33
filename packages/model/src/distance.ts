import { type Coordinates, earthRadius } from './search.ts';

const radians = Math.PI / 180;

/** Metres of great circle between two points on a sphere (haversine, which stays exact for small distances). */
export function distanceBetween(a: Coordinates, b: Coordinates): number {
  const latitude = Math.sin(((b.latitude - a.latitude) * radians) / 2);
  const longitude = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const chord =
    latitude * latitude + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * longitude * longitude;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** To the nearest of the points; NaN without any. */
export function nearestOf(points: readonly Coordinates[], from: Coordinates): number {
  let nearest = Number.NaN;
  for (const point of points) {
    const distance = distanceBetween(point, from);
    if (!(distance >= nearest)) nearest = distance;
  }
  return nearest;
}
