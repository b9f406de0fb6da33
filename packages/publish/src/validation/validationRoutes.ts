import { UnacceptableDocumentError } from '@credatlas/model';
import type { Clock, Route } from '@credatlas/ports';
import { z } from 'zod';
import { DocumentValidator } from './DocumentValidator.ts';
import { validationSchema } from './Finding.ts';
import { Neighbours } from './Neighbours.ts';

/** Neighbours in one request; one hop from a document of the live registry leads to 180 at most. */
const maxNeighbours = 200;

const bodySchema = z
  .unknown()
  .describe(
    'The document itself, of any shape (graph, envelope, node, array); or `{"document": …, "neighbours": [documents in which its references are looked up]}`.',
  );

const course = 'https://credentialengineregistry.org/resources/ce-6c1b2f4e-6d0e-4a53-9d5c-2f1e7a9b8c10';
const example = {
  '@context': 'https://credreg.net/ctdl/schema/context/json',
  '@id': course,
  '@type': 'ceterms:Course',
  'ceterms:ctid': 'ce-6c1b2f4e-6d0e-4a53-9d5c-2f1e7a9b8c10',
  'ceterms:name': { 'en-US': 'Welding I' },
  'ceterms:inLanguage': ['English'],
  'ceterms:deliveryType': ['deliveryType:InPersn'],
};

/** Judges documents without storing them (`interface` §2); reads nothing but what is sent. */
export function validationRoutes({ clock }: { clock: Clock }): Route[] {
  const validator = new DocumentValidator();
  return [
    {
      method: 'POST',
      path: '/v1/validate',
      operationId: 'validateDocument',
      summary: 'Judge a document before it is published',
      description:
        'Every finding has its place, its rule and source, and a way to mend it. What cannot be judged without other documents is `undetermined`; send those as `neighbours`. Nothing is stored.',
      tags: ['publishing'],
      access: 'read',
      request: { body: bodySchema },
      examples: [{ summary: 'A course with three faults', body: example }],
      response: { status: 200, schema: validationSchema },
      answer: async ({ body }) => {
        const on = new Date(clock.now()).toISOString().slice(0, 10);
        const { document, neighbours } = await requestOf(body, on);
        return { body: await validator.validate(document, { neighbours, on }) };
      },
    },
  ];
}

async function requestOf(body: unknown, on: string): Promise<{ document: unknown; neighbours?: Neighbours }> {
  const isWrapped = typeof body === 'object' && body !== null && !Array.isArray(body) && 'document' in body;
  if (!isWrapped) return { document: body };
  const { document, neighbours = [] } = body as { document: unknown; neighbours?: unknown };
  if (!Array.isArray(neighbours) || neighbours.length > maxNeighbours)
    throw new UnacceptableDocumentError('invalid_body', 'The neighbours cannot be taken; see errors.', {
      faults: [
        {
          code: 'invalid_value',
          pointer: '/neighbours',
          detail: `neighbours is no list of at most ${maxNeighbours} documents. Send fewer, or validate on the command line.`,
        },
      ],
    });
  const known = new Neighbours({ on });
  for (const neighbour of neighbours) await known.add(neighbour);
  return { document, neighbours: known };
}
