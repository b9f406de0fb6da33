import { bundledContext, Expander } from '@credatlas/linked-data';
import jsonld, { type NodeObject, type Options } from 'jsonld';
import type { Frame, RemoteDocument } from 'jsonld/jsonld-spec.js';
import { interleaved } from './interleaved.ts';
import type { Line } from './Line.ts';
import { Pipeline, type RawDocument } from './pipeline.ts';
import { shapedGraph, shapes } from './shapedGraph.ts';

interface Sizes {
  documents: readonly RawDocument[];
  rounds: number;
  warmUps: number;
}

/** The cost of normalization in units of JSON.parse of the same documents, and of jsonld.js in units of our expansion. */
export async function parseRatios({ documents, rounds, warmUps }: Sizes): Promise<Line[]> {
  const pipeline = new Pipeline();
  const expander = new Expander();
  const texts = documents.map(({ bytes }) => bytes.toString());
  const times = await interleaved(
    {
      parse: () => {
        for (const text of texts) JSON.parse(text);
      },
      expand: async () => {
        for (const text of texts) await expander.expand(JSON.parse(text));
      },
      extract: async () => {
        for (const document of documents) await pipeline.extract(document);
      },
      whole: () => pipeline.run(documents, () => undefined),
    },
    { rounds, warmUps },
  );
  const [parse, perDocument] = [times.parse!, (time: number) => `${(time / texts.length).toFixed(1)} µs a document`];
  return [
    {
      name: 'parse + expand ÷ JSON.parse',
      value: times.expand! / parse,
      atMost: 2.5,
      note: perDocument(times.expand!),
    },
    { name: 'bytes to resources ÷ JSON.parse', value: times.extract! / parse, note: perDocument(times.extract!) },
    {
      name: 'bytes to search document ÷ JSON.parse',
      value: times.whole! / parse,
      atMost: 3.5,
      note: perDocument(times.whole!),
    },
  ];
}

/** jsonld.js with a loader whose contexts are tagged static, which is its fastest way, against our expansion of the same parsed documents. */
export async function jsonldRatios({ documents, rounds, warmUps }: Sizes): Promise<Line[]> {
  const expander = new Expander();
  const parsed = documents.map(({ bytes }) => JSON.parse(bytes.toString()) as NodeObject);
  const options: Options.Expand & Options.Frame = { documentLoader: loadStatic, base: '' };
  const frame = { '@context': parsed[0]?.['@context'], '@type': 'ceterms:Certificate' } as unknown as Frame;
  const times = await interleaved(
    {
      ours: async () => {
        for (const document of parsed) await expander.expand(document);
      },
      expand: async () => {
        for (const document of parsed) await jsonld.expand(document, options);
      },
      frame: async () => {
        for (const document of parsed) await jsonld.frame(document, frame, options);
      },
    },
    { rounds, warmUps },
  );
  return [
    { name: 'jsonld.expand (static loader) ÷ ours', value: times.expand! / times.ours!, atLeast: 4 },
    { name: 'jsonld.frame ÷ ours', value: times.frame! / times.ours!, atLeast: 20 },
  ];
}

async function loadStatic(url: string): Promise<RemoteDocument & { tag: 'static' }> {
  return { documentUrl: url, document: { '@context': bundledContext(url) as Record<string, string> }, tag: 'static' };
}

/** Time per node of one large graph in units of that of a hundred small ones with as many nodes together, for each shape. */
export async function linearity(given: { nodes: number; rounds: number; warmUps: number }): Promise<Line[]> {
  const small = Math.round(given.nodes / 100);
  const pipeline = new Pipeline();
  const read = async (documents: readonly RawDocument[]): Promise<void> => pipeline.run(documents, () => undefined);
  const works = shapes.flatMap((shape) => {
    const [large, many] = [
      [shapedGraph(shape, given.nodes, 0)],
      Array.from({ length: 100 }, (_, index) => shapedGraph(shape, small, index)),
    ];
    return [[`${shape} large`, () => read(large)] as const, [`${shape} small`, () => read(many)] as const];
  });
  const times = await interleaved(Object.fromEntries(works), given);
  return shapes.map((shape) => ({
    name: `time per node, ${given.nodes} ÷ ${small} nodes: ${shape}`,
    value: times[`${shape} large`]! / times[`${shape} small`]!,
    atMost: 2,
  }));
}
