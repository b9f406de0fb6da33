import type { MarketDimension } from './MarketDimension.ts';

/** What the ranks 1 to 8 of education stand for (the classes that have each are in `packages/ctdl`). */
const names = [
  'Completion or participation',
  'Basic or micro-credential',
  'Secondary',
  'Postsecondary, below a degree',
  'Associate',
  'Bachelor',
  'Master',
  'Doctorate',
];
/** As half-open bands. */
const bands = names.map((_, at) => `${at + 1}..${at === names.length - 1 ? '' : at + 2}`);

export const levelDimension: MarketDimension = {
  name: 'level',
  label: 'level',
  isMultiple: false,
  engine: { kind: 'bands', field: 'level', edges: names.map((_, at) => at + 1) },
  order: bands,
  shown: async () => new Map(bands.map((band, at) => [band, { value: String(at + 1), label: names[at]! }])),
};
