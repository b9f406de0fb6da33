import { type Clause, type Coordinates, earthRadius } from '@credatlas/model';
import { type FilterNode, type FilterValue, malformed, parseFilter } from './filterSyntax.ts';

/** Metres of an international mile. */
const mile = 1_609.344;
const form = 'near:40.7..-74.0..50km';
const circlePattern = /^(-?\d{1,2}(?:\.\d{1,12})?)\.\.(-?\d{1,3}(?:\.\d{1,12})?)\.\.(\d{1,9}(?:\.\d{1,6})?)(km|mi)$/;

type Circle = Extract<Clause, { op: 'near' }>;

/** Everything with coordinates: nothing lies farther away than half around the Earth. */
export const anywhere: Circle = {
  op: 'near',
  centre: { latitude: 0, longitude: 0 },
  metres: Math.ceil(Math.PI * earthRadius) + 1,
};

/** What a value of `near` stands for. Throws InvalidInputError `malformed_filter`. */
export function circleOf(value: FilterValue): Circle {
  const text = value.kind === 'between' ? `${value.from}..${value.to}` : value.kind === 'text' ? value.text : '';
  const [, north = '', east = '', size = '', unit] = circlePattern.exec(text.replaceAll(' ', '')) ?? [];
  const [latitude, longitude] = [Number(north), Number(east)];
  const metres = Number(size) * (unit === 'mi' ? mile : 1_000);
  if (unit === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || metres === 0)
    throw malformed(
      'near takes latitude, longitude and a distance in km or mi.',
      value.position,
      `${form}: 50 km around 40.7° north, 74° west.`,
    );
  return { op: 'near', centre: { latitude, longitude }, metres };
}

/** Where distances are measured from: the centre of the first circle that a filter asks for. */
export function centreOf(filter: string | undefined): Coordinates | undefined {
  return filter?.trim() ? centreIn(parseFilter(filter)) : undefined;
}

function centreIn(nodes: readonly FilterNode[]): Coordinates | undefined {
  for (const node of nodes) {
    if (node.kind === 'alternatives') {
      const centre = centreIn(node.alternatives.flat());
      if (centre) return centre;
    } else if (node.field === 'near') {
      const circle = node.values.find(({ kind }) => kind !== 'present' && kind !== 'none');
      if (circle) return circleOf(circle).centre;
    }
  }
  return undefined;
}
